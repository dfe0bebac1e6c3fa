"""Customers who are called back: the place is kept, one telephone rings at a time, nothing is left."""

from dataclasses import replace
from typing import Any

import pytest
from offhook.domain.ids import TenantId
from offhook.domain.routing.callbacks import CallbackPolicy, First
from offhook.domain.routing.contact import Contact, Outcome
from offhook.domain.routing.queues import Queue

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
