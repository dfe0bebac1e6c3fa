"""An agent's presence: every state against every move, and what follows the present contact."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from offhook.adapters.memory.clock import NOON
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import MINUTE, ContactId, OfferId
from offhook.domain.routing import agent_transitions as moves
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.agent_transitions import AFTER_OFFER, CHOOSABLE
from offhook.domain.routing.contact import OfferEnd
from offhook.domain.routing.transitions import Change

from tests.unit.routing.builders import an_agent, endpoint

A = AgentState
LATER = NOON + MINUTE
AT_WORK = (A.RESERVED, A.BUSY, A.WRAP_UP)
ENDS = [end for end in OfferEnd if end is not OfferEnd.ACCEPTED]

Move = Callable[[Agent], Change[Agent]]
MOVES: dict[str, Move] = {
    "reserved": lambda a: moves.reserved(a, ContactId("c_2"), OfferId("o_2"), LATER),
    "claimed": lambda a: moves.claimed(a, LATER),
    "released": lambda a: moves.released(a, OfferEnd.DECLINED, LATER),
    "wrap_up": lambda a: moves.wrap_up_began(a, LATER + MINUTE, LATER),
    "no_wrap_up": lambda a: moves.wrap_up_began(a, None, LATER),
    "leg_lost": lambda a: moves.leg_lost(a, LATER),
    "finished": lambda a: moves.work_finished(a, LATER),
    "available": lambda a: moves.state_chosen(a, A.AVAILABLE, "", LATER),
    "away": lambda a: moves.state_chosen(a, A.AWAY, "lunch", LATER),
    "offline": lambda a: moves.state_chosen(a, A.OFFLINE, "", LATER),
    "presence_ended": lambda a: moves.presence_ended(a, "heartbeat_lost", LATER),
}
# What each move makes of each state; a state left out refuses the move; the same state = nothing is recorded.
TABLE: dict[str, dict[A, A]] = {
    "reserved": {A.AVAILABLE: A.RESERVED},
    "claimed": {A.RESERVED: A.BUSY},
    "released": {A.RESERVED: A.AVAILABLE},
    "wrap_up": {state: state for state in A} | {A.BUSY: A.WRAP_UP},
    "no_wrap_up": {state: state for state in A} | {A.BUSY: A.AVAILABLE},
    "leg_lost": {A.BUSY: A.AWAY},
    "finished": {A.BUSY: A.AVAILABLE, A.WRAP_UP: A.AVAILABLE},
    "available": {s: s for s in AT_WORK} | {A.AWAY: A.AVAILABLE, A.AVAILABLE: A.AVAILABLE},
    "away": {s: s for s in AT_WORK} | {A.AVAILABLE: A.AWAY},
    "offline": {s: s for s in AT_WORK} | {A.AVAILABLE: A.OFFLINE, A.AWAY: A.OFFLINE, A.OFFLINE: A.OFFLINE},
    "presence_ended": {s: s for s in AT_WORK} | {A.AVAILABLE: A.OFFLINE, A.AWAY: A.OFFLINE, A.OFFLINE: A.OFFLINE},
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("state", A)
def test_a_move_leads_where_the_table_says_or_is_refused(name, state):
    agent = an_agent(state, reason="lunch" if state is A.AWAY else "")
    to = TABLE[name].get(state)
    if name == "away" and state is A.AWAY:
        to = state  # the same reason again
    if to is None:
        with pytest.raises(IllegalTransition):
            MOVES[name](agent)
        return
    change = MOVES[name](agent)
    assert change.entity.state is to
    told = [(e.from_state, e.to_state) for e in change.events]
    assert told == ([] if to is state else [(state, to)])


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("state", A)
def test_only_an_agent_at_work_holds_a_contact(name, state):
    try:
        after = MOVES[name](an_agent(state)).entity
    except IllegalTransition:
        return
    assert (after.contact_id is not None) is (after.state in AT_WORK)
    assert (after.offer_id is not None) is (after.state in AT_WORK)


def test_a_change_of_state_tells_how_long_the_last_one_lasted():
    (fact,) = moves.state_chosen(an_agent(state_since=NOON), A.AWAY, "lunch", LATER).events
    assert (fact.lasted_s, fact.reason) == (60.0, "lunch")


@pytest.mark.parametrize("end", ENDS)
def test_each_end_of_an_offer_has_its_next_state(end):
    state, reason = AFTER_OFFER[end]
    after = moves.released(an_agent(A.RESERVED), end, LATER).entity
    assert (after.state, after.reason) == (state, reason)


@pytest.mark.parametrize("end", ENDS)
def test_a_chosen_next_state_holds_after_an_offer_except_that_a_lost_device_is_offline(end):
    agent = an_agent(A.RESERVED, next_state=A.AWAY, next_reason="lunch")
    after = moves.released(agent, end, LATER).entity
    expected = (A.OFFLINE, "device_lost") if end is OfferEnd.DEVICE_LOST else (A.AWAY, "lunch")
    assert (after.state, after.reason) == expected


@pytest.mark.parametrize("end", ENDS)
def test_only_an_offer_that_ended_without_the_agents_doing_keeps_the_place_among_the_idle(end):
    after = moves.released(an_agent(A.RESERVED, idle_since=NOON - MINUTE), end, LATER).entity
    blameless = end in (OfferEnd.CALLER_GONE, OfferEnd.CARRIER_FAILED)
    assert after.idle_since == (NOON - MINUTE if blameless else LATER)


@pytest.mark.parametrize(
    ("away_after", "missed_before", "away"),
    [(1, 0, True), (2, 0, False), (2, 1, True), (3, 1, False), (3, 2, True), (2, 5, True), (0, 9, False)],
)
def test_a_missed_call_sends_the_agent_away_from_the_number_on_that_the_queue_says(away_after, missed_before, away):
    ringing = an_agent(A.RESERVED, missed=missed_before, idle_since=NOON - MINUTE)
    after = moves.released(ringing, OfferEnd.NO_ANSWER, LATER, away_after).entity
    assert (after.state, after.reason) == ((A.AWAY, "no_answer") if away else (A.AVAILABLE, ""))
    assert (after.missed, after.missed_contact) == (missed_before + 1, None if away else ringing.contact_id)
    assert (after.came_by, away or after.idle_since == LATER) == ("no_answer", True)


@pytest.mark.parametrize("end", [end for end in ENDS if end is not OfferEnd.NO_ANSWER])
def test_what_a_queue_says_of_missed_calls_concerns_no_other_end_of_an_offer(end):
    ringing = an_agent(A.RESERVED, missed=1)
    assert moves.released(ringing, end, LATER, 0) == moves.released(ringing, end, LATER)
    assert moves.released(ringing, end, LATER, 0).entity.missed == 1


@pytest.mark.parametrize(("name", "state"), [
    ("claimed", A.RESERVED), ("available", A.AVAILABLE), ("available", A.RESERVED), ("away", A.AVAILABLE),
])  # fmt: skip
def test_an_agent_who_accepts_or_chooses_a_state_has_missed_nothing(name, state):
    after = MOVES[name](an_agent(state, missed=2, missed_contact=ContactId("c_9"))).entity
    assert (after.missed, after.missed_contact) == (0, None)
    again = moves.signed_in(an_agent(state, missed=2), "s_2", endpoint("ada"), A.AVAILABLE, LATER).entity
    assert again.missed == 0


def test_the_next_offer_ends_the_rest_from_the_missed_one_but_not_the_count():
    after = MOVES["reserved"](an_agent(missed=2, missed_contact=ContactId("c_9"))).entity
    assert (after.missed, after.missed_contact) == (2, None)


@pytest.mark.parametrize("state", AT_WORK)
@pytest.mark.parametrize("chosen", sorted(CHOOSABLE))
def test_what_is_chosen_at_work_comes_afterwards_and_is_forgotten_then(state, chosen):
    noted = moves.state_chosen(an_agent(state), chosen, "why", NOON).entity
    assert (noted.state, noted.next_state) == (state, chosen)
    end = moves.released(noted, OfferEnd.DECLINED, LATER) if state is A.RESERVED else moves.work_finished(noted, LATER)
    assert (end.entity.state, end.entity.next_state, end.entity.next_reason) == (chosen, A.AVAILABLE, "")


@pytest.mark.parametrize("state", [A.RESERVED, A.BUSY, A.WRAP_UP])
def test_states_that_only_work_brings_cannot_be_chosen(state):
    for agent in map(an_agent, A):
        with pytest.raises(IllegalTransition):
            moves.state_chosen(agent, state, "", LATER)
        with pytest.raises(IllegalTransition):
            moves.signed_in(agent, "s_2", endpoint("ada"), state, LATER)


@pytest.mark.parametrize("state", A)
@pytest.mark.parametrize("chosen", sorted(CHOOSABLE))
def test_signing_in_again_takes_the_state_asked_for_or_keeps_it_for_after_the_work(state, chosen):
    after = moves.signed_in(an_agent(state), "s_2", endpoint("new"), chosen, LATER).entity
    assert (after.session_id, after.endpoint) == ("s_2", endpoint("new"))
    if state in AT_WORK:
        assert (after.state, after.next_state) == (state, chosen)
    else:
        assert (after.state, after.next_state) == (chosen, A.AVAILABLE)


def test_signing_in_again_while_free_keeps_the_place_among_the_idle():
    again = moves.signed_in(an_agent(idle_since=NOON), "s_2", endpoint("ada"), A.AVAILABLE, LATER)
    assert again.entity.idle_since == NOON and again.events == ()


def test_a_wrap_up_has_its_end_and_loses_it_with_the_next_state():
    wrapping = moves.wrap_up_began(an_agent(A.BUSY), LATER, NOON).entity
    assert wrapping.wrap_up_until == LATER
    assert moves.work_finished(wrapping, LATER).entity.wrap_up_until is None


def test_a_device_lost_in_conversation_respects_what_the_agent_chose():
    going = replace(an_agent(A.BUSY), next_state=A.OFFLINE, next_reason="signed_out")
    assert moves.leg_lost(going, LATER).entity.state is A.OFFLINE
