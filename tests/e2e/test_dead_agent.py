"""An agent who dies (tab closed, network lost, telephone off) is out of the pool within the promise, by our own clock.

At most one ring is lost on them, and the caller who lost it is served before whoever came later.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

import boto3
import pytest
from boto3.dynamodb.conditions import Key
from offhook.stores.agents import Heartbeat
from offhook.stores.codec import decode
from offhook_cli.http import Carrier

from local.aws import server
from local.runner.credentials import Credentials, Login
from local.runner.home import Home, read_run
from tests.e2e import browsers
from tests.e2e.browsers import Person, Socket, eventually, signed_in
from tests.e2e.neighbour import move_in
from tests.e2e.system import System, within

pytestmark = pytest.mark.e2e
OUT_MS, BEAT_S, IN_LAKE_S = 25_000, 5.0, 120.0
WAITS = "press 2, press 2, press 1, press 8"
DYING, RESCUER = "a_12", "a_9"
DYING_PHONE, RESCUE_PHONE = "+14155570012", "+14155570019"


@dataclass
class Desk:
    """The agent's place of work. beating: what says that it is there.

    died_at: 0 = with the first ring; beat_at: when the server heard of it last, by its own clock.
    """

    person: Person
    phone: Socket
    live: Socket
    beating: "asyncio.Task[None]"
    known: Credentials
    system: System
    died_at: int = 0
    beat_at: int = 0

    async def loses_tab(self) -> None:
        """Everything of the page is gone at once."""
        await self.loses_network()
        await asyncio.gather(self.phone.close(), self.live.close())

    async def loses_network(self) -> None:
        """Nobody hears of it: the sockets stay open for the servers."""
        self.beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.beating
        self.died_at = round(time.time() * 1000)
        self.beat_at = last_beat(self.system, self.known.tenant_id)

    async def switches_phone_off(self) -> None:
        """The page goes on, the telephone rings no more; dead from the first ring on."""


DEATHS: dict[str, tuple[str, Callable[[Desk], Awaitable[None]]]] = {
    "tab closed": ("", Desk.loses_tab),
    "network lost": ("", Desk.loses_network),
    "telephone off": (DYING_PHONE, Desk.switches_phone_off),
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_dead_agent_is_out_in_25_s_at_the_cost_of_one_ring_and_the_caller_keeps_the_place(
    system: System, death: str
) -> None:
    known = move_in(system.state)
    phone, dies = DEATHS[death]
    Carrier(system.address()).set_script(DYING_PHONE, "do not answer")

    async def story() -> tuple[Desk, list[str]]:
        async with at_work(system, known, phone) as desk:
            await dies(desk)
            calls = [await place(system, known, "+14155570201")]
            await desk.person.state("offline", "away")
            calls.append(await place(system, known, "+14155570202"))
            await rescued(system, known, calls)
            return desk, calls

    desk, calls = asyncio.run(story())
    told = within(IN_LAKE_S, lambda: closed(system, known, calls))
    first, later = ([e for e in told if e.get("contact_id") == one] for one in contacts(told, calls))
    rings = [e for e in told if e["type"] == "offer_made" and e["agent_id"] == DYING and e["at"] >= first[0]["at"]]
    died_at = desk.died_at or rings[0]["at"]
    out = next(e["at"] for e in told if is_out(e) and e["at"] >= died_at)
    unheard_s = (out - (desk.beat_at or died_at)) / 1000
    print(f"{death}: out {(out - died_at) / 1000:.1f} s after, unheard for {unheard_s:.1f} s, {len(rings)} ring lost")
    assert out - died_at <= OUT_MS
    assert len(rings) <= 1
    assert [e for e in later if e["type"] == "offer_made" and e["agent_id"] == DYING] == []
    assert answered(first)["at"] < answered(later)["at"]
    assert {e["enqueued_at"] for e in first if e.get("enqueued_at")} == {answered(first)["enqueued_at"]}


@contextlib.asynccontextmanager
async def at_work(system: System, known: Credentials, phone: str) -> AsyncIterator[Desk]:
    """The only agent there, available; phone: a telephone's number, "" = in the browser."""
    async with signed_in(system.address(), *password(known, DYING)) as agent:
        rings, live = await agent.phone(), await agent.live()
        endpoint = {"endpoint": {"kind": "phone", "address": phone}} if phone else {}
        session = (await agent.ask("POST", "/routing/agents/me/session", endpoint))["session_id"]
        desk = Desk(agent, rings, live, asyncio.create_task(beat(live, session)), known, system)
        await agent.state("available")
        try:
            yield desk
        finally:
            desk.beating.cancel()
            await agent.ask("DELETE", "/routing/agents/me/session")
            await asyncio.gather(rings.close(), live.close())


async def rescued(system: System, known: Credentials, calls: list[str]) -> None:
    """Somebody else comes and serves both callers."""
    Carrier(system.address()).set_script(RESCUE_PHONE, "answer after 1 s, press 1")
    async with signed_in(system.address(), *password(known, RESCUER)) as agent:
        endpoint = {"kind": "phone", "address": RESCUE_PHONE}
        session = (await agent.ask("POST", "/routing/agents/me/session", {"endpoint": endpoint}))["session_id"]
        live = await agent.live()
        beating = asyncio.create_task(beat(live, session))
        try:
            for _ in calls:
                await serve(agent)
        finally:
            beating.cancel()
            await agent.ask("DELETE", "/routing/agents/me/session")
            await live.close()
    for call in calls:
        await browsers.over(system.address(), call)


async def serve(agent: Person) -> None:
    """One contact from ring to the end of its wrap-up."""

    async def talks() -> Any:
        desk = await agent.desk()
        talking = desk["agent"]["state"] == "busy" and desk["work"] and desk["work"]["talk_at"]
        return desk["work"]["contact_id"] if talking else None

    contact = await eventually(talks)
    await agent.ask("DELETE", f"/routing/contacts/{contact}/conversation")
    await agent.state("wrap_up")
    await agent.ask("PATCH", f"/routing/contacts/{contact}/notes", {"disposition": "solved", "resolved": True})
    await agent.ask("DELETE", "/routing/agents/me/wrap-up")


async def beat(live: Socket, session: str) -> None:
    while True:
        await live.say(action="heartbeat", session_id=session)
        await asyncio.sleep(BEAT_S)


async def place(system: System, known: Credentials, caller: str) -> str:
    return await browsers.place_call(system.address(), known.number, WAITS, caller)


def password(known: Credentials, agent: str) -> tuple[str, str]:
    login: Login = next(one for one in known.logins if one.agent_id == agent)
    return login.email, login.password


def closed(system: System, known: Credentials, calls: list[str]) -> list[dict[str, Any]] | None:
    """All that was told, once both contacts are closed."""
    told = system.lake_events(known.tenant_id)
    over = {e["contact_id"] for e in told if e["type"] == "contact_closed"}
    return told if len(found := contacts(told, calls)) == len(calls) and over.issuperset(found) else None


def contacts(told: list[dict[str, Any]], calls: list[str]) -> list[str]:
    """The contacts of the calls, in their order."""
    by_call = {e["call_sid"]: e["contact_id"] for e in told if e["type"] == "contact_started"}
    return [by_call[call] for call in calls if call in by_call]


def is_out(event: dict[str, Any]) -> bool:
    """Whether the dying agent can be offered nothing from then on."""
    left = event["type"] == "agent_state_changed" and event["agent_id"] == DYING
    return left and event["to_state"] in ("offline", "away")


def answered(events: list[dict[str, Any]]) -> dict[str, Any]:
    return next(e for e in events if e["type"] == "queue_visit_ended" and e["exit"] == "answered")


def last_beat(system: System, tenant: str) -> int:
    """When the server heard of the dying agent last, by its own clock."""
    run = read_run(Home(system.state))
    assert run is not None
    table = boto3.resource(
        "dynamodb", endpoint_url=server.url(run.aws_port), region_name=server.REGION,
        aws_access_key_id="000000000000", aws_secret_access_key="local",
    ).Table("offhook-local-pulse")  # fmt: skip
    mine = Key("pk").eq(f"T#{tenant}#HEARTBEAT#{DYING}")
    rows = table.query(KeyConditionExpression=mine, ConsistentRead=True)["Items"]
    return max(decode(Heartbeat, bytes(cast(Any, row["body"]))).at for row in rows)
