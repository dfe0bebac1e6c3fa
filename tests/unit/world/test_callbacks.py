"""Customers who are called back: the place is kept, one telephone rings at a time, nothing is left."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.domain.errors import CallsAtLimit
from offhook.domain.ids import FlowId, QueueId, TenantId
from offhook.domain.routing.callbacks import CallbackPolicy, First, OnMachine
from offhook.domain.routing.contact import Contact, Outcome
from offhook.domain.routing.queues import Queue
from offhook.domain.tenants.scope import EVERYTHING
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.callbacks import asking, desk
from offhook.usecases.callbacks.hours import why_not_now
from offhook.usecases.ivr import publishing
from offhook.usecases.routing import call_limit as calls
from offhook.usecases.routing import desk as agents_desk
from offhook.usecases.routing import leaving

from local.demo.plan import SERVICE
from tests.world import checks
from tests.world.agents import AgentActor, Habits, staff
from tests.world.world import World, world

NUMBER = "+14155550100"
CALLER = "+14155550999"
OTHER = "+14155550777"
ASKS = 'press 4 after the first prompt, press 1 on hearing "keep your place"'
ANSWERS = "answer after 3 s"


def policy(made: World, tenant: TenantId, **fields: Any) -> None:
    """The service queue's callbacks; rung around the clock, answered by whom it may concern."""
    with made.within(tenant) as deps:
        queue = deps.config.get(Queue, SERVICE)
        base = CallbackPolicy(from_hour=0, until_hour=24, spacing_s=120, detect=False)
        deps.config.put(replace(queue, callbacks=replace(base, **fields)))


def busy(made: World, tenant: TenantId, talks_s: float = 60.0) -> list[AgentActor]:
    """One agent, who talks with somebody."""
    actors = staff(made, tenant, Habits(talks_s=talks_s))
    made.carrier.place_call("+14155550001", NUMBER, "press 2 after the first prompt, wait 900 s")
    made.run(20)
    return actors


def rest(made: World, tenant: TenantId, actors: list[AgentActor], seconds: float = 900) -> None:
    """Everybody goes home; everything holds."""
    made.run(seconds)
    for actor in actors:
        actor.sign_out()
    made.run(120)
    checks.no_double_offers(made, tenant)
    checks.nothing_left(made, tenant)
    checks.report_identity(made, tenant)
    checks.replay_equals_tables(made, tenant)
    checks.no_poison(made)


def pair(made: World, tenant: TenantId) -> tuple[Contact, Contact]:
    """The contact in which the callback was asked for, and the callback."""
    all_of_them = checks.contacts(made, tenant)
    (called_back,) = [c for c in all_of_them if c.callback is not None]
    (origin,) = [c for c in all_of_them if c.id == called_back.origin_contact_id]
    return origin, called_back


def exits(made: World, tenant: TenantId, contact: Contact) -> list[str]:
    """How the queue visits of the contact ended."""
    told = checks.events(made, tenant)
    return [e["exit"] for e in told if e["type"] == "queue_visit_ended" and e["contact_id"] == contact.id]


def legs_to(made: World, number: str) -> list[Any]:
    """The calls to that number, however they ended."""
    return [c for c in made.carrier.calls.all.values() if c.to == number]


@pytest.mark.parametrize("first", list(First))
def test_a_caller_who_asks_is_called_back_at_the_old_place_and_surveyed(first: First):
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant, first=first)
        made.carrier.set_script(CALLER, f'{ANSWERS}, press 1 on hearing "How satisfied"')
        actors = busy(made, tenant)
        made.carrier.place_call(CALLER, NUMBER, ASKS)
        made.run(60)
        rest(made, tenant, actors)
        origin, called_back = pair(made, tenant)
        assert origin.outcome is Outcome.CALLBACK and exits(made, tenant, origin) == ["callback"]
        assert called_back.outcome is Outcome.COMPLETED and exits(made, tenant, called_back) == ["answered"]
        entered = [e for e in checks.events(made, tenant) if e["type"] == "queue_entered"]
        places = {e["contact_id"]: e["enqueued_at"] for e in entered}
        assert places[origin.id] == places[called_back.id]
        assert len(legs_to(made, CALLER)) == 1
        assert called_back.survey is not None


@pytest.mark.parametrize(
    ("first", "script", "result"),
    [
        (First.AGENT, "busy", "busy"),
        (First.CUSTOMER, "do not answer", "no_answer"),
        (First.AGENT, "voicemail", "machine"),
        pytest.param(First.CUSTOMER, "fail", "failed", marks=pytest.mark.soak),
        pytest.param(First.CUSTOMER, "voicemail", "machine", marks=pytest.mark.soak),
    ],
)
def test_who_is_not_reached_is_rung_as_often_as_the_queue_says_and_no_agent_is_lost(
    first: First, script: str, result: str
):
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant, first=first, attempts=2, detect=script == "voicemail")
        made.carrier.set_script(CALLER, script)
        actors = busy(made, tenant)
        made.carrier.place_call(CALLER, NUMBER, ASKS)
        rest(made, tenant, actors)
        _, called_back = pair(made, tenant)
        told = [e for e in checks.events(made, tenant) if e["type"] == "callback_attempted"]
        assert [e["result"] for e in told] == [result, result] and len(legs_to(made, CALLER)) == 2
        assert (called_back.outcome, called_back.outcome_reason) == (Outcome.UNREACHED, result)
        assert exits(made, tenant, called_back) == ["callback"]


def one_call_at_once(tenant: TenantId) -> None:
    """The plan allows the tenant a single call."""
    with tenant_scope(tenant):
        config = wiring.deps_for(wiring.tenant_context(tenant)).config
        config.put(replace(config.get(Tenant, tenant), limits=(("concurrent_calls", 1),)))


@pytest.mark.parametrize("first", list(First))
def test_a_callback_waits_while_there_are_as_many_calls_as_the_plan_allows_and_then_counts_as_one(first: First):
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=2)
        one_call_at_once(tenant)
        policy(made, tenant, first=first)
        made.carrier.set_script(CALLER, ANSWERS)
        actors = busy(made, tenant, talks_s=200)
        with made.within(tenant) as deps:
            asking.ask(deps, asking.Wish(CALLER, QueueId(SERVICE), "u_1", "r1"))
        made.run(100)
        (called_back,) = [c for c in checks.contacts(made, tenant) if c.callback is not None]
        told = [e for e in checks.events(made, tenant) if e.get("contact_id") == called_back.id]
        assert legs_to(made, CALLER) == [] and called_back.ended_at is None
        assert {e["reason"] for e in told if e["type"] == "callback_put_off"} == {CallsAtLimit.code}
        assert len([e for e in told if e["type"] == "offer_made"]) <= 1, "agents are rung again and again for nothing"
        made.run(90)
        with made.within(tenant) as deps:
            assert len(legs_to(made, CALLER)) == 1 and calls.calls_under_way(deps) == 1
        rest(made, tenant, actors)
        with made.within(tenant) as deps:
            assert calls.calls_under_way(deps) == 0
        assert pair_outcome(made, tenant) is Outcome.COMPLETED


def pair_outcome(made: World, tenant: TenantId) -> Outcome | None:
    """How the callback ended."""
    (called_back,) = [c for c in checks.contacts(made, tenant) if c.callback is not None]
    return called_back.outcome


def test_between_two_attempts_a_callback_takes_no_place_of_other_calls():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        one_call_at_once(tenant)
        policy(made, tenant, attempts=2)
        made.carrier.set_script(CALLER, "busy")
        actors = staff(made, tenant)
        with made.within(tenant) as deps:
            asking.ask(deps, asking.Wish(CALLER, QueueId(SERVICE), "u_1", "r1"))
        made.run(40)
        with made.within(tenant) as deps:
            assert len(legs_to(made, CALLER)) == 1 and calls.calls_under_way(deps) == 0
        rest(made, tenant, actors)


def test_a_machine_gets_the_message_and_the_matter_is_over():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant, detect=True, on_machine=OnMachine.MESSAGE, message={"en-US": "Call us, please."})
        made.carrier.set_script(CALLER, "voicemail")
        actors = busy(made, tenant)
        made.carrier.place_call(CALLER, NUMBER, ASKS)
        rest(made, tenant, actors)
        _, called_back = pair(made, tenant)
        assert called_back.outcome_reason == "message_left"
        (leg,) = legs_to(made, CALLER)
        assert any("Call us, please." in entry.text for entry in leg.transcript.entries)


def test_a_customer_who_is_reached_at_the_second_attempt_still_has_the_first_place():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(CALLER, "busy")
        actors = busy(made, tenant)
        made.carrier.place_call(CALLER, NUMBER, ASKS)
        made.run(90)
        made.carrier.set_script(CALLER, ANSWERS)
        rest(made, tenant, actors)
        origin, called_back = pair(made, tenant)
        waits = [e for e in checks.events(made, tenant) if e["type"] == "contact_waiting"]
        assert {e["enqueued_at"] for e in waits if e["contact_id"] in (origin.id, called_back.id)} == {
            called_back.visit.enqueued_at if called_back.visit else None
        }
        assert called_back.outcome is Outcome.COMPLETED and exits(made, tenant, called_back) == ["answered"]


def test_the_caller_enters_another_number_and_is_called_there():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(OTHER, ANSWERS)
        actors = busy(made, tenant, talks_s=600)
        script = (
            'press 4 after the first prompt, press 2 on hearing "another number",'
            ' press 4155550777# on hearing "area code", press 1 on hearing "You entered"'
        )
        made.carrier.place_call(CALLER, NUMBER, script)
        rest(made, tenant, actors, 3000)
        _, called_back = pair(made, tenant)
        assert called_back.customer_number == OTHER and called_back.outcome is Outcome.COMPLETED
        assert len(legs_to(made, OTHER)) == 1 and not legs_to(made, CALLER)


def test_who_rings_again_gets_the_place_of_the_callback_and_is_not_called():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(CALLER, ANSWERS)
        actors = busy(made, tenant, talks_s=600)
        made.carrier.place_call(CALLER, NUMBER, ASKS)
        made.run(40)
        made.carrier.place_call("+14155550002", NUMBER, "press 2 after the first prompt")
        made.run(30)
        made.carrier.place_call(CALLER, NUMBER, "press 2 after the first prompt")
        made.run(40)
        _, called_back = pair(made, tenant)
        (again,) = [c for c in checks.contacts(made, tenant) if c.origin_contact_id == called_back.id]
        assert (called_back.outcome, called_back.outcome_reason) == (Outcome.CANCELLED, "merged")
        assert again.visit is not None and called_back.visit is not None
        assert again.visit.enqueued_at == called_back.visit.enqueued_at
        rest(made, tenant, actors, 3000)
        assert not legs_to(made, CALLER)


@pytest.mark.parametrize("first", list(First))
def test_who_is_on_the_line_for_one_callback_is_not_rung_for_another_until_that_is_over(first: First):
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=2)
        policy(made, tenant, first=first)
        made.carrier.set_script(CALLER, ANSWERS)
        actors = staff(made, tenant, Habits(talks_s=300))
        for key in ("first", "second"):
            with made.within(tenant) as deps:
                asking.ask(deps, asking.Wish(CALLER, QueueId(SERVICE), "u_1", key))
            made.run(40)
        rest(made, tenant, actors, 1500)
        one, two = sorted(legs_to(made, CALLER), key=lambda leg: leg.created_at)
        assert one.ended_at is not None and one.ended_at <= two.created_at
        asked = [c for c in checks.contacts(made, tenant) if c.callback is not None]
        assert [c.outcome for c in asked] == [Outcome.COMPLETED] * 2


def test_a_leg_that_rings_on_after_its_callback_is_over_keeps_the_next_one_waiting():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=2)
        policy(made, tenant, first=First.CUSTOMER)
        made.carrier.set_script(CALLER, "do not answer")
        actors = staff(made, tenant, Habits())
        with made.within(tenant) as deps:
            asking.ask(deps, asking.Wish(CALLER, QueueId(SERVICE), "u_1", "first"))
        made.run(5)
        (rings,) = [c for c in checks.contacts(made, tenant) if c.callback is not None and c.callback.leg]
        with made.within(tenant) as deps:  # the worker was killed before it could have the leg cancelled
            leaving.customer_left(deps, rings.id, "merged", Outcome.CANCELLED)
            asking.ask(deps, asking.Wish(CALLER, QueueId(SERVICE), "u_1", "second"))
        rest(made, tenant, actors, 3000)
        one, two, *_ = sorted(legs_to(made, CALLER), key=lambda leg: leg.created_at)
        assert one.ended_at is not None and one.ended_at <= two.created_at


def test_nobody_is_rung_at_night_and_the_place_is_kept_until_the_morning():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        with made.within(tenant) as deps:  # 15:06 UTC, which is before seven in Honolulu
            assert why_not_now(deps, CALLER, deps.config.get(Queue, SERVICE)) == "quiet_hours"
        policy(made, tenant, from_hour=8)
        made.carrier.set_script(CALLER, ANSWERS)
        actors = busy(made, tenant)
        made.carrier.place_call(CALLER, NUMBER, ASKS)
        made.run(1800)
        _, called_back = pair(made, tenant)
        assert called_back.is_put_off and not legs_to(made, CALLER)
        made.run(4 * 3600)
        rest(made, tenant, actors)
        _, called_back = pair(made, tenant)
        (leg,) = legs_to(made, CALLER)
        hour = datetime.fromtimestamp(leg.started_at, ZoneInfo("Pacific/Honolulu")).hour
        assert hour == 8 and called_back.outcome is Outcome.COMPLETED


def test_a_callback_that_is_cancelled_while_the_telephone_rings_frees_the_agent_and_rings_no_more():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(CALLER, "answer after 15 s")
        actors = busy(made, tenant)
        made.carrier.place_call(CALLER, NUMBER, ASKS)
        while not legs_to(made, CALLER):
            made.run(2)
        made.run(4)
        with made.within(tenant) as deps:
            _, called_back = pair(made, tenant)
            assert desk.callback(deps, called_back.id).status == "dialling"
            assert desk.close(deps, called_back.id, desk.CANCELLED).outcome == "cancelled"
        rest(made, tenant, actors)
        (leg,) = legs_to(made, CALLER)
        assert leg.answered_at is None


def test_an_agent_takes_a_callback_out_of_turn():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(OTHER, ANSWERS)
        actors = staff(made, tenant)
        later = made.aws.clock.now() + 7200_000
        with made.within(tenant) as deps:
            asked = asking.ask(deps, asking.Wish(OTHER, SERVICE, "u_1", "once", later))
            assert asking.ask(deps, asking.Wish(OTHER, SERVICE, "u_1", "once", later)).id == asked.id
            with pytest.raises(asking.CallbackPending):
                asking.ask(deps, asking.Wish(OTHER, SERVICE, "u_1", "another", later))
            ((one,), _) = desk.callbacks(deps, EVERYTHING)
            assert (one.id, one.status) == (asked.id, "put_off")
            assert desk.claim(deps, actors[0].id, asked.id).status == "offered"
            shown = agents_desk.desk(deps, actors[0].id).work
            assert shown is not None and shown.callback is not None
            assert (shown.callback.asked_by, shown.callback.reached) == ("u_1", False)
        rest(made, tenant, actors)
        assert len(legs_to(made, OTHER)) == 1
        (contact,) = checks.contacts(made, tenant)
        assert contact.outcome is Outcome.COMPLETED


def test_a_slot_is_kept():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(OTHER, ANSWERS)
        actors = staff(made, tenant)
        at = made.aws.clock.now() + 7200_000
        with made.within(tenant) as deps:
            asking.ask(deps, asking.Wish(OTHER, SERVICE, "u_1", "once", at))
        rest(made, tenant, actors, 9000)
        (leg,) = legs_to(made, OTHER)
        assert at <= leg.started_at * 1000 < at + 90_000


def test_the_flow_agrees_on_a_time_and_keeps_it():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(CALLER, ANSWERS)
        with made.within(tenant) as deps:  # it is 15:06
            slot = {"type": "callback", "queue": "service", "at": "{time}", "asked": "bye", "refused": "bye"}
            ask = {
                "type": "collect", "prompt": [{"say": {"en-US": "When?"}}], "attribute": "time", "next": "slot",
                "invalid": "bye", "timeout": "bye",
            }  # fmt: skip
            nodes = {"start": ask, "slot": slot, "bye": {"type": "hang_up"}}
            text = json.dumps({"languages": ["en-US"], "start": "start", "nodes": nodes})
            draft = deps.config.create(FlowDraft(FlowId("f_slot"), "Slots", text))
            publishing.publish(deps, draft.id, draft.version, "u_1")
            deps.config.put(Number(NUMBER, draft.id))
        actors = staff(made, tenant)
        made.carrier.place_call(CALLER, NUMBER, "press 1700#")
        rest(made, tenant, actors, 9000)
        origin, called_back = pair(made, tenant)
        (leg,) = legs_to(made, CALLER)
        assert origin.outcome is Outcome.CALLBACK and called_back.outcome is Outcome.COMPLETED
        assert datetime.fromtimestamp(leg.started_at, UTC).strftime("%H:%M") in ("17:00", "17:01")
