"""Calls that agents place: who may be called, under which number, and what is recorded."""

from dataclasses import replace

import pytest
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.errors import CallsAtLimit, Conflict, InvalidInput, OffhookError
from offhook.domain.ids import ContactId
from offhook.domain.metering.budgets import Budget
from offhook.domain.numbers.line import Line, LineState, Origin
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import Contact, ContactState, Direction, OfferEnd, Outcome
from offhook.domain.routing.party import PartyRole
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.usecases.analytics.ledger import book_events
from offhook.usecases.numbers import calling
from offhook.usecases.routing import accept, control, dial, offers, outward, presence, sweep, targets
from offhook.usecases.routing.call_limit import take_place

from tests.unit.metering.kit import NOON, call
from tests.unit.routing.builders import ADA, T1, Floor, WorkerKilled, a_contact

SOMEBODY, GERMAN = "+14155550188", "+493012345678"


def floor_of(plan: str = "growth", **tenant: object) -> Floor:
    floor = Floor(clock=FrozenClock(NOON))
    floor.deps = replace(floor.deps, tenant=replace(floor.deps.tenant, plan=plan, **tenant))
    return floor


def refusal(floor: Floor, number: str, **asked: str) -> OffhookError:
    """Why the call is not placed; nothing has changed."""
    before = floor.presence()
    with pytest.raises(OffhookError) as refused:
        dial.dial(floor.deps, ADA, number, **asked)
    assert floor.presence() == before
    assert floor.carrier.rung() == [] and floor.mail.pending == [m for m in floor.mail.pending if m[1].topic != "ring"]
    return refused.value


def _spend(floor: Floor) -> None:
    """More than the month's hard cap is used."""
    floor.deps.config.put(Budget("month", hard_cap="1.00"))
    book_events(floor.deps, call("c_long", "2026-10-05T10:00", 50_000, tenant=T1))


def test_the_agent_is_rung_first_and_then_the_customer_into_the_same_room():
    floor = floor_of()
    floor.agent()
    contact = dial.dial(floor.deps, ADA, SOMEBODY)
    assert (contact.direction, contact.state, contact.visits) == (Direction.OUTBOUND, ContactState.DIALLING, 0)
    floor.deliver(only=["ring"])
    (agents,) = floor.carrier.rung()
    agents.status = "in-progress"
    accept.leg_answered(floor.deps, contact.id, contact.parties[0].id, agents.sid)
    floor.carrier.enter(agents.sid, accept.key_pressed(floor.deps, contact.id, contact.parties[0].id, agents.sid, "1"))
    floor.deliver(only=["ring"])
    customers = floor.carrier.rung()[1]
    assert customers.to == SOMEBODY
    customers.status = "in-progress"
    rung = floor.contact(contact.id).parties[-1]
    assert rung.role is PartyRole.DIALLED
    floor.carrier.enter(customers.sid, accept.leg_answered(floor.deps, contact.id, rung.id, customers.sid))
    talking = floor.contact(contact.id)
    assert (talking.state, talking.call_sid) == (ContactState.CONNECTED, customers.sid)
    assert customers.room == agents.room == talking.room
    assert not floor.events("queue_entered")


def agent_on_the_line(floor: Floor) -> Contact:
    """The agent has taken their own leg; the customer is rung."""
    contact = dial.dial(floor.deps, ADA, SOMEBODY)
    floor.deliver(only=["ring"])
    (agents,) = floor.carrier.rung()
    agents.status = "in-progress"
    floor.carrier.enter(agents.sid, accept.key_pressed(floor.deps, contact.id, contact.parties[0].id, agents.sid, "1"))
    floor.deliver(only=["ring"])
    return floor.contact(contact.id)


@pytest.mark.parametrize("who", [PartyRole.PLACES, PartyRole.DIALLED])
def test_a_worker_killed_after_somebody_did_not_come_leaves_no_call_open(who):
    floor = floor_of()
    floor.agent()
    contact = agent_on_the_line(floor) if who is PartyRole.DIALLED else dial.dial(floor.deps, ADA, SOMEBODY)
    rung = contact.parties[-1]
    assert rung.role is who

    def die(writes: object) -> None:
        floor.store.after_commit = None
        raise WorkerKilled

    floor.store.after_commit = die
    with pytest.raises(WorkerKilled):
        offers.end_offer(floor.deps, contact.id, rung.id, OfferEnd.NO_ANSWER)
    assert floor.contact(contact.id).state is ContactState.DIALLING
    floor.clock.advance(60)
    floor.beat("ada")
    sweep.sweep(floor.deps)
    over = floor.contact(contact.id)
    assert (over.state, over.outcome, over.outcome_reason) == (ContactState.ENDED, Outcome.NOT_REACHED, "no_answer")


@pytest.mark.parametrize("number", ["112", "911", "999", "+112", "9-1-1"])
def test_emergency_services_are_not_called_unless_the_tenant_allows_it(number):
    floor = floor_of()
    floor.agent()
    refused = refusal(floor, number)
    assert (refused.code, refused.field) == ("emergency_not_allowed", "$.to")
    calling.allow(floor.deps, ("US",), 0, emergency=True)
    assert dial.dial(floor.deps, ADA, number).customer_number == number


def test_an_allowed_emergency_call_minds_no_cap():
    floor = floor_of()
    floor.agent()
    calling.allow(floor.deps, (), 0, emergency=True)
    _spend(floor)
    assert dial.dial(floor.deps, ADA, "911").state is ContactState.DIALLING


def test_only_allowed_countries_are_called():
    floor = floor_of()
    floor.agent()
    assert refusal(floor, GERMAN).code == "country_not_allowed"
    calling.allow(floor.deps, ("DE",), 0)
    assert dial.dial(floor.deps, ADA, GERMAN).customer_number == GERMAN


def test_what_is_no_number_is_refused_by_its_field():
    floor = floor_of()
    floor.agent()
    assert refusal(floor, "tomorrow").field == "$.to"


def test_a_suspended_tenant_and_a_spent_budget_place_none():
    suspended = floor_of(status=TenantStatus.SUSPENDED)
    suspended.agent()
    assert refusal(suspended, SOMEBODY).status in (402, 403)
    spent = floor_of()
    spent.agent()
    _spend(spent)
    assert refusal(spent, SOMEBODY).code == "spending_cap_reached"


def test_more_calls_in_a_second_than_the_plan_allows_wait():
    floor = floor_of()
    floor.agent()
    codes = set()
    for _ in range(50):
        try:
            outward.check(floor.deps, SOMEBODY)
        except OffhookError as refused:
            codes.add(refused.code)
    assert codes == {"too_many_calls"}
    floor.clock.advance(60)
    outward.check(floor.deps, SOMEBODY)


def test_the_number_shown_is_of_the_country_called_or_the_one_asked_for():
    floor = floor_of()
    floor.agent()
    for number in ("+493055555555", "+14155550142"):
        floor.deps.config.put(Line(number, state=LineState.ACTIVE))
    floor.deps.config.put(Line("+498955555555", state=LineState.ACTIVE, origin=Origin.FORWARDED))
    assert outward.caller_id_for(floor.deps, GERMAN) == "+493055555555"
    assert outward.caller_id_for(floor.deps, SOMEBODY, "+493055555555") == "+493055555555"
    with pytest.raises(InvalidInput) as refused:
        outward.caller_id_for(floor.deps, GERMAN, "+498955555555")
    assert refused.value.field == "$.caller_id"


def test_who_is_at_work_places_no_call():
    floor = floor_of()
    floor.talk("carol")
    with pytest.raises(Conflict):
        dial.dial(floor.deps, ADA, SOMEBODY)


def test_an_agent_who_was_away_is_away_again_when_nobody_is_reached():
    floor = floor_of()
    floor.agent()
    presence.choose_state(floor.deps, ADA, AgentState.AWAY, "calls out")
    contact = dial.dial(floor.deps, ADA, SOMEBODY)
    offers.decline(floor.deps, ADA, contact.id, contact.parties[0].id)
    assert (floor.presence().state, floor.presence().reason) == (AgentState.AWAY, "calls out")
    assert floor.contact(contact.id).outcome is Outcome.NOT_REACHED
    assert floor.contact(contact.id).is_closed


def test_an_outside_number_is_rung_into_a_call_only_if_it_may_be_called():
    floor = floor_of()
    contact = floor.talk("carol")
    target = targets.Target(targets.TargetKind.NUMBER, GERMAN)
    with pytest.raises(OffhookError) as refused:
        control.invite(floor.deps, ADA, contact, target, PartyRole.CONSULT)
    assert (refused.value.code, refused.value.field) == ("country_not_allowed", "$.to.id")
    assert not floor.contact(contact).parties and not floor.contact(contact).customer_on_hold


def test_a_call_beyond_those_at_once_is_refused():
    floor = floor_of(limits=(("concurrent_calls", 1),))
    floor.agent()
    take_place(floor.deps, ContactId("c_other"))
    floor.deps.contacts.start(replace(a_contact(), id=ContactId("c_other"), version=0, place=1), ())
    assert isinstance(refusal(floor, SOMEBODY), CallsAtLimit)
