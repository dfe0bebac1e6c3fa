"""Offers: who is asked, how each comes to nothing, and who is asked next."""

import pytest
from offhook.domain.errors import NotFound, OfferExpired
from offhook.domain.ids import AgentId, OfferId
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState, OfferEnd
from offhook.usecases.routing import desk, offers, presence

from tests.unit.routing.builders import ADA, BILLING, SALES, Floor

A = AgentState
ENDS = [e for e in OfferEnd if e is not OfferEnd.ACCEPTED]


def test_an_offer_reserves_both_and_says_why():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    offer = floor.offer(contact)
    agent = floor.presence()
    assert (agent.state, agent.contact_id, agent.offer_id) == (A.RESERVED, contact, offer.id)
    assert offer.reason and desk.explain(floor.deps, contact) == offer.reason


def test_the_desk_says_until_when_it_rings_which_is_before_the_offer_expires():
    floor = Floor()
    floor.queue(offer_s=30.0)
    floor.agent("ada")
    contact = floor.caller("carol")
    work = desk.desk(floor.deps, ADA).work
    assert (work.answer_by, work.ring_s) == (floor.clock.now() + 30_000, 30.0)
    assert work.expires_at == floor.offer(contact).expires_at == work.answer_by + 10_000
    floor.answer(contact)
    assert desk.desk(floor.deps, ADA).work.answer_by is None


def test_the_longest_idle_agent_is_asked_first():
    floor = Floor()
    floor.agent("ben")
    floor.clock.advance(1)
    floor.agent("ada")
    assert floor.offer(floor.caller("carol")).agent_id == "ben"


@pytest.mark.parametrize("end", ENDS)
def test_an_offer_that_comes_to_nothing_goes_to_another_agent_and_is_told_once(end):
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.clock.advance(1)
    floor.agent("ben")
    offer = floor.offer(contact)
    for _ in range(3):
        offers.end_offer(floor.deps, contact, offer.id, end)
    told = [(e["offer_id"], e["end"]) for e in floor.events("offer_ended")]
    assert told == [(offer.id, end)]
    blameless = end is OfferEnd.CALLER_GONE
    assert floor.offer(contact).agent_id == ("ada" if blameless else "ben")


@pytest.mark.parametrize("end", ENDS)
def test_the_leg_of_an_ended_offer_is_hung_up(end):
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    leg = floor.ringing(contact)
    presence.choose_state(floor.deps, ADA, A.AWAY, "break")
    offers.end_offer(floor.deps, contact, floor.offer(contact).id, end)
    floor.deliver(Topic.CANCEL_RING)
    assert leg.status == "completed"


def test_an_agent_who_declined_is_asked_again_when_nobody_else_can():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    first = floor.offer(contact)
    offers.decline(floor.deps, ADA, contact, first.id)
    assert floor.offer(contact).agent_id == ADA and floor.offer(contact).id != first.id


def test_an_agent_who_declined_gets_somebody_elses_call_rather_than_the_same():
    floor = Floor()
    floor.agent("ada")
    first = floor.caller("first")
    second = floor.caller("second")
    floor.agent("ben", state=A.AWAY)
    presence.choose_state(floor.deps, ADA, A.AWAY, "break")
    offers.decline(floor.deps, ADA, first, floor.offer(first).id)
    presence.choose_state(floor.deps, ADA, A.AVAILABLE)
    assert floor.offer(second).agent_id == ADA
    assert floor.contact(first).state is ContactState.WAITING


@pytest.mark.parametrize("lost", [False, True])
def test_an_agent_who_stays_available_is_asked_again_after_a_rest_also_when_no_message_comes(lost):
    floor = Floor()
    floor.queue(away_after_missed=0)
    floor.agent("ada")
    contact = floor.caller("carol")
    offers.end_offer(floor.deps, contact, floor.offer(contact).id, OfferEnd.NO_ANSWER)
    assert floor.wait(contact).offered is False and floor.presence().is_ready
    floor.clock.advance(10)
    if lost:
        floor.wait(contact)
    else:
        floor.deliver(Topic.MATCH_CONTACT)
    assert floor.offer(contact).agent_id == ADA


def test_the_queue_of_the_missed_call_says_what_becomes_of_the_agent():
    floor = Floor()
    floor.queue(away_after_missed=2)
    floor.agent("ada")
    for queue, state in ((BILLING, A.AVAILABLE), (SALES, A.AWAY)):
        contact = floor.caller(queue, queue=queue)
        offers.end_offer(floor.deps, contact, floor.offer(contact).id, OfferEnd.NO_ANSWER)
        assert floor.presence().state is state


def test_nobody_declines_for_another():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.agent("ben")
    with pytest.raises(NotFound):
        offers.decline(floor.deps, AgentId("ben"), contact, floor.offer(contact).id)


def test_an_offer_of_before_cannot_be_declined():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    old = floor.offer(contact).id
    offers.decline(floor.deps, ADA, contact, old)
    with pytest.raises(OfferExpired):
        offers.decline(floor.deps, ADA, contact, old)
    with pytest.raises(NotFound):
        offers.decline(floor.deps, ADA, "c_none", OfferId("o"))


def test_a_caller_nobody_can_take_is_left_waiting_with_the_reason():
    floor = Floor()
    floor.agent("zoe", state=A.AWAY)
    contact = floor.caller("carol")
    assert floor.contact(contact).state is ContactState.WAITING
    assert desk.explain(floor.deps, contact)
