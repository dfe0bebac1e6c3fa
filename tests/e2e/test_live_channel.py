"""The live channel through the public port: who may listen, what they hear, and what a lost connection costs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import boto3
import pytest

from local.aws import server
from local.runner import credentials
from local.runner.credentials import Credentials
from local.runner.home import Home, read_run
from tests.e2e.browsers import PROTOCOL, Person, Socket, eventually, over, place_call, signed_in
from tests.e2e.neighbour import move_in
from tests.e2e.system import System

pytestmark = pytest.mark.e2e
SCRIPT = "press 3"


def test_nobody_listens_without_a_valid_token(system: System) -> None:
    async def story() -> None:
        async with supervisor(system, demo(system)) as person, aiohttp.ClientSession() as session:
            header, payload, signature = person.token.split(".")
            forged = f"{header}.{payload}.{signature[::-1]}"
            for protocols in ((), (PROTOCOL,), (PROTOCOL, "nonsense"), (PROTOCOL, forged), (person.token,)):
                with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                    await session.ws_connect(f"{system.address()}/ws", protocols=protocols)
                assert refused.value.status in (401, 403)

    asyncio.run(story())


def test_a_watcher_hears_a_call_of_the_own_tenant_in_numbered_messages_and_nothing_of_another(system: System) -> None:
    async def story() -> None:
        mine, theirs = demo(system), move_in(system.state)
        async with supervisor(system, mine) as me, supervisor(system, theirs) as they:
            here, there = await me.live(), await they.live()
            await here_a_call(system, mine, here)
            assert there.heard == []
            before = len(here.heard)
            await here_a_call(system, theirs, there)
            assert [one for one in here.heard[before:] if one["floor"]["contacts"]] == []
            for heard in (here.heard, there.heard):
                numbers = [one["seq"] for one in heard]
                assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
            assert (await me.ask("GET", "/analytics/floor"))["seq"] >= here.heard[-1]["seq"]
            await asyncio.gather(here.close(), there.close())

    asyncio.run(story())


def test_what_was_missed_shows_as_a_gap_and_is_read_again(system: System) -> None:
    async def story() -> None:
        mine = demo(system)
        async with supervisor(system, mine) as me:
            first = await me.live()
            await here_a_call(system, mine, first)
            await first.close()
            await over(system.address(), await place_call(system.address(), mine.number, SCRIPT))
            again = await me.live()
            floor = await eventually(lambda: quiet(me))
            assert floor["seq"] > first.heard[-1]["seq"] + 1
            await here_a_call(system, mine, again)
            assert again.heard[0]["seq"] > first.heard[-1]["seq"] + 1
            await again.close()

    asyncio.run(story())


def test_a_connection_is_forgotten_when_its_browser_goes(system: System) -> None:
    async def story() -> None:
        mine = demo(system)
        async with supervisor(system, mine) as me:
            before = connections(system)
            live = await me.live()
            (mine_now,) = connections(system) - before
            await live.close()
            await eventually(lambda: is_gone(system, mine_now))

    asyncio.run(story())


def demo(system: System) -> Credentials:
    return credentials.load_or_make(Home(system.state))


@contextlib.asynccontextmanager
async def supervisor(system: System, known: Credentials) -> AsyncIterator[Person]:
    """Who may watch the floor, with a password alone."""
    login = next(one for one in known.logins if one.role == "supervisor")
    async with signed_in(system.address(), login.email, login.password) as person:
        yield person


async def here_a_call(system: System, known: Credentials, listening: Socket) -> None:
    """A call from its beginning to its end, as the watcher hears it."""
    since = len(listening.heard)
    sid = await place_call(system.address(), known.number, SCRIPT)
    await listening.hears(lambda one: one["type"] == "floor" and one["floor"]["contacts"] == 1, since)
    await over(system.address(), sid)
    began = len(listening.heard)
    await listening.hears(lambda one: one["floor"]["contacts"] == 0, max(since, began - 1))


async def quiet(person: Person) -> Any:
    floor = await person.ask("GET", "/analytics/floor")
    return floor if floor["contacts"] == 0 else None


async def is_gone(system: System, connection: str) -> bool:
    return connection not in connections(system)


def connections(system: System) -> set[str]:
    """Everybody's open connections, as stored."""
    run = read_run(Home(system.state))
    assert run is not None
    table = boto3.resource(
        "dynamodb", endpoint_url=server.url(run.aws_port), region_name=server.REGION,
        aws_access_key_id="000000000000", aws_secret_access_key="local",
    ).Table("offhook-local-pulse")  # fmt: skip
    rows = table.scan(ProjectionExpression="pk, sk", ConsistentRead=True)["Items"]
    return {str(row["sk"]) for row in rows if "CONNECTION" in str(row["pk"])}
