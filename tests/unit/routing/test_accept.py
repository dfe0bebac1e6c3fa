"""Accepting: the claim first, then both legs; repeated, late or in vain, nobody is moved twice or forgotten."""

import pytest
from offhook.domain.documents import EnterRoom, Gather, HangUp, Say
from offhook.domain.errors import CallerGone, CarrierUnavailable
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState, OfferEnd
from offhook.usecases.routing import accept, offers, sweep

from tests.unit.routing.builders import BROWSER, Floor

A = AgentState


def redirects(floor: Floor) -> int:
    return [method for method, _ in floor.carrier.done].count("redirect")


def test_a_browser_accepts_by_answering():
    floor = Floor()
    floor.agent("ada", BROWSER)
    contact = floor.caller("carol")
    (enters,) = floor.answer(contact)
    assert isinstance(enters, EnterRoom) and enters.label == "agent" and not enters.ends_room
    assert floor.contact(contact).state is ContactState.CONNECTED
    assert floor.presence().state is A.BUSY


def test_a_telephone_is_asked_for_a_key_and_a_mailbox_is_never_an_agent():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    offer, leg = floor.offer(contact), floor.ringing(contact)
    (question,) = accept.leg_answered(floor.deps, contact, offer.id, leg.sid)
    assert isinstance(question, Gather) and question.max_digits == 1
    assert floor.contact(contact).state is ContactState.OFFERED
    assert accept.key_pressed(floor.deps, contact, offer.id, leg.sid, "") == (HangUp(),)
    assert (floor.presence().state, floor.presence().reason) == (A.AWAY, "no_answer")


@pytest.mark.parametrize("key", ["2", "9", "*", "#"])
def test_any_other_key_declines(key):
    floor = Floor()
    floor.agent("ada")
    floor.agent("ben")
    contact = floor.caller("carol")
    assert floor.answer(contact, key) == (HangUp(),)
    assert floor.events("offer_ended")[0]["end"] == OfferEnd.DECLINED
    assert floor.offer(contact).agent_id == "ben"
    assert floor.presence("ada").state is A.AVAILABLE


def test_accepting_brings_both_into_one_room_that_ends_with_the_customer():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.answer(contact)
    stored = floor.contact(contact)
    assert floor.carrier.room_members(stored.room) == (stored.call_sid, stored.assignment.call_sid)
    (customer,) = accept.customer_enters(floor.deps, stored)
    assert isinstance(customer, EnterRoom) and customer.ends_room


def test_the_room_is_recorded_only_after_a_notice():
    floor = Floor()
    contact = floor.talk("carol")
    (enters,) = accept.customer_enters(floor.deps, floor.contact(contact))
    assert isinstance(enters, EnterRoom) and not enters.record and enters.recording_path is None


def test_a_repeated_acceptance_moves_nobody():
    floor = Floor()
    contact = floor.talk("carol")
    stored, moved = floor.contact(contact), redirects(floor)
    work = stored.assignment
    for again in (
        lambda: accept.key_pressed(floor.deps, contact, work.offer_id, work.call_sid, "1"),
        lambda: accept.leg_answered(floor.deps, contact, work.offer_id, work.call_sid),
    ):
        assert isinstance(again()[0], EnterRoom)
    assert floor.contact(contact) == stored and redirects(floor) == moved


def test_a_key_after_the_offer_ended_is_told_that_the_caller_is_gone():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    offer, leg = floor.offer(contact), floor.ringing(contact)
    offers.end_offer(floor.deps, contact, offer.id, OfferEnd.NO_ANSWER)
    words, end = accept.key_pressed(floor.deps, contact, offer.id, leg.sid, "1")
    assert isinstance(words, Say) and end == HangUp()
    assert floor.contact(contact).state is ContactState.WAITING
    assert floor.presence().contact_id is None


def test_a_leg_that_is_not_the_offers_is_hung_up_when_answered():
    floor = Floor()
    floor.agent("ada", BROWSER)
    contact = floor.caller("carol")
    offer, leg = floor.offer(contact), floor.ringing(contact)
    assert leg.request is not None
    second = floor.carrier.ring(leg.request)
    assert accept.leg_answered(floor.deps, contact, offer.id, second) == (HangUp(),)
    assert floor.contact(contact).state is ContactState.OFFERED


def test_a_leg_answered_before_its_number_was_noted_may_accept():
    floor = Floor()
    floor.agent("ada", BROWSER)
    contact = floor.caller("carol")
    offer = floor.offer(contact)

    def answered_at_once(method: str, when: str) -> None:
        if (method, when) == ("ring", "after"):
            leg = floor.carrier.rung()[-1]
            leg.status = "in-progress"
            floor.carrier.enter(leg.sid, accept.leg_answered(floor.deps, contact, offer.id, leg.sid))

    floor.carrier.on_call = answered_at_once
    floor.deliver(Topic.RING, Topic.CANCEL_RING)
    assert floor.contact(contact).state is ContactState.CONNECTED
    assert len(floor.carrier.live()) == 2, "the leg that accepted is not hung up"


def test_a_customer_gone_at_the_moment_of_acceptance_frees_the_agent_who_keeps_the_place_among_the_idle():
    floor = Floor()
    idle = floor.agent("ada").idle_since
    floor.clock.advance(5)
    contact = floor.caller("carol")
    floor.carrier.end(floor.contact(contact).call_sid)
    words, end = floor.answer(contact)
    assert isinstance(words, Say) and end == HangUp()
    assert floor.contact(contact).is_closed
    assert (floor.presence().state, floor.presence().idle_since) == (A.AVAILABLE, idle)


@pytest.mark.parametrize("how", ["fail", "lose"])
def test_a_customer_who_could_not_be_brought_in_is_brought_in_a_moment_later(how):
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    getattr(floor.carrier, how)["redirect"] = [CarrierUnavailable()]
    floor.answer(contact)
    floor.clock.advance(5)
    floor.deliver(Topic.RECONCILE_JOIN)
    stored = floor.contact(contact)
    assert set(floor.carrier.room_members(stored.room)) == {stored.call_sid, stored.assignment.call_sid}


def test_a_join_that_was_not_reported_begins_the_talk_when_both_are_seen_in_the_room():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.answer(contact)
    floor.clock.advance(5)
    floor.deliver(Topic.RECONCILE_JOIN)
    assert floor.contact(contact).assignment.talk_at == floor.clock.now()
    assert len(floor.events("talk_started")) == 1


def test_a_customer_gone_before_joining_leaves_no_agent_alone_in_a_room():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.carrier.fail["redirect"] = [CarrierUnavailable()]
    floor.answer(contact)
    floor.customer_hangs_up(contact)
    floor.deliver()
    assert floor.carrier.live() == []
    assert floor.presence().state is A.AVAILABLE


def test_a_customer_found_gone_by_the_look_leaves_no_agent_alone_in_a_room():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.carrier.fail["redirect"] = [CarrierUnavailable()]
    floor.answer(contact)
    floor.carrier.end(floor.contact(contact).call_sid)
    floor.clock.advance(5)
    floor.deliver()
    assert floor.carrier.live() == []
    assert floor.contact(contact).is_closed


def test_an_agent_whose_leg_died_before_the_customer_joined_is_not_waited_for():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.carrier.fail["redirect"] = [CarrierUnavailable()]
    floor.answer(contact)
    floor.carrier.end(floor.contact(contact).assignment.call_sid)  # and the report of it is lost
    floor.clock.advance(6)
    floor.deliver(Topic.RECONCILE_JOIN)
    back = floor.contact(contact)
    assert (back.state, back.visits) == (ContactState.IN_FLOW, 2)


def test_a_room_that_the_customer_never_enters_gives_the_agent_up_after_forty_seconds():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.carrier.fail["redirect"] = [CarrierUnavailable() for _ in range(99)]
    floor.answer(contact)
    for _ in range(12):
        floor.clock.advance(5)
        floor.beat("ada")
        floor.deliver(Topic.RECONCILE_JOIN)
    stored = floor.contact(contact)
    assert stored.state is not ContactState.CONNECTED and stored.visits == 2
    floor.carrier.fail["redirect"].clear()
    sweep.sweep(floor.deps)
    assert floor.carrier.legs[stored.call_sid].queue == "billing"


@pytest.mark.parametrize("error", [CallerGone(), CarrierUnavailable()])
def test_hardly_anything_is_told_by_an_error_of_the_redirect_but_never_two_claims(error):
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.carrier.fail["redirect"] = [error]
    floor.answer(contact)
    assert [e["end"] for e in floor.events("offer_ended")] == [OfferEnd.ACCEPTED]
