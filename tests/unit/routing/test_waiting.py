"""Callers in line: the place they keep, the position they hear, and the ways out without an agent."""

import pytest
from offhook.domain.ids import AgentId
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState, OfferEnd, OverflowReason
from offhook.domain.routing.estimate import Paces
from offhook.domain.routing.queues import RoutingProfile
from offhook.stores.counters import Counters
from offhook.usecases.analytics import contacts
from offhook.usecases.routing import offers, presence, waiting
from offhook.usecases.unsaved import as_stored

from tests.unit.routing.builders import ADA, BILLERS, BILLING, SALES, Floor


def positions(floor: Floor, *contacts) -> list[int | None]:
    return [floor.wait(c).position for c in contacts]


def busy_floor() -> Floor:
    """Somebody is signed in and nobody is free."""
    floor = Floor()
    floor.agent("zoe", state=AgentState.AWAY)
    return floor


def test_a_contact_waits_from_its_first_wait_request_and_not_before():
    floor = busy_floor()
    contact = floor.enter("carol")
    assert floor.contact(contact).state is ContactState.IN_FLOW
    floor.clock.advance(2)
    floor.wait(contact)
    visit = floor.contact(contact).visit
    assert floor.contact(contact).state is ContactState.WAITING
    assert (visit.waiting_at - visit.entered_at) == 2000


def test_the_position_spoken_is_the_place_in_line_by_enqueue_time():
    floor = busy_floor()
    callers = []
    for n in range(4):
        callers.append(floor.enter(f"caller{n}"))
        floor.clock.advance(1)
    for contact in reversed(callers):
        floor.wait(contact)
    assert positions(floor, *callers) == [1, 2, 3, 4]


def test_a_higher_priority_goes_ahead_of_all_who_came_earlier():
    floor = busy_floor()
    first = floor.caller("first")
    floor.clock.advance(60)
    gold = floor.caller("gold", priority=500)
    assert positions(floor, first, gold) == [2, 1]


def test_contacts_of_other_queues_are_not_counted():
    floor = busy_floor()
    floor.caller("seller", queue=SALES)
    assert positions(floor, floor.caller("carol")) == [1]


def test_the_position_is_exact_up_to_fifty_and_unknown_beyond():
    floor = busy_floor()
    callers = []
    for n in range(53):
        callers.append(floor.caller(f"caller{n:02d}"))
        floor.clock.advance(0.1)
    assert positions(floor, *callers) == [*range(1, 51), None, None, None]


def test_whoever_leaves_moves_the_rest_up():
    floor = busy_floor()
    callers = []
    for n in range(3):
        callers.append(floor.caller(f"caller{n}"))
        floor.clock.advance(1)
    floor.customer_hangs_up(callers[0])
    assert positions(floor, *callers[1:]) == [1, 2]


@pytest.mark.parametrize("end", [e for e in OfferEnd if e is not OfferEnd.ACCEPTED])
def test_an_offer_that_comes_to_nothing_keeps_the_place_in_line(end):
    floor = Floor()
    floor.agent("ada")
    first = floor.caller("first")
    floor.clock.advance(5)
    second = floor.caller("second")
    assert positions(floor, first, second) == [None, 1], "an offered contact is not in the line"
    presence.choose_state(floor.deps, ADA, AgentState.AWAY, "break")
    offers.end_offer(floor.deps, first, floor.offer(first).id, end)
    assert positions(floor, first, second) == [1, 2]


def test_a_first_wait_request_told_twice_begins_one_wait():
    floor = busy_floor()
    contact = floor.caller("carol")
    began = floor.contact(contact).visit.waiting_at
    floor.clock.advance(10)
    floor.wait(contact)
    assert floor.contact(contact).visit.waiting_at == began
    assert len(floor.events("contact_waiting")) == 1


def test_a_wait_request_of_an_earlier_visit_changes_nothing():
    floor = busy_floor()
    contact = floor.caller("carol")
    before = floor.contact(contact)
    view = waiting.wait_requested(floor.deps, contact, visit=7)
    assert (view.position, view.overflow, view.offered) == (None, None, False)
    assert floor.contact(contact) == before


# --- ways out -----------------------------------------------------------------------------------------------------


def test_the_wait_limit_lets_the_caller_go_when_it_is_reached_and_not_before():
    floor = busy_floor()
    floor.queue(max_wait_s=60.0)
    contact = floor.caller("carol")
    floor.clock.advance(59)
    assert floor.wait(contact).overflow is None
    floor.clock.advance(1)
    assert floor.wait(contact).overflow is OverflowReason.MAX_WAIT


def test_a_line_at_its_limit_lets_the_newcomer_go_while_the_clock_runs_on():
    floor = busy_floor()
    floor.queue(max_length=2)
    for n in range(2):
        assert waiting.wait_requested(floor.deps, floor.enter(f"early{n}"), 1).overflow is None
        floor.clock.advance(1)
    late = floor.enter("late")
    tick_with_every_read(floor)
    assert floor.wait(late).overflow is OverflowReason.MAX_LENGTH


def test_a_limit_beyond_fifty_is_counted_and_not_taken_for_reached():
    floor = busy_floor()
    floor.queue(max_length=60)
    views = []
    for n in range(61):
        views.append(floor.wait(floor.enter(f"caller{n:02d}")).overflow)
        floor.clock.advance(0.1)
    assert views == [None] * 60 + [OverflowReason.MAX_LENGTH]


def test_a_line_that_grows_later_sends_nobody_away():
    floor = busy_floor()
    floor.queue(max_length=1)
    first = floor.caller("first")
    gold = floor.enter("gold", priority=900)
    floor.wait(gold)
    floor.clock.advance(10)
    assert floor.wait(first).position == 2
    assert floor.wait(first).overflow is None


def test_a_queue_that_nobody_serves_says_so():
    floor = Floor()
    assert floor.wait(floor.enter("carol")).overflow is OverflowReason.NOBODY_SIGNED_IN


def test_an_agent_who_is_away_still_serves_the_queue():
    floor = busy_floor()
    assert floor.wait(floor.enter("carol")).overflow is None


def test_the_one_agent_of_a_queue_is_seen_among_hundreds_of_others():
    floor = Floor()
    crowd(floor, "idlers", 205)
    floor.agent("zoe", state=AgentState.AWAY)
    assert floor.wait(floor.enter("carol")).overflow is None


def test_the_wait_estimate_grows_with_the_position_and_falls_with_the_staff():
    floor = busy_floor()
    floor.queue(expected_handle_s=100.0)
    floor.deps.config.put(RoutingProfile(BILLERS, "Billers", (BILLING,)))
    first, second = floor.caller("first"), floor.caller("second")
    counters = Counters(floor.deps.items, floor.deps.tenant.id)
    assert [floor.wait(c).estimated_wait_s for c in (first, second)] == [None, None], "nobody can know yet"
    counters.keep_paces(Paces({BILLERS: 1}))
    assert [floor.wait(c).estimated_wait_s for c in (first, second)] == pytest.approx([100.0, 200.0])
    counters.keep_paces(Paces({BILLERS: 2}))
    assert floor.wait(second).estimated_wait_s == pytest.approx(100.0)


@pytest.mark.parametrize(
    "result, reason, exit_, why",
    [
        ("queue-full", None, "overflowed", "queue_full"),
        ("leave", OverflowReason.MAX_WAIT, "overflowed", "max_wait"),
        ("leave", None, "overflowed", "left"),
        ("error", None, "failed", "error"),
        ("system-error", None, "failed", "system-error"),
    ],
)
def test_leaving_the_queue_ends_the_visit_once_with_its_reason(result, reason, exit_, why):
    floor = busy_floor()
    contact = floor.caller("carol")
    for _ in range(2):
        left = waiting.left_queue(floor.deps, contact, 1, result, reason)
    assert left.state is ContactState.IN_FLOW and left.visit is None
    (ended,) = floor.events("queue_visit_ended")
    assert (ended["exit"], ended["exit_reason"]) == (exit_, why)


@pytest.mark.parametrize("keep_s", [0.0, 120.0])
def test_a_contact_that_its_queue_sent_on_is_still_listed_by_that_queue(keep_s: float):
    floor = busy_floor()
    floor.queue(keep_place_s=keep_s)
    left = waiting.left_queue(floor.deps, floor.caller("carol"), 1, "leave", OverflowReason.MAX_WAIT)
    assert contacts.summary(left).queue == BILLING


def test_a_queue_that_was_full_at_once_ends_the_visit_of_a_contact_that_never_waited():
    floor = busy_floor()
    contact = floor.enter("carol")
    waiting.left_queue(floor.deps, contact, 1, "queue-full", None)
    assert [e["exit"] for e in floor.events("queue_visit_ended")] == ["overflowed"]


def test_a_caller_who_leaves_while_an_agent_rings_frees_that_agent_and_ends_the_ringing():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    leg = floor.ringing(contact)
    waiting.left_queue(floor.deps, contact, 1, "leave", OverflowReason.KEY_PRESSED)
    floor.deliver()
    assert floor.presence("ada").state is AgentState.AVAILABLE
    assert leg.status == "completed"


def test_the_contact_freed_agent_gets_the_next_in_line():
    floor = Floor()
    floor.agent("ada")
    first, second = floor.caller("first"), floor.caller("second")
    floor.customer_hangs_up(first)
    assert floor.offer(second).agent_id == AgentId("ada")


def crowd(floor: Floor, profile: str, count: int) -> None:
    """Signed-in agents who serve another queue, with ids before everybody else's."""
    from offhook.domain.ids import ProfileId
    from offhook.domain.routing.queues import RoutingProfile

    from tests.unit.routing.builders import an_agent

    floor.deps.config.put(RoutingProfile(ProfileId(profile), profile, (SALES,)))
    for n in range(count):
        other = an_agent(AgentState.AWAY, id=AgentId(f"a{n:04d}"), profile_id=ProfileId(profile))
        floor.deps.agents.save(None, other, ())


def tick_with_every_read(floor: Floor) -> None:
    """Reading takes a millisecond, as it does in life."""

    def tick(operation, found):
        floor.clock.at += 1

    floor.store.on_read = tick


def test_waiting_contacts_are_found_in_the_order_of_their_places():
    floor = busy_floor()
    first = floor.caller("first")
    floor.clock.advance(1)
    second = floor.caller("second")
    gold = floor.caller("gold", priority=1)
    assert [c.id for _, c in floor.deps.contacts.waiting(BILLING)] == [gold, first, second]


@pytest.mark.parametrize(("away_s", "kept"), [(60, True), (121, False)])
def test_who_leaves_the_line_and_comes_back_soon_has_the_same_place(away_s: int, kept: bool):
    floor = Floor()
    contact, since = floor.caller("carol"), floor.clock.now()
    waiting.left_queue(floor.deps, contact, 1, "leave", None)
    floor.clock.advance(away_s)
    later = floor.caller("dora")
    waiting.join_queue(floor.deps, as_stored(floor.contact(contact)), BILLING)
    assert floor.wait(contact).position == (1 if kept else 2)
    visit = floor.contact(contact).visit
    assert visit is not None and (visit.enqueued_at == since) is kept and visit.entered_at > since
    assert floor.wait(later).position == (2 if kept else 1)
