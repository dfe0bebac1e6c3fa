"""Passes a WebSocket through, in both directions, with the subprotocols and the refusals of the other side."""

import asyncio

import aiohttp
from aiohttp import WSMsgType, web
from yarl import URL

from local.edge.problems import problem, unreachable

PASSED_ON = (1000, 1001, 1008, 1009, 1011)
Side = web.WebSocketResponse | aiohttp.ClientWebSocketResponse
CONNECT_LIMIT_S = 40.0  # the first connection starts a function
HEARTBEAT_S = 10.0


async def join(request: web.Request, session: aiohttp.ClientSession, url: str, what: str) -> web.StreamResponse:
    """Connect to the other side first, so that its refusal is the answer; then pass messages until one side goes.

    what: the other side's name for people.
    """
    if request.headers.get("Upgrade", "").lower() != "websocket":
        return problem(426, "upgrade_required", "Upgrade Required", "This address speaks WebSocket only.")
    offered = [part.strip() for part in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if part.strip()]
    target = URL(f"{url}?{request.rel_url.raw_query_string}", encoded=True)
    try:
        async with asyncio.timeout(CONNECT_LIMIT_S):
            far = await session.ws_connect(target, protocols=offered, heartbeat=HEARTBEAT_S)
    except aiohttp.WSServerHandshakeError as refused:
        return problem(refused.status, "refused", "Refused", f"{what} refused the connection.")
    except (aiohttp.ClientError, TimeoutError):
        return unreachable(what)
    near = web.WebSocketResponse(protocols=offered[:1], heartbeat=HEARTBEAT_S)
    await near.prepare(request)
    await _pass_both_ways(near, far)
    return near


async def _pass_both_ways(near: web.WebSocketResponse, far: aiohttp.ClientWebSocketResponse) -> None:
    ways = [asyncio.create_task(_pass(near, far)), asyncio.create_task(_pass(far, near))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:  # also when the server gives this request up because its client is gone
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, _close(near, far), _close(far, near), return_exceptions=True)


async def _close(side: Side, other: Side) -> None:
    """With the reason that the other side gave, if it gave one that may be passed on."""
    code = other.close_code if other.close_code in PASSED_ON or (other.close_code or 0) >= 3000 else 1000
    await side.close(code=code or 1000)


async def _pass(source: Side, target: Side) -> None:
    async for message in source:
        if message.type is WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is WSMsgType.BINARY:
            await target.send_bytes(message.data)
