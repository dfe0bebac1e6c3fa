"""Passes a request on and its answer back: bodies as streams, headers and queries as they are, repeated ones too."""

from collections.abc import Mapping

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from local.edge.problems import too_slow, unreachable

HOP_BY_HOP = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade",
})  # fmt: skip
TIMEOUT = aiohttp.ClientTimeout(total=None, connect=5, sock_connect=5, sock_read=40)
PIECE = 64 * 1024


async def forward(request: web.Request, session: aiohttp.ClientSession, url: str, what: str) -> web.StreamResponse:
    """The answer of another server to this request; what: its name for people."""
    target = URL(
        url + (f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""), encoded=True
    )
    body = request.content if request.body_exists else None
    try:
        async with session.request(
            request.method, target, headers=_request_headers(request), data=body, allow_redirects=False, timeout=TIMEOUT
        ) as answer:
            return await _pass_back(request, answer)
    except TimeoutError:
        return too_slow(what)
    except aiohttp.ClientConnectionError:
        return unreachable(what)


async def _pass_back(request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
    response = web.StreamResponse(status=answer.status, reason=answer.reason, headers=_kept(answer.headers))
    await response.prepare(request)
    async for piece in answer.content.iter_chunked(PIECE):
        await response.write(piece)
    await response.write_eof()
    return response


def _request_headers(request: web.Request) -> CIMultiDict[str]:
    headers = _kept(request.headers)
    headers.popall("Host", None)
    headers["X-Forwarded-For"] = request.remote or ""
    headers["X-Forwarded-Host"] = request.host
    headers["X-Forwarded-Proto"] = request.scheme
    return headers


def _kept(headers: Mapping[str, str]) -> CIMultiDict[str]:
    """All but those that concern one connection only, the ones it names itself included."""
    all_headers = CIMultiDict(headers)
    named = {name.strip().lower() for value in all_headers.getall("Connection", []) for name in value.split(",")}
    return CIMultiDict((name, value) for name, value in all_headers.items() if name.lower() not in HOP_BY_HOP | named)
