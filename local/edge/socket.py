"""Passes the live channel through, in both directions, with the subprotocols and the refusals of the other side."""

import asyncio

import aiohttp
from aiohttp import WSMsgType, web
from yarl import URL

from local.edge.problems import problem, unreachable

Side = web.WebSocketResponse | aiohttp.ClientWebSocketResponse
CONNECT_LIMIT_S = 15.0


async def join(request: web.Request, session: aiohttp.ClientSession, url: str) -> web.StreamResponse:
    """Connect to the other side first, so that its refusal is the answer; then pass messages until one side goes."""
    if request.headers.get("Upgrade", "").lower() != "websocket":
        return problem(426, "upgrade_required", "Upgrade Required", "This address speaks WebSocket only.")
    offered = [part.strip() for part in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if part.strip()]
    target = URL(f"{url}?{request.rel_url.raw_query_string}", encoded=True)
    try:
        async with asyncio.timeout(CONNECT_LIMIT_S):
            far = await session.ws_connect(target, protocols=offered, heartbeat=30)
    except aiohttp.WSServerHandshakeError as refused:
        return problem(refused.status, "refused", "Refused", "The live channel refused the connection.")
    except (aiohttp.ClientError, TimeoutError):
        return unreachable("The live channel")
    near = web.WebSocketResponse(protocols=offered[:1], heartbeat=30)
    await near.prepare(request)
    await _pass_both_ways(near, far)
    return near


async def _pass_both_ways(near: web.WebSocketResponse, far: aiohttp.ClientWebSocketResponse) -> None:
    ways = [asyncio.create_task(_pass(near, far)), asyncio.create_task(_pass(far, near))]
    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in ways:
        way.cancel()
    await asyncio.gather(*ways, near.close(), far.close(), return_exceptions=True)


async def _pass(source: Side, target: Side) -> None:
    async for message in source:
        if message.type is WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is WSMsgType.BINARY:
            await target.send_bytes(message.data)
