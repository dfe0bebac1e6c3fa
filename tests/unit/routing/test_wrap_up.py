"""After-contact work: its limit, its notes, and what the queue demands before it ends."""

import pytest
from offhook.domain.errors import IllegalTransition, InvalidInput, NotFound
from offhook.domain.ids import AgentId
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState
from offhook.usecases.routing import accept, control, desk, wrap_up
from offhook.usecases.routing.targets import Target, TargetKind

from tests.unit.routing.builders import ADA, BILLING, Floor

A = AgentState


def wrapping(**queue) -> tuple[Floor, str]:
    """Ada wraps up; Carol has hung up."""
    floor = Floor()
    floor.queue(**queue)
    contact = floor.talk("carol")
    floor.clock.advance(30)
    floor.customer_hangs_up(contact)
    return floor, contact


def test_wrap_up_ends_at_its_limit_and_the_next_caller_comes():
    floor, contact = wrapping(wrap_up_s=30.0)
    waiting = floor.caller("next")
    floor.clock.advance(29)
    floor.beat("ada")
    floor.deliver(Topic.WRAP_UP_LIMIT)
    assert floor.presence().state is A.WRAP_UP
    floor.clock.advance(1)
    floor.deliver(Topic.WRAP_UP_LIMIT)
    assert floor.contact(contact).is_closed
    assert floor.offer(waiting).agent_id == ADA
    assert [e["wrap_up_s"] for e in floor.events("handling_ended")] == [30.0]


def test_a_limit_told_too_early_is_looked_at_again_in_time():
    floor, contact = wrapping(wrap_up_s=30.0)
    floor.mail.pending = []
    floor.clock.advance(10)
    wrap_up.limit_reached(floor.deps, ADA, contact)
    assert [(at - floor.clock.now(), m.topic) for at, m in floor.mail.pending] == [(20_000, Topic.WRAP_UP_LIMIT)]


def test_a_limit_of_an_earlier_contact_ends_nothing():
    floor, _ = wrapping()
    floor.clock.advance(600)
    wrap_up.limit_reached(floor.deps, ADA, "c_other")
    assert floor.presence().state is A.WRAP_UP


def test_a_queue_without_wrap_up_frees_the_agent_at_once():
    floor, contact = wrapping(wrap_up_s=0.0)
    assert floor.presence().state is A.AVAILABLE
    assert floor.contact(contact).is_closed


def test_the_agent_finishes_before_the_limit_and_only_once():
    floor, contact = wrapping()
    floor.clock.advance(10)
    assert wrap_up.finish(floor.deps, ADA).state is A.AVAILABLE
    assert floor.contact(contact).is_closed
    with pytest.raises(IllegalTransition):
        wrap_up.finish(floor.deps, ADA)
    assert len(floor.events("handling_ended")) == 1


def test_a_required_disposition_holds_the_agent_but_not_beyond_the_limit():
    floor, contact = wrapping(disposition_required=True)
    with pytest.raises(InvalidInput):
        wrap_up.finish(floor.deps, ADA)
    assert floor.presence().state is A.WRAP_UP
    floor.clock.advance(61)
    floor.deliver(Topic.WRAP_UP_LIMIT)
    assert floor.contact(contact).is_closed


def test_a_required_disposition_that_is_given_lets_the_agent_go():
    floor, contact = wrapping(disposition_required=True)
    wrap_up.note(floor.deps, ADA, contact, disposition="solved", resolved=True, notes="called about the invoice")
    wrap_up.finish(floor.deps, ADA)
    work = floor.contact(contact).assignment
    assert (work.disposition, work.resolved, work.notes) == ("solved", True, "called about the invoice")
    (told,) = floor.events("handling_ended")
    assert (told["disposition"], told["resolved"]) == ("solved", True)


def test_an_unknown_disposition_is_refused():
    floor, contact = wrapping()
    with pytest.raises(InvalidInput):
        wrap_up.note(floor.deps, ADA, contact, disposition="nonsense")


def test_notes_are_limited_and_partial_notes_leave_the_rest():
    floor, contact = wrapping()
    with pytest.raises(InvalidInput):
        wrap_up.note(floor.deps, ADA, contact, notes="x" * 4001)
    wrap_up.note(floor.deps, ADA, contact, disposition="open")
    wrap_up.note(floor.deps, ADA, contact, resolved=False)
    work = floor.contact(contact).assignment
    assert (work.disposition, work.resolved) == ("open", False)


def test_notes_stay_when_nothing_is_said_of_them_and_can_be_emptied():
    floor, contact = wrapping()
    for said, kept in (("rings again on Monday", "rings again on Monday"), (None, "rings again on Monday"), ("", "")):
        wrap_up.note(floor.deps, ADA, contact, resolved=True, notes=said)
        work = floor.contact(contact).assignment
        assert work is not None and work.notes == kept


def test_nobody_notes_anothers_contact_nor_one_that_is_long_done():
    floor, contact = wrapping()
    with pytest.raises(NotFound):
        wrap_up.note(floor.deps, AgentId("ben"), contact, notes="mine?")
    wrap_up.finish(floor.deps, ADA)
    floor.clock.advance(wrap_up.LATE_NOTES_S + 1)
    with pytest.raises(NotFound):
        wrap_up.note(floor.deps, ADA, contact, notes="late")


def test_notes_that_a_lost_connection_held_up_are_taken_after_the_end_of_wrap_up():
    floor, contact = wrapping(wrap_up_s=30.0)
    wrap_up.note(floor.deps, ADA, contact, disposition="open", notes="Wants the inv")
    floor.clock.advance(30)
    floor.deliver(Topic.WRAP_UP_LIMIT)
    told = floor.events("handling_ended")
    floor.clock.advance(wrap_up.LATE_NOTES_S)
    wrap_up.note(floor.deps, ADA, contact, disposition="solved", resolved=True, notes="Wants the invoice of May.")
    work = floor.contact(contact).assignment
    assert work is not None and work.notes == "Wants the invoice of May."
    assert (work.disposition, work.resolved) == ("open", None), "what the end of the work told stays as it was"
    assert floor.events("handling_ended") == told and [e["disposition"] for e in told] == ["open"]


def test_more_time_is_the_queues_time_once_more_and_told():
    floor, contact = wrapping(wrap_up_s=30.0)
    ends_at = floor.presence().wrap_up_until
    floor.clock.advance(10)
    assert wrap_up.extend(floor.deps, ADA).wrap_up_until == ends_at + 30_000
    work = floor.contact(contact).assignment
    assert (work.wrap_up_until, work.wrap_up_extensions) == (floor.presence().wrap_up_until, 1)
    assert floor.presence().state is A.WRAP_UP
    (told,) = floor.events("agent_wrap_up_extended")
    assert (told["agent_id"], told["queue_id"], told["extended_s"], told["extensions"]) == (ADA, BILLING, 30.0, 1)
    assert told["wrap_up_ends_at"] == ends_at + 30_000


def test_the_limit_told_for_the_first_end_looks_again_at_the_later_one():
    floor, contact = wrapping(wrap_up_s=30.0)
    floor.clock.advance(20)
    wrap_up.extend(floor.deps, ADA)
    for seconds, state in ((10, A.WRAP_UP), (29, A.WRAP_UP), (1, A.AVAILABLE)):
        floor.beat("ada")
        floor.clock.advance(seconds)
        floor.deliver(Topic.WRAP_UP_LIMIT)
        assert floor.presence().state is state
    assert floor.contact(contact).is_closed
    assert [e["wrap_up_s"] for e in floor.events("handling_ended")] == [60.0]


def test_a_wrap_up_longer_than_a_message_may_wait_is_looked_at_on_the_way():
    floor, contact = wrapping(wrap_up_s=900.0)
    wrap_up.extend(floor.deps, ADA)
    wrap_up.extend(floor.deps, ADA)
    floor.mail.pending = []
    wrap_up.limit_reached(floor.deps, ADA, contact)
    assert [(at - floor.clock.now(), m.topic) for at, m in floor.mail.pending] == [(900_000, Topic.WRAP_UP_LIMIT)]


def test_more_time_is_given_twice_for_a_contact_and_anew_for_the_next():
    floor, contact = wrapping()
    assert desk.desk(floor.deps, ADA).work.wrap_up_extensions_left == 2
    wrap_up.extend(floor.deps, ADA)
    wrap_up.extend(floor.deps, ADA)
    assert desk.desk(floor.deps, ADA).work.wrap_up_extensions_left == 0
    before = floor.contact(contact), floor.presence()
    with pytest.raises(IllegalTransition) as refused:
        wrap_up.extend(floor.deps, ADA)
    assert (refused.value.fault, refused.value.params) == ("wrap_up_extended_most", {"most": 2})
    assert (floor.contact(contact), floor.presence()) == before
    wrap_up.finish(floor.deps, ADA)
    following = floor.caller("dora")
    floor.answer(following)
    floor.report_room(following, "conference-start")
    assert desk.desk(floor.deps, ADA).work.wrap_up_extensions_left == 0
    floor.customer_hangs_up(following)
    assert desk.desk(floor.deps, ADA).work.wrap_up_extensions_left == 2


def test_nobody_extends_what_is_over_or_was_never_begun():
    floor, _ = wrapping()
    wrap_up.finish(floor.deps, ADA)
    with pytest.raises(IllegalTransition):
        wrap_up.extend(floor.deps, ADA)
    with pytest.raises(NotFound):
        wrap_up.extend(floor.deps, AgentId("nobody"))
    assert floor.events("agent_wrap_up_extended") == []


def test_a_queue_that_gives_no_wrap_up_any_more_gives_what_there_was():
    floor, _ = wrapping(wrap_up_s=30.0)
    for _ in range(2):
        floor.queue(wrap_up_s=0.0)
        before = floor.presence().wrap_up_until
        assert wrap_up.extend(floor.deps, ADA).wrap_up_until == before + 30_000


def test_the_agent_who_handed_the_call_over_extends_their_own_wrap_up_only():
    floor = Floor()
    contact = floor.talk("carol")
    floor.agent("ben")
    control.transfer(floor.deps, ADA, contact, Target(TargetKind.AGENT, "ben"))
    floor.deliver(Topic.RING)
    party = floor.contact(contact).parties[-1]
    accept.key_pressed(floor.deps, contact, party.id, party.call_sid, "1")
    wrap_up.extend(floor.deps, ADA)
    assert [w.wrap_up_extensions for w in floor.contact(contact).assignments] == [1, 0]
    with pytest.raises(IllegalTransition):
        wrap_up.extend(floor.deps, AgentId("ben"))


def test_of_the_limit_and_more_time_at_once_one_wins_and_the_other_sees_it():
    floor, contact = wrapping(wrap_up_s=30.0)
    floor.clock.advance(31)
    others = [lambda: wrap_up.limit_reached(floor.deps, ADA, contact)]
    floor.store.before_commit = lambda _: others.pop()() if others else None
    with pytest.raises(IllegalTransition):
        wrap_up.extend(floor.deps, ADA)
    assert floor.presence().state is A.AVAILABLE
    assert (len(floor.events("handling_ended")), floor.events("agent_wrap_up_extended")) == (1, [])


def test_whoever_never_signed_in_finishes_nothing():
    with pytest.raises(NotFound):
        wrap_up.finish(Floor().deps, ADA)
