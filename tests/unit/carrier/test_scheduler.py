"""Virtual time: order, cancelling, limits."""

from local.carrier.scheduler import VirtualScheduler


def test_actions_run_in_order_of_time_and_then_of_asking():
    clock, ran = VirtualScheduler(start=100.0), []
    clock.after(2, lambda: ran.append("late"))
    clock.after(1, lambda: ran.append("first"))
    clock.after(1, lambda: ran.append("second"))
    clock.advance(5)
    assert ran == ["first", "second", "late"]
    assert clock.now() == 105.0


def test_an_action_may_plan_another_at_the_same_moment():
    clock, ran = VirtualScheduler(), []
    clock.submit(lambda: clock.submit(lambda: ran.append("inner")))
    clock.advance(0)
    assert ran == ["inner"]


def test_a_cancelled_action_does_not_happen_and_does_not_count_as_planned():
    clock, ran = VirtualScheduler(), []
    clock.after(1, lambda: ran.append("no")).cancel()
    assert clock.next_event_at() is None
    assert clock.run_until_idle()
    assert ran == []


def test_running_until_idle_stops_at_its_limit_when_something_repeats_for_ever():
    clock = VirtualScheduler()

    def again() -> None:
        clock.after(60, again)

    again()
    assert clock.run_until_idle(limit_s=600) is False


def test_running_while_a_condition_holds_stops_at_the_action_that_ends_it():
    clock, ran = VirtualScheduler(start=0.0), []
    for second in range(1, 10):
        clock.after(second, lambda second=second: ran.append(second))
    assert clock.run_while(lambda: len(ran) < 3)
    assert ran == [1, 2, 3] and clock.now() == 3.0
