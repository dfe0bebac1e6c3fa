"""What a page does, without a page: signs in, listens to the live channel, rings; all through the public port."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import ClientWebSocketResponse, WSMsgType

PROTOCOL = "offhook.v1"
LIMIT_S, ATTEMPTS, PAUSE_S = 180.0, 4, 2.0
Message = dict[str, Any]


@dataclass
class Socket:
    """An open WebSocket and everything it was told."""

    socket: ClientWebSocketResponse
    heard: list[Message] = field(default_factory=list)
    _reader: "asyncio.Task[None] | None" = None

    def begin(self) -> Self:
        """Listen from now on."""
        self._reader = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is WSMsgType.TEXT:
                self.heard.append(message.json())

    async def say(self, **message: Any) -> None:
        """Send one message."""
        await self.socket.send_json(message)

    async def hears(self, fits: Callable[[Message], bool], since: int = 0) -> Message:
        """The first message from an index on that fits."""
        return await within(lambda: next((one for one in self.heard[since:] if fits(one)), None))

    async def close(self) -> None:
        """Go."""
        await self.socket.close()


@dataclass
class Person:
    """Somebody who is signed in."""

    base: str
    session: aiohttp.ClientSession
    token: str

    async def ask(self, method: str, path: str, body: Message | None = None) -> Any:
        """The answer of the API; asked again while it is too busy to give one; fails when it is refused."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        for left in reversed(range(ATTEMPTS)):
            async with self.session.request(method, f"{self.base}/v1{path}", json=body, headers=headers) as answer:
                if answer.status < 500 or not left:
                    assert answer.ok, (answer.status, await answer.text())
                    return await answer.json() if answer.status != 204 else None
            await asyncio.sleep(PAUSE_S)
        raise AssertionError

    async def live(self) -> Socket:
        """The live channel, as a page opens it."""
        return Socket(await self.session.ws_connect(f"{self.base}/ws", protocols=(PROTOCOL, self.token))).begin()

    async def phone(self) -> Socket:
        """The phone in the page, ready to ring."""
        token = (await self.ask("POST", "/routing/agents/me/voice-token"))["token"]
        phone = Socket(await self.session.ws_connect(f"{self.base}/_carrier/signalling")).begin()
        await phone.say(action="listen", token=token)
        await phone.hears(lambda one: one["type"] == "ready")
        return phone

    async def desk(self) -> Any:
        """Agent and work."""
        return await self.ask("GET", "/routing/agents/me")

    async def state(self, *wanted: str) -> Any:
        """The desk as soon as the agent is in one of these states."""

        async def look() -> Any:
            desk = await self.desk()
            return desk if desk["agent"]["state"] in wanted else None

        return await eventually(look)


@asynccontextmanager
async def signed_in(base: str, email: str, password: str) -> AsyncIterator[Person]:
    """A person with a browser of their own."""
    async with aiohttp.ClientSession() as session:
        body = {"email": email, "password": password}
        token = (await Person(base, session, "").ask("POST", "/tenants/sessions", body))["access_token"]
        yield Person(base, session, token)


async def place_call(base: str, number: str, script: str, caller: str = "+14155550177") -> str:
    """Somebody calls; the leg's sid."""
    body = {"from": caller, "to": number, "script": script}
    async with aiohttp.ClientSession() as session, session.post(f"{base}/_carrier/calls", json=body) as answer:
        return str((await answer.json())["sid"])


async def over(base: str, sid: str) -> list[str]:
    """What a caller lived through, once their call is over."""

    async def look() -> list[str] | None:
        async with aiohttp.ClientSession() as session, session.get(f"{base}/_carrier/calls/{sid}/transcript") as answer:
            told = await answer.json()
            return [entry["text"] for entry in told["entries"]] if told["over"] else None

    return list(await eventually(look))


async def within(look: Callable[[], Any]) -> Any:
    """What look finds as soon as it is something."""

    async def asked() -> Any:
        return look()

    return await eventually(asked, each_s=0.05)


async def eventually(look: Callable[[], Any], each_s: float = 0.5) -> Any:
    """The same for what must be waited for."""
    async with asyncio.timeout(LIMIT_S):
        while not (found := await look()):
            await asyncio.sleep(each_s)
        return found
