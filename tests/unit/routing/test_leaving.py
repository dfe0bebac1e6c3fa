"""Somebody leaves: who it was decides what becomes of the other, in whatever order it is reported."""

import pytest
from offhook.domain.errors import CallerGone, CarrierUnavailable, NotFound
from offhook.domain.ids import OfferId
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.usecases.routing import leaving, talking, waiting
from offhook.usecases.unsaved import as_stored

from tests.unit.routing.builders import ADA, BROWSER, PHONE, SALES, Floor

A = AgentState


def ends(floor: Floor) -> list[tuple[str, str]]:
    """Outcomes and exits recorded."""
    kinds = {"contact_ended": "outcome", "queue_visit_ended": "exit"}
    return [(e["type"], e[kinds[e["type"]]]) for e in floor.events() if e["type"] in kinds]


def agent_leg_gone(floor: Floor, contact) -> None:
    """The agent's leg ends and the carrier says so twice: of the room and of the leg."""
    work = floor.contact(contact).assignment
    floor.carrier.end(work.call_sid)
    floor.report_room(contact, "participant-leave", work.call_sid, work.offer_id)
    floor.report_leg(contact, work.offer_id, work.call_sid, "completed")


# --- the customer -------------------------------------------------------------------------------------------------


def test_a_customer_who_hangs_up_in_conversation_leaves_the_agent_to_wrap_up():
    floor = Floor()
    contact = floor.talk("carol")
    floor.clock.advance(30)
    floor.customer_hangs_up(contact)
    assert floor.presence().state is A.WRAP_UP
    stored = floor.contact(contact)
    assert (stored.state, stored.outcome, stored.is_closed) == (ContactState.ENDED, Outcome.COMPLETED, False)
    assert [e["talk_s"] for e in floor.events("talk_ended")] == [30.0]


@pytest.mark.parametrize("kind", [PHONE, BROWSER])
def test_the_agents_leg_ending_with_the_room_before_the_customers_end_is_told_is_no_lost_agent(kind):
    floor = Floor()
    contact = floor.talk("carol", kind=kind)
    floor.clock.advance(30)
    floor.carrier.end(floor.contact(contact).call_sid)  # the room, and with it the agent's leg, ends
    agent_leg_gone(floor, contact)
    floor.customer_hangs_up(contact)
    assert ends(floor) == [("queue_visit_ended", "answered"), ("contact_ended", "completed")]
    assert floor.presence().state is A.WRAP_UP
    assert floor.events("agent_lost") == []


def test_a_customer_who_hangs_up_in_line_has_abandoned_once():
    floor = Floor()
    contact = floor.caller("carol")
    floor.clock.advance(20)
    for _ in range(3):
        floor.customer_hangs_up(contact)
    assert ends(floor) == [("queue_visit_ended", "abandoned"), ("contact_ended", "abandoned")]


def test_leaving_within_the_short_time_is_a_short_abandon():
    floor = Floor()
    contact = floor.caller("carol")
    floor.clock.advance(4.9)
    floor.customer_hangs_up(contact)
    assert ends(floor)[0] == ("queue_visit_ended", "short_abandoned")


def test_a_customer_who_hangs_up_while_an_agent_rings_frees_the_agent_for_the_next():
    floor = Floor()
    floor.agent("ada")
    first, second = floor.caller("first"), floor.caller("second")
    leg = floor.ringing(first)
    floor.customer_hangs_up(first)
    floor.deliver(Topic.CANCEL_RING)
    assert leg.status == "completed"
    assert floor.offer(second).agent_id == ADA


def test_a_customer_who_talked_to_an_agent_has_completed_even_when_a_later_queue_sent_them_on():
    floor = Floor()
    contact = floor.talk("carol")
    talking.hang_up(floor.deps, ADA, contact)
    floor.customer_leaves_room(contact, 1)
    talked = floor.contact(contact)
    again = waiting.join_queue(floor.deps, as_stored(talked), SALES)
    waiting.left_queue(floor.deps, contact, again.visits, "queue-full", None)
    floor.customer_hangs_up(contact)
    assert floor.contact(contact).outcome is Outcome.COMPLETED


def test_a_contact_whose_queue_was_deleted_still_ends():
    from offhook.domain.routing.queues import Queue

    floor = Floor()
    contact = floor.caller("carol")
    floor.deps.config.delete(Queue, "billing")
    floor.customer_hangs_up(contact)
    assert floor.contact(contact).is_closed


# --- the agent ----------------------------------------------------------------------------------------------------


def test_a_telephone_that_hangs_up_has_ended_the_conversation():
    floor = Floor()
    contact = floor.talk("carol")
    floor.clock.advance(30)
    agent_leg_gone(floor, contact)
    assert floor.presence().state is A.WRAP_UP
    stored = floor.contact(contact)
    assert floor.carrier.legs[stored.call_sid].room == "", "the room is completed and the customer's call goes on"
    floor.customer_leaves_room(contact, 1)
    assert floor.contact(contact).state is ContactState.IN_FLOW
    assert len(floor.events("talk_ended")) == 1


def test_a_browser_that_vanishes_gives_the_customer_the_old_place_at_the_front():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    since = floor.contact(contact).visit.enqueued_at
    floor.agent("zoe", state=A.AWAY)
    gold = floor.caller("gold", priority=900)
    floor.clock.advance(90)
    agent_leg_gone(floor, contact)
    assert (floor.presence().state, floor.presence().reason) == (A.AWAY, "device_lost")
    stored = floor.contact(contact)
    assert floor.carrier.legs[stored.call_sid].queue == "billing"
    assert (stored.state, stored.visits, stored.visit.enqueued_at) == (ContactState.IN_FLOW, 2, since)
    assert [floor.wait(c).position for c in (contact, gold)] == [1, 2]
    assert [e["wrap_up_s"] for e in floor.events("handling_ended")] == [0.0]


def test_a_lost_agent_is_asked_again_only_after_all_others():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    agent_leg_gone(floor, contact)
    floor.agent("ada", BROWSER)
    floor.agent("ben")
    floor.wait(contact)
    assert floor.offer(contact).agent_id == "ben"


def test_a_customer_who_cannot_be_brought_back_at_once_is_brought_back_later():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    floor.carrier.fail["redirect"] = [CarrierUnavailable(), CarrierUnavailable()]
    agent_leg_gone(floor, contact)
    for _ in range(3):
        floor.clock.advance(2)
        floor.deliver(Topic.RETURN_TO_QUEUE)
    assert floor.carrier.legs[floor.contact(contact).call_sid].queue == "billing"


def test_a_customer_who_left_with_the_agent_has_abandoned_the_second_visit():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    floor.carrier.fail["redirect"] = [CallerGone()]
    agent_leg_gone(floor, contact)
    assert floor.contact(contact).is_closed


def test_hanging_up_at_the_desk_ends_the_conversation_and_the_room():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    talking.hang_up(floor.deps, ADA, contact)
    assert floor.presence().state is A.WRAP_UP
    assert floor.carrier.live_rooms() == ()
    agent_leg_gone(floor, contact)
    assert floor.events("agent_lost") == [], "our own hang-up is no lost device"


def test_hanging_up_before_the_customer_joined_sends_the_customer_back_to_the_front():
    floor = Floor()
    floor.agent("ada", BROWSER)
    contact = floor.caller("carol")
    floor.carrier.fail["redirect"] = [CarrierUnavailable()]
    floor.answer(contact)
    talking.hang_up(floor.deps, ADA, contact)
    assert floor.contact(contact).visits == 2
    assert floor.presence().state is A.AVAILABLE
    assert floor.carrier.live_rooms() == ()


def test_an_end_told_before_the_beginning_is_settled_by_who_is_in_the_room():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.answer(contact)
    work = floor.contact(contact).assignment
    agent_leg_gone(floor, contact)
    floor.report_room(contact, "conference-start", offer=work.offer_id)
    assert floor.contact(contact).assignment.talk_ended_at is not None
    assert floor.contact(contact).visits == 1
    assert floor.events("agent_lost") == []


def test_a_room_that_could_not_be_ended_is_ended_later():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    floor.carrier.fail["end_room"] = [CarrierUnavailable()]
    talking.hang_up(floor.deps, ADA, contact)
    assert floor.carrier.live_rooms() != ()
    floor.clock.advance(1)
    floor.deliver(Topic.END_ROOM)
    assert floor.carrier.live_rooms() == ()


@pytest.mark.parametrize("event", ["conference-start", "participant-leave", "participant-join", "conference-end", "x"])
def test_callbacks_of_an_earlier_conversation_change_nothing(event):
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    first = floor.contact(contact).assignment
    agent_leg_gone(floor, contact)
    floor.agent("ben", BROWSER)
    floor.wait(contact)
    floor.answer(contact)
    stored = floor.contact(contact)
    floor.report_room(contact, event, first.call_sid, first.offer_id)
    floor.report_leg(contact, first.offer_id, first.call_sid, "completed")
    assert floor.contact(contact) == stored


def test_a_doubled_start_counts_once():
    floor = Floor()
    contact = floor.talk("carol")
    began = floor.contact(contact).assignment.talk_at
    floor.clock.advance(10)
    floor.report_room(contact, "conference-start")
    assert floor.contact(contact).assignment.talk_at == began


def test_somebody_else_leaving_the_room_is_not_the_agent():
    floor = Floor()
    contact = floor.talk("carol")
    floor.report_room(contact, "participant-leave", floor.contact(contact).call_sid)
    assert floor.contact(contact).state is ContactState.CONNECTED


def test_reports_of_contacts_that_do_not_exist_are_ignored_or_named():
    floor = Floor()
    floor.report_leg("c_none", OfferId("o"), "CA", "completed")
    floor_before = dict(floor.store.rows)
    leaving.agent_left(floor.deps, "c_none", OfferId("o"))
    assert leaving.customer_left(floor.deps, "c_none", "hangup") is None
    assert floor.store.rows == floor_before
    with pytest.raises(NotFound):
        leaving.leave_room(floor.deps, "c_none", 1)


def billed_legs(floor: Floor) -> list[tuple[object, ...]]:
    told = ("leg_sid", "agent_id", "visit", "endpoint", "duration_s")
    return [tuple(e[name] for name in told) for e in floor.events("leg_ended")]


def test_a_leg_that_was_answered_when_the_caller_had_gone_is_told_once_for_it_costs_a_minute():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    leg, offer = floor.ringing(contact), floor.offer(contact).id
    floor.customer_hangs_up(contact)
    for _ in range(3):
        floor.report_leg(contact, offer, leg.sid, "completed", 5)
    assert billed_legs(floor) == [(leg.sid, ADA, 0, "outbound", 5)]


def test_a_leg_that_a_mailbox_answered_is_told_once_and_one_that_nobody_answered_is_not():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    leg, offer = floor.ringing(contact), floor.offer(contact).id
    floor.report_leg(contact, offer, leg.sid, "no-answer")
    assert billed_legs(floor) == []
    floor.report_leg(contact, offer, leg.sid, "completed", 31)
    floor.report_leg(contact, offer, leg.sid, "completed", 31)
    assert [(sid, seconds) for sid, *_, seconds in billed_legs(floor)] == [(leg.sid, 31)]


def test_the_leg_of_a_lost_agent_belongs_to_the_visit_it_served():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    work = floor.contact(contact).assignment
    agent_leg_gone(floor, contact)
    floor.report_leg(contact, work.offer_id, work.call_sid, "completed", 40)
    assert [(visit, seconds) for _, _, visit, _, seconds in billed_legs(floor)] == [(1, 40)]
