"""The agent's controls of a call: each written first, carried out from what is written, and the same when repeated."""

import pytest
from offhook.domain.errors import CallerGone, CarrierUnavailable, Conflict, InvalidInput, NotFound
from offhook.domain.ids import AgentId, ContactId
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import Contact, ContactState, OfferEnd
from offhook.domain.routing.keypad import pressed_in, spelled
from offhook.domain.routing.party import PartyEnd, PartyRole
from offhook.domain.routing.queues import Queue
from offhook.stores.codec import decode
from offhook.usecases.routing import accept, control, desk, offers, presence, talking, wrap_up
from offhook.usecases.routing.targets import Target, TargetKind, TargetUnavailable

from tests.unit.routing.builders import ADA, BEN, BROWSER, SALES, Floor, a_contact

TO_BEN = Target(TargetKind.AGENT, "ben")


def consulting(floor: Floor, role: PartyRole = PartyRole.CONSULT) -> ContactId:
    """Ada talks with Carol and has rung Ben, who has accepted."""
    contact = floor.talk("carol")
    floor.agent("ben", BROWSER)
    control.invite(floor.deps, ADA, contact, TO_BEN, role)
    joins(floor, contact)
    return contact


def joins(floor: Floor, contact: ContactId) -> None:
    """Whoever was rung last answers."""
    floor.deliver(Topic.RING)
    party = floor.contact(contact).parties[-1]
    assert party.call_sid is not None
    leg = floor.carrier.legs[party.call_sid]
    leg.status = "in-progress"
    floor.carrier.enter(leg.sid, accept.leg_answered(floor.deps, contact, party.id, leg.sid))


def test_who_is_consulted_speaks_with_the_agent_and_the_customer_waits():
    floor = Floor()
    contact = consulting(floor)
    stored = floor.contact(contact)
    assert stored.customer_on_hold and floor.carrier.held == {stored.call_sid}
    assert desk.desk(floor.deps, BEN).work.role == "consult"
    (shown,) = desk.desk(floor.deps, ADA).work.parties
    assert (shown.agent_id, shown.state) == ("ben", "joined")
    assert floor.presence("ben").state is AgentState.BUSY


def test_a_call_is_not_given_away_before_the_customer_is_in_the_room():
    floor = Floor()
    floor.agent()
    floor.agent("ben")
    contact = floor.caller("carol")
    floor.answer(contact)
    leader = floor.contact(contact).leader
    other = {"ada": "ben", "ben": "ada"}[leader.agent_id]
    for act in (control.transfer, lambda *of: control.invite(*of, PartyRole.CONSULT)):
        with pytest.raises(Conflict):
            act(floor.deps, leader.agent_id, contact, Target(TargetKind.AGENT, other))
    floor.report_room(contact, "conference-start")
    control.transfer(floor.deps, leader.agent_id, contact, Target(TargetKind.AGENT, other))
    assert floor.contact(contact).leader is None


def test_the_same_request_once_more_rings_nobody_twice():
    floor = Floor()
    contact = consulting(floor)
    before = floor.contact(contact)
    control.invite(floor.deps, ADA, contact, TO_BEN, PartyRole.CONSULT)
    assert floor.contact(contact) == before
    control.hand_over(floor.deps, ADA, contact, before.parties[0].id)
    handed = floor.contact(contact)
    control.hand_over(floor.deps, ADA, contact, before.parties[0].id)
    assert floor.contact(contact) == handed
    assert handed.leader.agent_id == "ben" and not handed.customer_on_hold


def test_each_agent_keeps_their_own_notes_and_the_contact_closes_after_the_last():
    floor = Floor()
    contact = consulting(floor)
    control.hand_over(floor.deps, ADA, contact, floor.contact(contact).parties[0].id)
    wrap_up.note(floor.deps, ADA, contact, notes="by Ada")
    wrap_up.note(floor.deps, BEN, contact, notes="by Ben")
    floor.customer_hangs_up(contact)
    assert [(w.agent_id, w.notes) for w in floor.contact(contact).assignments] == [("ada", "by Ada"), ("ben", "by Ben")]
    wrap_up.finish(floor.deps, BEN)
    assert not floor.contact(contact).is_closed
    wrap_up.note(floor.deps, ADA, contact, disposition="solved")
    wrap_up.finish(floor.deps, ADA)
    assert floor.contact(contact).is_closed
    assert [e["agent_id"] for e in floor.events("handling_ended")] == ["ben", "ada"]


def test_the_next_agent_of_a_call_does_not_end_the_notes_of_the_one_before():
    floor = Floor()
    contact = floor.talk("carol")
    control.transfer(floor.deps, ADA, contact, Target(TargetKind.QUEUE, SALES))
    floor.wait(contact)
    floor.agent("ben")
    floor.answer(contact)
    assert floor.presence().state is AgentState.WRAP_UP
    wrap_up.note(floor.deps, ADA, contact, notes="knows the case")
    wrap_up.finish(floor.deps, ADA)
    first, second = floor.contact(contact).assignments
    assert (first.notes, first.done_at is not None) == ("knows the case", True)
    assert (second.agent_id, second.queue, second.done_at) == ("ben", SALES, None)


def test_a_transferred_customer_keeps_the_enqueue_time_of_their_arrival():
    floor = Floor()
    contact = floor.talk("carol")
    arrived = floor.contact(contact).visit.enqueued_at
    floor.clock.advance(300)
    control.transfer(floor.deps, ADA, contact, Target(TargetKind.QUEUE, SALES))
    visit = floor.contact(contact).visit
    assert (visit.queue, visit.enqueued_at, visit.number) == (SALES, arrived, 2)


def test_nobody_who_is_busy_is_asked_and_nothing_changes():
    floor = Floor()
    contact = floor.talk("carol")
    before = floor.contact(contact)
    floor.agent("ben", state=AgentState.AWAY)
    for target in (TO_BEN, Target(TargetKind.AGENT, "ada"), Target(TargetKind.QUEUE, SALES)):
        with pytest.raises(TargetUnavailable):
            control.invite(floor.deps, ADA, contact, target, PartyRole.CONSULT)
    with pytest.raises(NotFound):
        control.invite(floor.deps, ADA, contact, Target(TargetKind.AGENT, "nobody"), PartyRole.CONSULT)
    assert floor.contact(contact) == before


@pytest.mark.parametrize(("away_after", "state"), [(1, AgentState.AWAY), (0, AgentState.AVAILABLE)])
def test_who_misses_the_ring_of_a_queue_that_was_asked_is_away_or_not_as_that_queue_says(away_after, state):
    floor = Floor()
    floor.deps.config.put(Queue(SALES, "Sales", away_after_missed=away_after))
    contact = floor.talk("carol")
    floor.agent("ben")
    control.invite(floor.deps, ADA, contact, Target(TargetKind.QUEUE, SALES), PartyRole.CONSULT)
    offers.end_offer(floor.deps, contact, floor.contact(contact).parties[-1].id, OfferEnd.NO_ANSWER)
    assert floor.presence("ben").state is state


def test_the_next_free_agent_of_a_queue_is_rung_when_one_declines():
    floor = Floor()
    contact = floor.talk("carol")
    floor.agent("ben")
    floor.agent("cleo")
    control.invite(floor.deps, ADA, contact, Target(TargetKind.QUEUE, SALES), PartyRole.CONSULT)
    floor.deliver(Topic.RING)
    first = floor.contact(contact).parties[0]
    accept.key_pressed(floor.deps, contact, first.id, first.call_sid, "9")
    floor.deliver(Topic.RING)
    second = floor.contact(contact).live_parties[0]
    assert {first.agent_id, second.agent_id} == {"ben", "cleo"} and second.call_sid is not None
    accept.key_pressed(floor.deps, contact, second.id, second.call_sid, "9")
    assert not floor.contact(contact).live_parties and not floor.contact(contact).customer_on_hold
    assert {e["party_end"] for e in floor.events("party_left")} == {PartyEnd.DECLINED}


def test_what_the_carrier_could_not_do_yet_is_shown_and_done_as_soon_as_it_can():
    floor = Floor()
    contact = consulting(floor)
    floor.carrier.fail["hold"] = [CarrierUnavailable()]
    control.speak_with(floor.deps, ADA, contact, "customer")
    assert not desk.desk(floor.deps, ADA).work.settled
    floor.clock.advance(3)
    floor.deliver(Topic.ARRANGE)
    stored = floor.contact(contact)
    assert desk.desk(floor.deps, ADA).work.settled
    assert floor.carrier.held == {stored.parties[0].call_sid}


def test_swap_and_merge_say_with_whom_and_may_be_repeated():
    floor = Floor()
    contact = consulting(floor)
    stored = floor.contact(contact)
    customer, ben = stored.call_sid, stored.parties[0].call_sid
    for to, held in (("customer", {ben}), ("customer", {ben}), (stored.parties[0].id, {customer}), ("everyone", set())):
        control.speak_with(floor.deps, ADA, contact, to)
        assert floor.carrier.held == held
    with pytest.raises(NotFound):
        control.speak_with(floor.deps, ADA, contact, "o_nobody")


def test_one_party_is_held_and_muted():
    floor = Floor()
    contact = consulting(floor, PartyRole.CONFERENCE)
    party = floor.contact(contact).parties[0]
    control.switch_party(floor.deps, ADA, contact, party.id, held=True, muted=True)
    assert floor.carrier.held == {party.call_sid} == floor.carrier.muted
    control.switch_party(floor.deps, ADA, contact, party.id, held=False)
    assert (floor.carrier.held, floor.carrier.muted) == (set(), {party.call_sid})


def test_who_was_consulted_mutes_and_leaves_by_their_own_controls():
    floor = Floor()
    contact = consulting(floor)
    party = floor.contact(contact).parties[0]
    talking.mute(floor.deps, BEN, contact, True)
    assert floor.carrier.muted == {party.call_sid}
    presence.choose_state(floor.deps, BEN, AgentState.AWAY, "lunch")
    talking.hang_up(floor.deps, BEN, contact)
    assert (floor.presence("ben").state, floor.presence("ben").reason) == (AgentState.AWAY, "lunch")
    stored = floor.contact(contact)
    assert stored.leader.agent_id == "ada" and not stored.customer_on_hold


def test_away_after_this_call_holds_through_a_transfer():
    floor = Floor()
    contact = consulting(floor)
    presence.choose_state(floor.deps, ADA, AgentState.AWAY, "lunch")
    control.hand_over(floor.deps, ADA, contact, floor.contact(contact).parties[0].id)
    assert floor.presence().state is AgentState.WRAP_UP
    wrap_up.note(floor.deps, ADA, contact, disposition="solved")
    wrap_up.finish(floor.deps, ADA)
    assert (floor.presence().state, floor.presence().reason) == (AgentState.AWAY, "lunch")


def test_only_who_leads_the_call_controls_it():
    floor = Floor()
    contact = consulting(floor)
    party = floor.contact(contact).parties[0].id
    for stranger in (BEN, AgentId("cleo")):
        for act in (
            lambda who: control.drop(floor.deps, who, contact, party),
            lambda who: control.speak_with(floor.deps, who, contact, "everyone"),
            lambda who: control.hand_over(floor.deps, who, contact, party),
            lambda who: control.press(floor.deps, who, contact, "1"),
            lambda who: control.transfer(floor.deps, who, contact, Target(TargetKind.QUEUE, SALES)),
        ):
            with pytest.raises(NotFound):
                act(stranger)
    control.hand_over(floor.deps, ADA, contact, party)
    with pytest.raises(CallerGone):
        control.press(floor.deps, ADA, contact, "1")


@pytest.mark.parametrize("keys", ["", "x", "1" * 33, "1 2"])
def test_what_are_no_keys_is_refused(keys):
    floor = Floor()
    contact = floor.talk("carol")
    with pytest.raises(InvalidInput) as refused:
        control.press(floor.deps, ADA, contact, keys)
    assert refused.value.field == "$.keys"


def test_keys_are_spelled_in_an_address_and_read_again():
    assert pressed_in(spelled("0w12*#")) == "0w12*#"
    assert pressed_in("rm -rf") == ""


def test_a_contact_that_was_stored_before_there_were_parties_is_read():
    body = (
        b'{"id":"c_1","tenant_id":"t","version":3,"state":"ended","started_at":1,"call_sid":"CA","customer_number":""'
    )
    body += b',"called_number":"","language":"en-US","flow":{"flow_id":"f","version":1,"node":"q"},"assignment":{'
    body += b'"agent_id":"ada","offer_id":"o","queue":"q","visit":1,"call_sid":"CB","device":"phone","accepted_at":1}}'
    contact = decode(Contact, body)
    assert [work.agent_id for work in contact.assignments] == ["ada"] and contact.parties == ()
    assert a_contact(ContactState.WAITING).direction == "inbound"
