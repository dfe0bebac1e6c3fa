"""Ringing: at most one leg an offer, whatever is repeated, lost, refused or too late, and the full time to answer."""

import pytest
from offhook.domain.errors import CarrierUnavailable, CarrierUncertain, InvalidInput
from offhook.domain.ids import ContactId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState, OfferEnd
from offhook.usecases.routing import offers, ring, sweep, work

from tests.unit.routing.builders import BROWSER, T1, Floor, WorkerKilled

A = AgentState


def ringing_floor() -> tuple[Floor, ContactId]:
    """Carol is offered to Ada; the message to ring is under way."""
    floor = Floor()
    floor.agent("ada")
    return floor, floor.caller("carol")


def ring_again(floor: Floor, contact: ContactId) -> None:
    work.handle(floor.deps, Message(T1, Topic.RING, contact, floor.offer(contact).id))


def test_the_agent_is_rung_at_the_endpoint_with_paths_that_name_the_offer():
    floor, contact = ringing_floor()
    request = floor.ringing(contact).request
    assert request is not None
    offer = floor.offer(contact)
    assert (request.to, request.caller_id) == (offer.endpoint.address, "+15005550006")
    assert request.answer_path == f"/v1/routing/contacts/{contact}/offers/{offer.id}/answered"


@pytest.mark.parametrize("offer_s", [10.0, 20.0, 60.0])
def test_the_device_rings_as_long_as_the_queue_says_with_the_carriers_five_seconds(offer_s):
    floor = Floor()
    floor.queue(offer_s=offer_s)
    floor.agent("ada")
    request = floor.ringing(floor.caller("carol")).request
    assert request is not None and request.timeout_s + 5 == offer_s


def test_doubled_messages_ring_once():
    floor, contact = ringing_floor()
    for _ in range(3):
        ring_again(floor, contact)
    floor.deliver()
    assert len(floor.carrier.rung()) == 1


def test_two_workers_at_once_ring_once():
    floor, contact = ringing_floor()
    others = [lambda: ring_again(floor, contact)]

    def in_between(method: str, when: str) -> None:
        if (method, when) == ("ring", "before") and others:
            others.pop()()

    floor.carrier.on_call = in_between
    ring_again(floor, contact)
    assert len(floor.carrier.rung()) == 1


def test_a_worker_who_lost_the_race_for_the_claim_rings_nobody():
    floor, contact = ringing_floor()
    others = [lambda: ring_again(floor, contact)]

    def before(writes) -> None:
        if others:
            others.pop()()

    floor.store.before_commit = before
    ring_again(floor, contact)
    assert len(floor.carrier.rung()) == 1


def test_an_answer_lost_after_the_effect_is_found_and_not_rung_again():
    floor, contact = ringing_floor()
    floor.carrier.lose["ring"] = [CarrierUncertain()]
    assert floor.ringing(contact).status == "queued"
    assert len(floor.carrier.rung()) == 1


def test_an_answer_lost_without_effect_is_tried_again():
    floor, contact = ringing_floor()
    floor.carrier.fail["ring"] = [CarrierUncertain()]
    floor.deliver(Topic.RING)
    assert floor.carrier.rung() == []
    floor.clock.advance(2)
    assert floor.ringing(contact)
    assert len(floor.carrier.rung()) == 1


def test_a_carrier_that_asks_to_slow_down_is_asked_again_two_seconds_later():
    floor, contact = ringing_floor()
    floor.carrier.fail["ring"] = [CarrierUnavailable(), CarrierUnavailable()]
    for _ in range(3):
        floor.deliver(Topic.RING)
        floor.clock.advance(2)
    assert floor.offer(contact).call_sid is not None
    assert len(floor.carrier.rung()) == 1


def test_a_lost_answer_that_cannot_be_looked_up_at_once_is_looked_up_before_the_next_try():
    floor, contact = ringing_floor()
    floor.carrier.lose["ring"] = [CarrierUncertain()]
    floor.carrier.fail["find_ring"] = [CarrierUnavailable()]
    floor.deliver(Topic.RING)
    floor.clock.advance(2)
    floor.deliver(Topic.RING)
    assert floor.offer(contact).call_sid == floor.carrier.rung()[0].sid
    assert len(floor.carrier.rung()) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_killed_around_the_request_is_replaced_and_the_leg_is_one(when):
    floor, contact = ringing_floor()

    def die(method: str, moment: str) -> None:
        if (method, moment) == ("ring", when):
            floor.carrier.on_call = lambda *seen: None
            raise WorkerKilled

    floor.carrier.on_call = die
    with pytest.raises(WorkerKilled):
        ring_again(floor, contact)
    ring_again(floor, contact)
    assert len(floor.carrier.rung()) == (1 if when == "after" else 0), "the dead worker's claim still holds"
    floor.clock.advance(16)
    floor.beat("ada")
    sweep.sweep(floor.deps)
    assert floor.offer(contact).call_sid is not None
    assert len(floor.carrier.rung()) == 1


def test_a_leg_that_starts_after_its_offer_ended_is_hung_up():
    floor, contact = ringing_floor()

    def leave(method: str, when: str) -> None:
        if (method, when) == ("ring", "after"):
            floor.customer_hangs_up(contact)

    floor.carrier.on_call = leave
    floor.deliver(Topic.RING, Topic.CANCEL_RING)
    assert floor.carrier.live() == []


def test_a_second_leg_of_an_offer_is_hung_up_when_it_reports():
    floor, contact = ringing_floor()
    offer, leg = floor.offer(contact), floor.ringing(contact)
    assert leg.request is not None
    second = floor.carrier.ring(leg.request)
    floor.report_leg(contact, offer.id, second, "initiated")
    floor.deliver()
    assert floor.offer(contact).call_sid == leg.sid
    assert floor.carrier.live() == [floor.carrier.legs[floor.contact(contact).call_sid], leg]


def test_an_address_that_can_never_be_rung_puts_the_agent_away_and_the_caller_goes_on():
    floor, contact = ringing_floor()
    floor.agent("ben")
    floor.carrier.fail["ring"] = [InvalidInput()]
    floor.deliver(Topic.RING)
    assert (floor.presence("ada").state, floor.presence("ada").reason) == (A.AWAY, "device_unreachable")
    assert floor.offer(contact).agent_id == "ben"


def test_a_message_for_an_offer_that_is_over_does_nothing():
    floor, contact = ringing_floor()
    message = Message(T1, Topic.RING, contact, floor.offer(contact).id)
    floor.customer_hangs_up(contact)
    work.handle(floor.deps, message)
    assert floor.carrier.rung() == []


# --- the lease ----------------------------------------------------------------------------------------------------


def test_the_lease_runs_from_the_moment_the_carrier_begins_to_ring():
    floor, contact = ringing_floor()
    offer, leg = floor.offer(contact), floor.ringing(contact)
    leg.status = "queued"
    for _ in range(5):  # the carrier starts one call a second, and many are ahead
        floor.clock.advance(10)
        floor.beat("ada")
        floor.deliver(Topic.OFFER_DEADLINE)
        assert floor.offer(contact).id == offer.id
    leg.status = "ringing"
    floor.report_leg(contact, offer.id, leg.sid, "initiated")
    floor.clock.advance(20)
    floor.deliver(Topic.OFFER_DEADLINE)
    assert floor.offer(contact).id == offer.id, "rings its full twenty seconds"
    floor.clock.advance(15)
    floor.deliver(Topic.OFFER_DEADLINE)
    assert (floor.presence().state, floor.presence().reason) == (A.AWAY, "no_answer")


def test_a_lease_is_not_renewed_by_a_repeated_report():
    floor, contact = ringing_floor()
    offer, leg = floor.offer(contact), floor.ringing(contact)
    floor.clock.advance(12)
    floor.report_leg(contact, offer.id, leg.sid, "initiated")
    until = floor.offer(contact).expires_at
    floor.clock.advance(8)
    floor.report_leg(contact, offer.id, leg.sid, "initiated")
    assert floor.offer(contact).expires_at == until


def test_a_lease_over_without_a_word_from_the_carrier_is_no_answer_when_the_leg_rang():
    floor, contact = ringing_floor()
    floor.ringing(contact).status = "ringing"
    floor.clock.advance(31)
    floor.deliver(Topic.OFFER_DEADLINE)
    assert floor.events("offer_ended")[0]["end"] == OfferEnd.NO_ANSWER


def test_a_lease_over_without_any_leg_is_the_carriers_failure_and_the_agent_stays_available():
    floor, contact = ringing_floor()
    floor.mail.lost = {Topic.RING}
    floor.mail.pending = [(at, m) for at, m in floor.mail.pending if m.topic is not Topic.RING]
    floor.clock.advance(31)
    floor.beat("ada")
    floor.deliver(Topic.OFFER_DEADLINE)
    assert floor.events("offer_ended")[0]["end"] == OfferEnd.CARRIER_FAILED
    assert floor.contact(contact).state is ContactState.OFFERED, "and is offered again"


def test_a_deadline_that_cannot_ask_the_carrier_asks_again():
    floor, contact = ringing_floor()
    floor.ringing(contact)
    floor.carrier.fail["call"] = [CarrierUnavailable()]
    floor.clock.advance(31)
    floor.deliver(Topic.OFFER_DEADLINE)
    floor.clock.advance(30)
    floor.deliver(Topic.OFFER_DEADLINE)
    assert floor.mail.topics().count(Topic.OFFER_DEADLINE) <= 2
    assert len(floor.carrier.rung()) == 1


def test_a_deadline_before_its_time_looks_again_at_the_time():
    floor, contact = ringing_floor()
    floor.mail.pending = []
    floor.clock.advance(3)
    offers.deadline(floor.deps, contact, floor.offer(contact).id)
    (again,) = floor.mail.pending
    assert again[0] == floor.offer(contact).expires_at


@pytest.mark.parametrize(
    "status, end, state",
    [
        ("completed", OfferEnd.NO_ANSWER, (A.AWAY, "no_answer")),
        ("no-answer", OfferEnd.NO_ANSWER, (A.AWAY, "no_answer")),
        ("busy", OfferEnd.BUSY, (A.AWAY, "device_busy")),
        ("failed", OfferEnd.UNREACHABLE, (A.AWAY, "device_unreachable")),
    ],
)
def test_what_the_leg_reports_ends_the_offer(status, end, state):
    floor, contact = ringing_floor()
    floor.agent("ben")
    offer, leg = floor.offer(contact), floor.ringing(contact)
    floor.report_leg(contact, offer.id, leg.sid, status)
    assert (floor.presence().state, floor.presence().reason) == state
    assert floor.events("offer_ended")[0]["end"] == end
    assert floor.offer(contact).agent_id == "ben"


def test_the_end_of_another_leg_does_not_end_the_offer():
    floor, contact = ringing_floor()
    offer, leg = floor.offer(contact), floor.ringing(contact)
    assert leg.request is not None
    second = floor.carrier.ring(leg.request)
    floor.report_leg(contact, offer.id, second, "completed")
    assert floor.offer(contact).id == offer.id


@pytest.mark.parametrize("late", ["initiated", "ringing", "completed", "busy", "failed"])
def test_reports_of_an_earlier_offer_change_nothing(late):
    floor, contact = ringing_floor()
    floor.agent("ben")
    first, leg = floor.offer(contact), floor.ringing(contact)
    ring.ring_reported(floor.deps, contact, first.id, leg.sid, "busy")
    now = floor.contact(contact)
    floor.report_leg(contact, first.id, leg.sid, late)
    assert floor.contact(contact) == now


def test_a_telephone_gets_its_question_with_the_call_and_a_browser_asks_for_its_document():
    floor = Floor()
    floor.agent("ada")
    phone = floor.ringing(floor.caller("carol")).request
    assert phone.document is not None and phone.document[0].action_path.endswith("/key")
    floor.agent("ben", BROWSER)
    assert floor.ringing(floor.caller("dora")).request.document is None
