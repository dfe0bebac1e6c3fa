"""WebSockets through the public port: the simulator's signalling behind the edge, both real, on ports of their own."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType
from aiohttp.test_utils import TestServer
from offhook.adapters.carrier.twilio.voice_token import ApiKey, voice_token

from local.carrier import server, signalling
from local.carrier.engine import Carrier
from local.carrier.model.call import Direction
from local.carrier.scheduler import RealScheduler
from local.carrier.webhooks.request import ConnectFailed, WebhookRequest, WebhookResponse
from local.edge.config import Config
from local.edge.server import application

SITE = Path(__file__).resolve().parents[3] / "console"
LIMIT_S = 20.0


@dataclass
class Public:
    """The public port, and the carrier behind it."""

    carrier: Carrier
    url: str
    session: aiohttp.ClientSession
    token: str

    async def connect(self, token: str, **more: Any) -> ClientWebSocketResponse:
        socket = await self.session.ws_connect(self.url + signalling.PATH, **more)
        await socket.send_json({"action": "listen", "token": token})
        return socket


def nobody(request: WebhookRequest) -> WebhookResponse:
    raise ConnectFailed(request.url)


@asynccontextmanager
async def public() -> AsyncIterator[Public]:
    carrier = Carrier(RealScheduler(), nobody, random.Random(1))
    account = carrier.accounts.create("Test")
    key = carrier.accounts.create_key(account.sid)
    token = voice_token(ApiKey(account.sid, key.sid, key.secret), "a_1")
    async with TestServer(server.application(carrier)) as behind:
        config = Config(0, SITE, "http://127.0.0.1:9", str(behind.make_url("")).rstrip("/"), {}, "live/live")
        async with TestServer(application(config)) as edge, aiohttp.ClientSession() as session:
            yield Public(carrier, str(edge.make_url("")).rstrip("/"), session, token)
    assert isinstance(carrier.clock, RealScheduler)
    carrier.clock.close()


def run(story: Callable[[Public], Awaitable[None]]) -> None:
    async def told() -> None:
        async with asyncio.timeout(LIMIT_S), public() as made:
            await story(made)

    asyncio.run(told())


async def until(look: Callable[[], bool]) -> None:
    while not look():
        await asyncio.sleep(0.01)


def there(made: Public) -> bool:
    """Whether a call to the browser would ring somewhere."""
    (account,) = made.carrier.accounts.all
    call = made.carrier.calls.create(account, "+14155550100", "client:a_1", Direction.OUTBOUND_API)
    return bool(made.carrier.devices.there(call))


def test_a_browser_signs_in_through_the_public_port_and_is_lost_with_its_socket() -> None:
    async def story(made: Public) -> None:
        socket = await made.connect(made.token)
        ready = await socket.receive_json()
        assert (ready["type"], ready["identity"]) == ("ready", "a_1")
        assert there(made)
        await socket.close()
        await until(lambda: not there(made))

    run(story)


@pytest.mark.parametrize(
    "said", ["{", "[]", '{"action": "listen"}', '{"action": "accept", "call_sid": "CA1"}', b"\x00"]
)
def test_whoever_does_not_begin_with_a_valid_token_is_shown_out(said: str | bytes) -> None:
    async def story(made: Public) -> None:
        socket = await made.session.ws_connect(made.url + signalling.PATH)
        await (socket.send_bytes(said) if isinstance(said, bytes) else socket.send_str(said))
        assert (await socket.receive()).type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
        assert socket.close_code == signalling.REFUSED
        assert not there(made)

    run(story)


def test_nonsense_from_a_signed_in_browser_is_answered_with_an_error_and_the_phone_stays() -> None:
    async def story(made: Public) -> None:
        socket = await made.connect(made.token)
        await socket.receive_json()
        for said in ("{", "7", "{}", '{"action": "fly"}', '{"action": "accept", "call_sid": "CA1"}'):
            await socket.send_str(said)
            assert (await socket.receive_json())["type"] == "error"
        assert there(made)

    run(story)


def test_pages_of_other_sites_may_not_connect() -> None:
    async def story(made: Public) -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await made.connect(made.token, headers={"Origin": "https://evil.example"})
        assert refused.value.status == 403

    run(story)


def test_a_live_channel_that_is_not_there_is_said_to_be_so_and_plain_requests_are_told_what_is_spoken() -> None:
    async def story(made: Public) -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError) as away:
            await made.session.ws_connect(made.url + "/ws")
        assert away.value.status == 502
        async with made.session.get(made.url + "/ws") as plain:
            assert (plain.status, (await plain.json(content_type=None))["code"]) == (426, "upgrade_required")

    run(story)
