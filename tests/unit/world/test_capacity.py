"""How much work of each channel an agent is given at once: calls, callbacks, voicemails."""

from dataclasses import replace

import pytest
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.routing.agent import Capacity, CapacityReached
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.routing.rules import check_person
from offhook.domain.tenants.scope import EVERYTHING
from offhook.usecases.callbacks import asking
from offhook.usecases.callbacks import desk as callbacks
from offhook.usecases.routing import desk as agents_desk
from offhook.usecases.voicemails import desk as voicemails

from local.demo.plan import SERVICE
from tests.unit.world.test_callbacks import ANSWERS, CALLER, NUMBER, policy, rest
from tests.unit.world.test_voicemails import LEAVES, messages
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import World, world

ADA = AgentId("a_1")
CALLS_IN = "press 2 after the first prompt, wait 200 s"


def takes(made: World, tenant: TenantId, agent: AgentId, **capacity: int) -> None:
    """What the agent may be given from the next sign-in on."""
    with made.within(tenant) as deps:
        deps.config.put(replace(deps.config.get(AgentConfig, agent), capacity=Capacity(**capacity)))


def worked(made: World, tenant: TenantId) -> dict[bool, set[str]]:
    """Who was offered callbacks (True), as long as nobody was reached, and who was offered calls (False)."""
    done: dict[bool, set[str]] = {True: set(), False: set()}
    awaited = {c.id: c.callback.reached_at or 0 for c in checks.contacts(made, tenant) if c.callback is not None}
    for event in checks.events(made, tenant):
        if event["type"] == "offer_made":
            done[event["at"] < awaited.get(event["contact_id"], 0)].add(event["agent_id"])
    return done


def test_callbacks_go_to_whoever_takes_them_and_calls_to_the_others():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=2)
        policy(made, tenant)
        takes(made, tenant, ADA, calls=0)
        takes(made, tenant, AgentId("a_2"), callbacks=0)
        made.carrier.set_script(CALLER, ANSWERS)
        actors = staff(made, tenant)
        with made.within(tenant) as deps:
            asking.ask(deps, asking.Wish(CALLER, SERVICE, "u_1", "once"))
        for n in range(3):
            made.carrier.place_call(f"+1415555100{n}", NUMBER, CALLS_IN)
            made.run(30)
        rest(made, tenant, actors, 900)
        assert worked(made, tenant) == {True: {"a_1"}, False: {"a_2"}}


def test_a_callback_that_nobody_takes_waits_says_so_and_is_not_claimed_beyond_the_capacity():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant, keep_s=600)
        takes(made, tenant, ADA, callbacks=0)
        actors = staff(made, tenant)
        with made.within(tenant) as deps:
            asked = asking.ask(deps, asking.Wish(CALLER, SERVICE, "u_1", "once"))
        made.run(120)
        with made.within(tenant) as deps:
            waits = deps.contacts.get(asked.id)
            assert waits is not None and waits.state is ContactState.WAITING
            assert "nobody takes callbacks" in agents_desk.explain(deps, asked.id, EVERYTHING)
            with pytest.raises(CapacityReached):
                callbacks.claim(deps, ADA, asked.id)
        rest(made, tenant, actors, 1200)
        (contact,) = checks.contacts(made, tenant)
        assert contact.outcome is Outcome.UNREACHED and not contact.assignments


def test_an_agent_works_on_so_many_voicemails_at_once_and_on_more_when_one_is_done_with():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        takes(made, tenant, ADA, voicemails=2)
        for n in range(3):
            made.carrier.place_call(f"+1415555200{n}", NUMBER, LEAVES)
            made.run(60)
        first, second, third = (one.id for one in messages(made, tenant))
        with made.within(tenant) as deps:
            for one in (first, second, second):
                voicemails.claim(deps, ADA, one, EVERYTHING)
            with pytest.raises(CapacityReached):
                voicemails.claim(deps, ADA, third, EVERYTHING)
            assert voicemails.one(deps, third, EVERYTHING).status == "new"
            assert voicemails.claim(deps, AgentId("a_2"), third, EVERYTHING).agent_id == "a_2"
            voicemails.give_back(deps, AgentId("a_2"), third, EVERYTHING)
            voicemails.close(deps, ADA, first, voicemails.VoicemailOutcome.SPAM, EVERYTHING)
            assert voicemails.claim(deps, ADA, third, EVERYTHING).agent_id == ADA


@pytest.mark.parametrize(("field", "value"), [("calls", 2), ("callbacks", -1), ("voicemails", 101)])
def test_a_capacity_out_of_range_is_refused_with_its_field(field: str, value: int):
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        with made.within(tenant) as deps:
            person = deps.config.get(AgentConfig, ADA)
        with pytest.raises(InvalidInput) as refused:
            check_person(replace(person, capacity=replace(Capacity(), **{field: value})))
        assert refused.value.field == f"$.capacity.{field}"
