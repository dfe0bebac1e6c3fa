"""After-contact work: its limit, its notes, and what the queue demands before it ends."""

import pytest
from offhook.domain.errors import IllegalTransition, InvalidInput, NotFound
from offhook.domain.ids import AgentId
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState
from offhook.usecases.routing import wrap_up

from tests.unit.routing.builders import ADA, Floor

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


def test_nobody_notes_anothers_contact_nor_one_that_is_done():
    floor, contact = wrapping()
    with pytest.raises(NotFound):
        wrap_up.note(floor.deps, AgentId("ben"), contact, notes="mine?")
    wrap_up.finish(floor.deps, ADA)
    with pytest.raises(NotFound):
        wrap_up.note(floor.deps, ADA, contact, notes="late")


def test_whoever_never_signed_in_finishes_nothing():
    with pytest.raises(NotFound):
        wrap_up.finish(Floor().deps, ADA)
