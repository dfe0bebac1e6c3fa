"""A contact: every state against every transition, with the events of the legal ones."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from offhook.adapters.memory.clock import NOON
from offhook.domain import events as ev
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import SECOND, AgentId, CallSid, OfferId
from offhook.domain.recordings import changes
from offhook.domain.routing import transitions as moves
from offhook.domain.routing.contact import (
    Contact,
    ContactState,
    Offer,
    OfferEnd,
    Outcome,
    Recording,
    VisitExit,
)
from offhook.domain.routing.transitions import Change

from tests.unit.routing.builders import ADA, BILLING, BILLING_QUEUE, SALES, a_contact, endpoint

C = ContactState
LEG = CallSid("CA_a")
OFFER = Offer(OfferId("o_2"), ADA, NOON, NOON + 30 * SECOND, "free", endpoint("ada"))

Move = Callable[[Contact], Change[Contact]]
MOVES: dict[str, Move] = {
    "queue_entered": lambda c: moves.queue_entered(c, SALES, NOON),
    "wait_began": lambda c: moves.wait_began(c, NOON),
    "offer_made": lambda c: moves.offer_made(c, OFFER),
    "ring_claimed": lambda c: moves.ring_claimed(c, NOON),
    "ring_started": lambda c: moves.ring_started(c, LEG),
    "ring_delayed": lambda c: moves.ring_delayed(c, NOON, began=True),
    "offer_ended": lambda c: moves.offer_ended(c, OfferEnd.DECLINED, NOON),
    "offer_accepted": lambda c: moves.offer_accepted(c, LEG, NOON, BILLING_QUEUE),
    "talk_started": lambda c: moves.talk_started(c, NOON),
    "held": lambda c: moves.held(c, NOON),
    "resumed": lambda c: moves.resumed(c, NOON),
    "muted": lambda c: moves.muted(c, True),
    "talk_ended": lambda c: moves.talk_ended(c, "agent", NOON, 60.0),
    "agent_lost": lambda c: moves.agent_lost(c, NOON),
    "handling_ended": lambda c: moves.handling_ended(c, NOON),
    "wrap_up_noted": lambda c: moves.wrap_up_noted(c, "solved", True, "ok"),
    "left_queue": lambda c: moves.left_queue(c, VisitExit.OVERFLOWED, "max_wait", NOON, BILLING_QUEUE),
    "back_in_flow": moves.back_in_flow,
    "survey_started": lambda c: moves.survey_started(c, "s", 1, NOON),
    "survey_ended": lambda c: moves.survey_ended(c, 3, NOON),
    "recording_changed": lambda c: changes.reported(c, Recording("RE1", "completed", 5), NOON),
    "ended": lambda c: moves.contact_ended(c, Outcome.ABANDONED, "hangup", NOON, BILLING_QUEUE),
}
OFFERED_ONLY = {C.OFFERED: C.OFFERED}
TALKING_ONLY = {C.CONNECTED: C.CONNECTED}
ANYWHERE = {state: state for state in C}
# What each transition makes of each state; a state left out refuses it.
TABLE: dict[str, dict[C, C]] = {
    "queue_entered": {C.IN_FLOW: C.IN_FLOW},
    "wait_began": {},  # only with a visit, see below
    "offer_made": {C.WAITING: C.OFFERED},
    "ring_claimed": OFFERED_ONLY,
    "ring_started": OFFERED_ONLY,
    "ring_delayed": OFFERED_ONLY,
    "offer_ended": {C.OFFERED: C.WAITING},
    "offer_accepted": {C.OFFERED: C.CONNECTED},
    "talk_started": TALKING_ONLY,
    "held": TALKING_ONLY,
    "resumed": TALKING_ONLY,
    "muted": TALKING_ONLY,
    "talk_ended": TALKING_ONLY,
    "agent_lost": {C.CONNECTED: C.IN_FLOW},
    "handling_ended": ANYWHERE,
    "wrap_up_noted": TALKING_ONLY,
    "left_queue": {C.WAITING: C.IN_FLOW, C.OFFERED: C.IN_FLOW},
    "back_in_flow": {C.IN_FLOW: C.IN_FLOW, C.CONNECTED: C.IN_FLOW, C.IN_SURVEY: C.IN_FLOW},
    "survey_started": {C.IN_FLOW: C.IN_SURVEY, C.IN_SURVEY: C.IN_SURVEY},
    "survey_ended": {C.IN_SURVEY: C.IN_FLOW},
    "recording_changed": ANYWHERE,
    "ended": dict.fromkeys(C, C.ENDED),
}
TOLD: dict[str, set[type[ev.Event]]] = {
    "queue_entered": {ev.QueueEntered},
    "offer_made": {ev.OfferMade},
    "offer_ended": {ev.OfferEnded},
    "offer_accepted": {ev.OfferEnded, ev.QueueVisitEnded},
    "held": {ev.CallHeld},
    "talk_ended": {ev.TalkEnded},
    "agent_lost": {ev.TalkEnded, ev.HandlingEnded, ev.AgentLost, ev.QueueEntered},
    "left_queue": {ev.QueueVisitEnded},
    "survey_ended": {ev.SurveyEnded},
    "recording_changed": {ev.RecordingChanged},
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("state", C)
def test_a_transition_leads_where_the_table_says_or_is_refused(name, state):
    contact = a_contact(state)
    to = TABLE[name].get(state)
    if to is None:
        with pytest.raises(IllegalTransition):
            MOVES[name](contact)
        return
    assert MOVES[name](contact).entity.state is to


@pytest.mark.parametrize("name", TOLD)
def test_a_transition_tells_what_happened(name):
    state = next(s for s in TABLE[name] if s is not C.ENDED)
    state = C.WAITING if name == "left_queue" else state
    assert {type(e) for e in MOVES[name](a_contact(state)).events} == TOLD[name]


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("state", C)
def test_every_event_names_the_contact_and_the_moment(name, state):
    try:
        told = MOVES[name](a_contact(state)).events
    except IllegalTransition:
        return
    assert all((e.contact_id, e.at) == ("c_1", NOON) for e in told)


def test_waiting_begins_only_in_a_queue():
    entered = moves.queue_entered(a_contact(), BILLING, NOON - SECOND).entity
    waiting = moves.wait_began(entered, NOON)
    assert (waiting.entity.state, waiting.entity.visit.waiting_at) == (C.WAITING, NOON)
    with pytest.raises(IllegalTransition):
        moves.wait_began(a_contact(), NOON)


REPEATED = ["talk_started", "held", "talk_ended", "handling_ended", "survey_ended", "recording_changed", "ended"]


@pytest.mark.parametrize("name", REPEATED)
def test_a_repeated_report_changes_and_tells_nothing(name):
    state = C.IN_SURVEY if name == "survey_ended" else C.CONNECTED
    once = MOVES[name](a_contact(state)).entity
    assert MOVES[name](once) == Change(once)


@pytest.mark.parametrize("end", [e for e in OfferEnd if e is not OfferEnd.ACCEPTED])
def test_an_ended_offer_leaves_the_place_in_line_alone(end):
    before = a_contact(C.OFFERED)
    after = moves.offer_ended(before, end, NOON).entity
    assert after.offer is None
    assert replace(after.visit, passed_over=()) == before.visit
    assert after.visit.passed_over == (() if end is OfferEnd.CALLER_GONE else (ADA,))


def test_an_agent_is_passed_over_once():
    visit = replace(a_contact(C.OFFERED).visit, passed_over=(AgentId("ben"), ADA))
    after = moves.offer_ended(a_contact(C.OFFERED, visit=visit), OfferEnd.BUSY, NOON).entity
    assert after.visit.passed_over == ("ben", ADA)


def test_an_answer_within_the_target_is_said_to_be_so():
    for waited_s, within in ((20.0, True), (20.001, False)):
        contact = a_contact(C.OFFERED)
        contact = replace(contact, visit=replace(contact.visit, entered_at=NOON - round(waited_s * 1000)))
        *_, ended = moves.offer_accepted(contact, LEG, NOON, BILLING_QUEUE).events
        assert (ended.exit, ended.within_target, ended.waited_s) == (VisitExit.ANSWERED, within, waited_s)


def test_hold_time_is_no_talk_time():
    contact = a_contact(C.CONNECTED)  # talks since eight seconds
    on_hold = moves.held(contact, NOON).entity
    back = moves.resumed(on_hold, NOON + 5 * SECOND)
    assert back.events[0].held_s == 5.0
    again = moves.held(back.entity, NOON + 6 * SECOND).entity
    (ended,) = moves.talk_ended(again, "agent", NOON + 10 * SECOND, 0.0).events
    assert (ended.hold_s, ended.talk_s) == (9.0, 9.0)


def test_a_contact_is_closed_when_customer_and_agent_are_both_done_in_either_order():
    talking = a_contact(C.CONNECTED)
    gone = moves.contact_ended(talking, Outcome.COMPLETED, "hangup", NOON, BILLING_QUEUE).entity
    assert not gone.is_closed and moves.handling_ended(gone, NOON).entity.is_closed
    done = moves.handling_ended(talking, NOON).entity
    assert not done.is_closed
    assert moves.contact_ended(done, Outcome.COMPLETED, "hangup", NOON, BILLING_QUEUE).entity.is_closed


def test_a_contact_ends_with_every_open_part_of_it():
    offered = moves.contact_ended(a_contact(C.OFFERED), Outcome.ABANDONED, "hangup", NOON, BILLING_QUEUE)
    assert [type(e) for e in offered.events] == [ev.OfferEnded, ev.QueueVisitEnded, ev.ContactEnded, ev.ContactClosed]
    assert offered.events[0].end is OfferEnd.CALLER_GONE
    surveyed = moves.contact_ended(a_contact(C.IN_SURVEY), Outcome.COMPLETED, "hangup", NOON, None)
    assert ev.SurveyEnded in {type(e) for e in surveyed.events}


def test_the_second_agent_of_a_contact_leaves_the_first_ones_notes_to_them():
    talked = moves.back_in_flow(moves.talk_ended(a_contact(C.CONNECTED), "agent", NOON, 60.0).entity).entity
    entered = moves.queue_entered(talked, SALES, NOON).entity
    offered = moves.offer_made(moves.wait_began(entered, NOON).entity, replace(OFFER, agent_id=AgentId("ben")))
    accepted = moves.offer_accepted(offered.entity, CallSid("CA_b"), NOON, BILLING_QUEUE)
    assert accepted.entity.assignment.agent_id == "ben"
    assert not [e for e in accepted.events if isinstance(e, ev.HandlingEnded)]
    assert [work.agent_id for work in accepted.entity.assignments] == [ADA, "ben"]
    done = moves.handling_ended(accepted.entity, NOON + SECOND, talked.assignment.offer_id)
    assert [e.agent_id for e in done.events if isinstance(e, ev.HandlingEnded)] == [ADA]
    assert done.entity.assignment == accepted.entity.assignment


def test_every_room_of_a_contact_has_its_own_name():
    contact = a_contact(C.CONNECTED)
    assert contact.room != moves.agent_lost(contact, NOON).entity.room
