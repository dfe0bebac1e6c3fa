"""The devices' socket, /_carrier/signalling: one WebSocket for each browser, which is lost with it."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from local.carrier.devices import Device, Devices, NoSuchRing
from local.carrier.voice_tokens import BadToken

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

PATH = "/_carrier/signalling"
FIRST_WORD_S = 10.0
HEARTBEAT_S = 10.0
LARGEST = 16 * 1024
REFUSED, SILENT = 4401, 4408
Body = dict[str, Any]


async def serve(request: web.Request, carrier: "Carrier") -> web.WebSocketResponse:
    """One device, until its socket ends; the first message must be `{"action": "listen", "token"}`."""
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=LARGEST)
    await socket.prepare(request)
    tellings: asyncio.Queue[Body] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    device = await _first_word(socket, carrier.devices, lambda one: _put(loop, tellings, one))
    if device is None:
        return socket
    teller = asyncio.create_task(_pass_on(tellings, socket))
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await _obey(carrier.devices, device, message.data, tellings)
    finally:
        teller.cancel()
        # Shielded: the server gives the request of a lost connection up, and the device must be lost all the same.
        await asyncio.shield(asyncio.to_thread(carrier.devices.lose, device))
    return socket


async def _first_word(socket: web.WebSocketResponse, devices: Devices, tell: Callable[[Body], None]) -> Device | None:
    try:
        said = _read(await socket.receive_str(timeout=FIRST_WORD_S))
        if said.get("action") != "listen":
            raise BadToken("listen first")
        return await asyncio.to_thread(devices.listen, str(said.get("token", "")), tell)
    except TimeoutError:
        await socket.close(code=SILENT, message=b"nothing was said")
    except (BadToken, ValueError) as bad:
        await socket.close(code=REFUSED, message=str(bad).encode())
    except TypeError:
        await socket.close(code=REFUSED, message=b"text is spoken here")
    return None


async def _obey(devices: Devices, device: Device, text: str, tellings: "asyncio.Queue[Body]") -> None:
    try:
        said = _read(text)
        await asyncio.to_thread(partial(_acts(devices, said)[str(said.get("action"))], device))
    except (NoSuchRing, BadToken, KeyError, TypeError, ValueError) as wrong:
        tellings.put_nowait({"type": "error", "error": f"{type(wrong).__name__}: {wrong}"})


def _acts(devices: Devices, said: Body) -> dict[str, Callable[[Device], None]]:
    sid = str(said.get("call_sid", ""))
    return {
        "listen": lambda device: devices.renew(device, str(said.get("token", ""))),
        "accept": lambda device: devices.accept(device, sid),
        "decline": lambda device: devices.decline(device, sid),
        "hang_up": lambda device: devices.hang_up(device, sid),
        "mute": lambda device: devices.mute(device, sid, said.get("on") is True),
        "digits": lambda device: devices.digits(device, sid, str(said.get("digits", ""))),
    }


def _read(text: str) -> Body:
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError("a message is an object")
    return said


def _put(loop: asyncio.AbstractEventLoop, tellings: "asyncio.Queue[Body]", message: Body) -> None:
    with suppress(RuntimeError):  # the loop has ended, and the device with it
        loop.call_soon_threadsafe(tellings.put_nowait, message)


async def _pass_on(tellings: "asyncio.Queue[Body]", socket: web.WebSocketResponse) -> None:
    with suppress(ConnectionError, RuntimeError):
        while True:
            await socket.send_json(await tellings.get())
