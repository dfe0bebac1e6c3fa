"""An agent with a phone in the browser: rung, talking, wrapped up; and what becomes of the caller when it is lost."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from local.runner.credentials import Credentials
from tests.e2e.browsers import Person, Socket, over, place_call, signed_in, within
from tests.e2e.neighbour import move_in
from tests.e2e.system import System

pytestmark = pytest.mark.e2e
PATIENT = "press 2, press 2, press 1, press 8"  # for service, which this agent helps with
BEAT_S = 5.0


def test_an_agent_takes_a_call_in_the_browser_from_ring_to_wrap_up(system: System) -> None:
    async def story() -> None:
        async with at_work(system) as (agent, phone, live):
            sid = await place_call(system.address(), home(system).number, PATIENT)
            call = await ring(phone)
            desk = await agent.state("reserved")
            assert desk["work"]["customer"]["number"] == "+14155550177"
            await live.hears(lambda one: one["type"] == "agent" and one["state"] == "reserved")
            await phone.say(action="accept", call_sid=call)
            await phone.hears(lambda one: one["type"] == "answered")
            desk = await agent.state("busy")
            await within(lambda: talking(live))
            await phone.say(action="mute", call_sid=call, on=True)
            contact = desk["work"]["contact_id"]
            await agent.ask("DELETE", f"/routing/contacts/{contact}/conversation")
            await phone.hears(lambda one: one["type"] == "hangup")
            await finish(agent)
            assert any(line.startswith("connected with client:") for line in await over(system.address(), sid))
            numbers = [one["seq"] for one in live.heard if one["type"] == "agent"]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))

    asyncio.run(story())


def test_a_browser_lost_while_ringing_gives_the_caller_back_to_the_queue(system: System) -> None:
    async def story() -> None:
        async with at_work(system) as (agent, phone, _):
            sid = await place_call(system.address(), home(system).number, PATIENT)
            await ring(phone)
            await phone.close()
            await agent.state("away", "offline")
            await answer_next(agent)
            assert any(line.startswith("connected with client:") for line in await over(system.address(), sid))

    asyncio.run(story())


def test_a_browser_lost_while_talking_brings_the_caller_to_the_next_agent(system: System) -> None:
    async def story() -> None:
        async with at_work(system) as (agent, phone, _):
            sid = await place_call(system.address(), home(system).number, PATIENT)
            call = await ring(phone)
            await phone.say(action="accept", call_sid=call)
            await phone.hears(lambda one: one["type"] == "answered")
            await agent.state("busy")
            await phone.close()
            await agent.state("away", "offline", "wrap_up")
            await answer_next(agent)
            told = await over(system.address(), sid)
            assert told[-1] == "call over: completed"

    asyncio.run(story())


def home(system: System) -> Credentials:
    """The neighbour's: nobody else takes calls there."""
    return move_in(system.state)


@contextlib.asynccontextmanager
async def at_work(system: System) -> AsyncIterator[tuple[Person, Socket, Socket]]:
    """An agent at a desk, whose browser beats; signed out at the end."""
    known = home(system)
    login = next(one for one in reversed(known.logins) if one.address.startswith("client:"))
    async with signed_in(system.address(), login.email, login.password) as agent:
        phone, live = await agent.phone(), await agent.live()
        session = (await agent.ask("POST", "/routing/agents/me/session", {}))["session_id"]
        beating = asyncio.create_task(beat(live, session))
        try:
            yield agent, phone, live
        finally:
            beating.cancel()
            await agent.ask("DELETE", "/routing/agents/me/session")
            await asyncio.gather(phone.close(), live.close())


async def beat(live: Socket, session: str) -> None:
    while True:
        await live.say(action="heartbeat", session_id=session)
        await asyncio.sleep(BEAT_S)


async def ring(phone: Socket) -> str:
    return str((await phone.hears(lambda one: one["type"] == "ring"))["call_sid"])


async def answer_next(agent: Person) -> None:
    """With another browser, as after loading the page again."""
    phone = await agent.phone()
    if (await agent.desk())["agent"]["state"] == "wrap_up":
        await finish(agent)
    await agent.ask("PUT", "/routing/agents/me/state", {"state": "available"})
    call = await ring(phone)
    await phone.say(action="accept", call_sid=call)
    desk = await agent.state("busy")
    await agent.ask("DELETE", f"/routing/contacts/{desk['work']['contact_id']}/conversation")
    await finish(agent)
    await phone.close()


async def finish(agent: Person) -> None:
    desk = await agent.state("wrap_up")
    contact = desk["work"]["contact_id"]
    await agent.ask("PATCH", f"/routing/contacts/{contact}/notes", {"disposition": "solved", "resolved": True})
    await agent.ask("DELETE", "/routing/agents/me/wrap-up")


def talking(live: Socket) -> Any:
    """Whether the contact has moved on since the claim: the conversation began."""
    return len({one["seq"] for one in live.heard if one["type"] == "contact" and one["state"] == "connected"}) > 1
