"""What connected people are told of a call: numbered, their own tenant's only, each agent of their own desk only."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from offhook.adapters.live_channel import Connection, Connections
from offhook.domain.ids import AgentId, ContactId, QueueId, TenantId
from offhook.domain.routing.queues import Queue
from offhook.domain.tenants.scope import Scope, Team, TeamId
from offhook.usecases.analytics.floor import live_floor

from functions.analytics.app import count
from local.demo.plan import SERVICE
from tests.unit.analytics.test_app import stream_event
from tests.world.agents import staff
from tests.world.scene import Scene
from tests.world.world import World, world

ACME, ZETA = TenantId("t_acme"), TenantId("t_zeta")
NUMBERS = {"acme": "+14155550100", "zeta": "+14155550200"}
Message = dict[str, Any]
MINE = TeamId("team_x")
TEAM = Scope(agents=frozenset({AgentId("a_elsewhere")}), queues=frozenset({SERVICE}))


@pytest.fixture(scope="module")
def day() -> Iterator[World]:
    """Two tenants with an agent and some calls each; everybody watches, and every batch comes twice."""
    with world(seed=11) as made:
        actors = [a for name, number in NUMBERS.items() for a in staff(made, made.add_tenant(name, number, agents=1))]
        for tenant in (ACME, ZETA):
            watch(made, tenant)
        for _ in range(2):
            for number in NUMBERS.values():
                made.carrier.place_call("+14155550999", number, "press 1, press 1, press 1, press 9")
            made.run(300)
        for actor in actors:
            actor.sign_out()
        made.run(60)
        deliver(made.aws.store.stream)
        yield made


def watch(made: World, tenant: TenantId) -> None:
    with made.within(tenant) as deps:
        for connection in (
            Connection(f"desk-{tenant}", AgentId("a_1")),
            Connection(f"other-{tenant}", AgentId("a_2")),
            Connection(f"wall-{tenant}", AgentId("u_boss"), watches_floor=True),
            Connection(f"team-{tenant}", AgentId("u_lead"), watches_floor=True, scope=TEAM),
        ):
            Connections(deps.items, deps.tenant).add(connection, deps.clock.now())


def deliver(records: Sequence[Any]) -> None:
    for start in range(0, len(records), 20):
        for _ in range(2):
            assert count(stream_event(records[start : start + 20]), None) == {"batchItemFailures": []}


def told(made: World, connection: str) -> list[Message]:
    return [json.loads(message) for to, message in made.aws.posted if to == connection]


def firsts(numbers: Sequence[int]) -> list[int]:
    """Without repetitions: what a page that ignores old numbers sees."""
    return list(dict.fromkeys(numbers))


@pytest.mark.parametrize("tenant", [ACME, ZETA])
def test_the_floor_is_numbered_without_a_gap_up_to_what_a_page_reads(day: World, tenant: TenantId) -> None:
    floors = [t for t in told(day, f"wall-{tenant}") if t["type"] == "floor"]
    numbers = [t["seq"] for t in floors]
    assert len(numbers) > 2
    assert firsts(numbers) == list(range(numbers[0], numbers[-1] + 1))
    with day.within(tenant) as deps:
        assert live_floor(deps).seq == numbers[-1]


@pytest.mark.parametrize("tenant", [ACME, ZETA])
def test_an_agent_is_told_of_each_change_of_their_desk_and_of_the_contacts_on_it(day: World, tenant: TenantId) -> None:
    messages = told(day, f"desk-{tenant}")
    own = [t for t in messages if t["type"] == "agent"]
    assert firsts([t["seq"] for t in own]) == list(range(1, max(t["seq"] for t in own) + 1))
    assert {"available", "reserved", "busy", "wrap_up", "offline"} <= {t["state"] for t in own}
    offered = {t["contact_id"] for t in own if t["state"] == "reserved"}
    contacts = [t for t in messages if t["type"] == "contact"]
    assert offered and {t["id"] for t in contacts} == offered
    for contact in offered:
        numbers = firsts([t["seq"] for t in contacts if t["id"] == contact])
        assert numbers == list(range(numbers[0], numbers[-1] + 1))


@pytest.mark.parametrize("tenant", [ACME, ZETA])
def test_who_leads_a_team_is_told_of_each_change_and_of_their_part_of_the_floor(day: World, tenant: TenantId) -> None:
    mine, all_of_it = ([t for t in told(day, f"{who}-{tenant}") if t["type"] == "floor"] for who in ("team", "wall"))
    assert [t["seq"] for t in mine] == [t["seq"] for t in all_of_it]
    assert {q["id"] for t in mine for q in t["floor"]["queues"]} == {SERVICE}
    assert {q["id"] for t in all_of_it for q in t["floor"]["queues"]} > {SERVICE}


def test_nobody_is_told_of_another_tenant_or_another_desk(day: World) -> None:
    for tenant in (ACME, ZETA):
        with day.within(tenant) as deps:
            assert all(deps.contacts.get(contact) for contact in contact_ids(day, tenant))
        assert told(day, f"other-{tenant}") == []
        assert {t["type"] for t in told(day, f"wall-{tenant}")} == {"floor"}
    assert not contact_ids(day, ACME) & contact_ids(day, ZETA)


def contact_ids(made: World, tenant: TenantId) -> set[ContactId]:
    return {ContactId(t["id"]) for t in told(made, f"desk-{tenant}") if t["type"] == "contact"}


def test_who_leads_a_team_is_told_of_those_who_are_in_it_now() -> None:
    with world() as made:
        scene = Scene(made, made.add_tenant("acme", NUMBERS["acme"]))
        leads = Connection("lead", AgentId("u_lead"), watches_floor=True, scope=Scope(frozenset()), teams=(MINE,))
        scene.act(lambda deps: Connections(deps.items, deps.tenant).add(leads, deps.clock.now()))
        for agent in (AgentId("a_1"), AgentId("a_2")):
            scene.act(lambda deps, agent=agent: deps.config.put(Team(MINE, "Mine", (agent,))))
            scene.sign_in(agent)
            deliver(made.aws.store.stream[-2:])
            assert [one["id"] for one in told(made, "lead")[-1]["floor"]["agents"]] == [agent]


def test_queues_and_agents_of_the_floor_stand_by_name_whatever_their_ids() -> None:
    with world() as made:
        tenant = made.add_tenant("acme", NUMBERS["acme"], agents=12)
        staff(made, tenant)
        made.run(5)
        with made.within(tenant) as deps:
            deps.config.create(Queue(QueueId("a_first"), "Zulu"))
            floor = live_floor(deps, fresh=True)
        names = [[one.name.casefold() for one in rows] for rows in (floor.queues, floor.agents)]
        assert names == [sorted(one) for one in names] and len(names[1]) == 12
        assert [agent.id for agent in floor.agents] != sorted(agent.id for agent in floor.agents)
