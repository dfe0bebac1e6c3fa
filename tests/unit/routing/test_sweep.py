"""The sweep alone: whatever message, callback or worker is lost, everything open is put right."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from offhook.domain.errors import CarrierUnavailable
from offhook.domain.ids import ContactId
from offhook.domain.messages import Topic
from offhook.domain.routing import agent_transitions, transitions
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState, OfferEnd, Outcome, Recording
from offhook.domain.storage import CommitConflict, Write
from offhook.domain.telephony import RecordingFacts
from offhook.usecases.recordings import reporting
from offhook.usecases.routing import leaving, offers, presence, sweep, talking

from tests.unit.routing.builders import ADA, BROWSER, NOTICED, T1, Floor

A = AgentState


def swept(floor: Floor, seconds: float = 60, agents: tuple[str, ...] = ("ada",)) -> None:
    """Time passes, agents' hearts beat, and one sweep looks; no message arrives."""
    floor.clock.advance(seconds)
    floor.beat(*agents)
    sweep.sweep(floor.deps)


# --- every topic lost ---------------------------------------------------------------------------------------------


def ring_lost(floor: Floor) -> None:
    floor.agent("ada")
    contact = floor.caller("carol")
    swept(floor, 10)
    assert floor.offer(contact).call_sid is not None and len(floor.carrier.rung()) == 1


def cancel_ring_lost(floor: Floor) -> None:
    floor.agent("ada")
    contact = floor.caller("carol")
    offer, leg = floor.offer(contact), floor.ringing(contact)
    floor.customer_hangs_up(contact)
    assert leg.status == "queued", "rings on until the device answers or the carrier gives up"
    leg.status = "in-progress"
    from offhook.domain.documents import HangUp
    from offhook.usecases.routing import accept

    assert accept.leg_answered(floor.deps, contact, offer.id, leg.sid) == (HangUp(),)
    assert floor.presence().state is A.AVAILABLE


def offer_deadline_lost(floor: Floor) -> None:
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.ringing(contact).status = "ringing"
    swept(floor, 31)
    assert floor.contact(contact).state is ContactState.WAITING
    assert floor.presence().reason == "no_answer"


def wrap_up_limit_lost(floor: Floor) -> None:
    contact = floor.talk("carol")
    floor.customer_hangs_up(contact)
    swept(floor, 61)
    assert floor.contact(contact).is_closed and floor.presence().state is A.AVAILABLE


def presence_lost(floor: Floor) -> None:
    floor.agent("ada")
    swept(floor, 25, agents=())
    assert floor.presence().state is A.OFFLINE


def match_contact_lost(floor: Floor) -> None:
    contact = beaten_by_others(floor)
    swept(floor, 2)
    assert floor.contact(contact).state is ContactState.OFFERED


def match_agent_lost(floor: Floor) -> None:
    match_contact_lost(floor)


def return_to_queue_lost(floor: Floor) -> None:
    contact = floor.talk("carol", kind=BROWSER)
    floor.carrier.fail["redirect"] = [CarrierUnavailable()]
    leaving.agent_left(floor.deps, contact, floor.contact(contact).assignment.offer_id)
    assert floor.carrier.legs[floor.contact(contact).call_sid].queue == ""
    swept(floor)
    assert floor.carrier.legs[floor.contact(contact).call_sid].queue == "billing"


def reconcile_join_lost(floor: Floor) -> None:
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.carrier.fail["redirect"] = [CarrierUnavailable()]
    floor.answer(contact)
    swept(floor, 10)
    stored = floor.contact(contact)
    assert stored.call_sid in floor.carrier.room_members(stored.room)


def end_room_lost(floor: Floor) -> None:
    contact = floor.talk("carol")
    floor.carrier.fail["end_room"] = [CarrierUnavailable()]
    talking.hang_up(floor.deps, ADA, contact)
    swept(floor)
    assert floor.carrier.live_rooms() == ()


def store_recording_lost(floor: Floor) -> None:
    contact = floor.talk("carol", flow=NOTICED)
    made = f"{floor.contact(contact).room}-RE1"
    reporting.recording_reported(floor.deps, contact, Recording(made, "completed", 30), "https://carrier/RE1")
    floor.customer_hangs_up(contact)
    floor.carrier.recordings[made] = RecordingFacts("completed", 30, "https://carrier/RE1")
    swept(floor, 61)
    swept(floor, 61)
    floor.mail.lost = set()
    swept(floor, 61)
    floor.deliver(Topic.STORE_RECORDING)
    assert floor.media.stored == {made: "https://carrier/RE1"}


def sweep_lost(floor: Floor) -> None:
    ring_lost(floor)  # a sweep needs nothing of the sweep before


LOST: dict[Topic, Callable[[Floor], None]] = {
    Topic.RING: ring_lost,
    Topic.CANCEL_RING: cancel_ring_lost,
    Topic.OFFER_DEADLINE: offer_deadline_lost,
    Topic.WRAP_UP_LIMIT: wrap_up_limit_lost,
    Topic.PRESENCE: presence_lost,
    Topic.MATCH_CONTACT: match_contact_lost,
    Topic.MATCH_AGENT: match_agent_lost,
    Topic.RETURN_TO_QUEUE: return_to_queue_lost,
    Topic.RECONCILE_JOIN: reconcile_join_lost,
    Topic.END_ROOM: end_room_lost,
    Topic.STORE_RECORDING: store_recording_lost,
    Topic.SWEEP: sweep_lost,
}


@pytest.mark.parametrize("topic", sorted(LOST))
def test_a_lost_message_is_made_good_by_the_sweep(topic):
    floor = Floor()
    floor.mail.lost = set(Topic) - {Topic.RING} if topic is not Topic.RING else set(Topic)
    LOST[topic](floor)


def beaten_by_others(floor: Floor) -> ContactId:
    """Agent and contact both lost every race, and gave up for now."""
    contact = floor.enter("carol")
    floor.agent("ada")

    def beaten(writes: Sequence[Write]) -> None:
        if len(writes) > 2:  # not what one of the two does alone, with a row
            raise CommitConflict([])

    floor.store.before_commit = beaten
    floor.wait(contact)
    presence.choose_state(floor.deps, ADA, A.AVAILABLE)
    floor.store.before_commit = None
    assert floor.contact(contact).state is ContactState.WAITING and floor.presence().is_ready
    assert {Topic.MATCH_AGENT, Topic.MATCH_CONTACT} <= {m.topic for m in floor.mail.sent}
    return contact


def test_who_gave_up_matching_for_now_is_matched_by_the_message():
    floor = Floor()
    contact = beaten_by_others(floor)
    floor.clock.advance(1)
    floor.deliver(Topic.MATCH_CONTACT)
    assert floor.contact(contact).state is ContactState.OFFERED


# --- callbacks lost -----------------------------------------------------------------------------------------------


def test_a_hang_up_that_was_never_told_is_found_after_a_minute():
    floor = Floor()
    contact = floor.caller("carol")
    floor.carrier.end(floor.contact(contact).call_sid)
    swept(floor, 61, agents=())
    assert (floor.contact(contact).outcome, floor.contact(contact).is_closed) == (Outcome.ABANDONED, True)


@pytest.mark.parametrize(("visits", "outcome"), [(0, Outcome.SELF_SERVED), (1, Outcome.NOT_SERVED)])
def test_a_call_that_had_finished_its_flow_served_itself_unless_it_had_waited_in_vain(visits: int, outcome: Outcome):
    floor = Floor()
    contact = floor.enter("carol")
    stored = floor.contact(contact)
    done = replace(stored, visit=None, visits=visits, flow=replace(stored.flow, done=True))
    floor.deps.contacts.save(stored, done, ())
    floor.carrier.end(stored.call_sid)
    swept(floor, 61, agents=())
    assert floor.contact(contact).outcome is outcome
    assert floor.contact(contact).outcome_reason == "flow_ended"


def test_a_caller_connected_to_an_outside_number_is_found_to_be_transferred():
    floor = Floor()
    contact = floor.enter("carol")
    stored = floor.contact(contact)
    position = replace(stored.flow, attributes={"transfer_result": "answered"})
    floor.deps.contacts.save(stored, replace(stored, visit=None, flow=position), ())
    floor.carrier.end(stored.call_sid)
    swept(floor, 61, agents=())
    assert floor.contact(contact).outcome is Outcome.TRANSFERRED_OUT


def test_an_agents_leg_that_ended_untold_ends_the_conversation():
    floor = Floor()
    contact = floor.talk("carol")
    floor.carrier.end(floor.contact(contact).assignment.call_sid)
    swept(floor, 30)
    assert floor.presence().state is A.WRAP_UP


def test_a_browser_leg_that_ended_untold_brings_the_customer_back():
    floor = Floor()
    contact = floor.talk("carol", kind=BROWSER)
    floor.carrier.end(floor.contact(contact).assignment.call_sid)
    swept(floor, 30)
    assert floor.carrier.legs[floor.contact(contact).call_sid].queue == "billing"


def test_a_recording_whose_end_was_never_told_is_asked_for_and_copied():
    floor = Floor()
    contact = floor.talk("carol", flow=NOTICED)
    floor.queue(wrap_up_s=0.0)
    floor.customer_hangs_up(contact)
    made = f"{floor.contact(contact).room}-RE1"
    floor.carrier.recordings[made] = RecordingFacts("completed", 30, "https://carrier/RE1")
    swept(floor, 61)
    floor.deliver(Topic.STORE_RECORDING)
    assert floor.media.stored == {made: "https://carrier/RE1"}
    assert [(r.status, r.duration_s) for r in floor.contact(contact).recordings] == [("stored", 30)]
    assert floor.contact(contact).is_settled


def test_a_recording_that_was_expected_of_a_room_nobody_came_to_is_expected_no_more():
    floor = Floor()
    contact = floor.talk("carol", flow=NOTICED)
    floor.queue(wrap_up_s=0.0)
    floor.customer_hangs_up(contact)
    assert not floor.contact(contact).is_settled
    swept(floor, 61)
    assert floor.contact(contact).recordings == () and floor.contact(contact).is_settled


# --- what is young, broken or already settled ---------------------------------------------------------------------


def test_a_sweep_of_a_healthy_floor_changes_nothing():
    floor = Floor()
    floor.talk("carol")
    floor.agent("zoe", state=A.AWAY)
    floor.caller("dora")
    before, sent = dict(floor.store.rows), len(floor.mail.sent)
    sweep.sweep(floor.deps)
    assert floor.store.rows == before and len(floor.mail.sent) == sent


def test_a_sweep_while_the_carrier_is_away_does_no_harm():
    floor = Floor()
    contact = floor.talk("carol")
    for method in ("call", "room_members", "live_rooms", "end_room", "redirect"):
        floor.carrier.fail[method] = [CarrierUnavailable() for _ in range(20)]
    swept(floor)
    assert floor.contact(contact).state is ContactState.CONNECTED


def test_one_contact_that_cannot_be_put_right_holds_up_no_other():
    floor = Floor()
    first, second = floor.caller("first"), floor.caller("second")
    floor.agent("ada", state=A.AWAY)
    floor.clock.advance(61)
    floor.beat("ada")
    floor.carrier.end(floor.contact(second).call_sid)
    floor.carrier.fail["call"] = [RuntimeError("the first is poisoned")]
    with pytest.raises(ExceptionGroup):
        sweep.sweep(floor.deps)
    assert floor.contact(first).state is ContactState.WAITING
    assert floor.contact(second).is_closed


def test_a_sweep_goes_on_by_messages_until_everything_has_been_looked_at():
    floor = Floor()
    callers = [floor.enter(f"caller{n:03d}") for n in range(130)]
    for n in range(120):
        floor.agent(f"agent{n:03d}", state=A.AWAY)
    floor.clock.advance(61)
    for contact in callers:
        floor.carrier.end(floor.contact(contact).call_sid)
    assert sweep.sweep(floor.deps) <= 2 * sweep.PAGE
    floor.deliver(Topic.SWEEP)
    assert all(floor.contact(c).is_closed for c in callers)
    assert floor.deps.agents.signed_in() == []


def test_an_offer_that_ended_while_the_sweep_was_reading_is_not_ended_again():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    seen = floor.contact(contact)
    presence.choose_state(floor.deps, ADA, A.AWAY, "break")
    offers.end_offer(floor.deps, contact, floor.offer(contact).id, OfferEnd.DECLINED)
    floor.clock.advance(40)
    sweep.sweep_contact(floor.deps, seen)
    assert [e["end"] for e in floor.events("offer_ended")] == [OfferEnd.DECLINED]


def test_a_ready_agent_and_a_waiting_contact_left_unmatched_by_a_dead_worker_are_matched():
    floor = Floor()
    contact = floor.enter("carol")
    stored = floor.contact(contact)
    began = transitions.wait_began(stored, floor.clock.now())
    floor.deps.contacts.save(stored, began.entity, began.events)
    floor.agent("ada", state=A.AWAY)
    away = floor.presence()
    free = agent_transitions.state_chosen(away, A.AVAILABLE, "", floor.clock.now())
    floor.deps.agents.save(away, free.entity, free.events)
    sweep.sweep(floor.deps)
    assert floor.offer(contact).agent_id == ADA


def test_a_sweep_touches_one_tenant_only():
    floor = Floor()
    floor.caller("carol")
    sweep.sweep(floor.deps)
    assert {k.pk.split("#")[1] for k in floor.store.rows} == {T1}
