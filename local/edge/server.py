"""The edge as a process (python -m local.edge.server --config FILE), on 127.0.0.1."""

import argparse
import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from local.carrier import signalling
from local.edge import config, demo, mail, media, pages, socket
from local.edge.config import Config
from local.edge.forward import forward
from local.edge.problems import problem

CONFIG = web.AppKey("config", Config)
SESSION = web.AppKey("session", aiohttp.ClientSession)
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
LARGEST_BODY = 16 * 1024 * 1024


def application(given: Config) -> web.Application:
    """The aiohttp application for one configuration."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[only_from_here])
    app[CONFIG] = given
    app.cleanup_ctx.append(_with_session)
    app.router.add_route("*", "/v1/{area}{path:(/.*)?}", _api)
    app.router.add_get("/ws", _live)
    app.router.add_get(signalling.PATH, _signalling)
    app.router.add_route("*", "/_carrier/{path:.*}", _carrier)
    app.router.add_route("*", "/_stripe/{path:.*}", _stripe)
    app.router.add_get("/_media/{path:.+}", _media)
    app.router.add_get("/_local/demo", _demo)
    app.router.add_get("/_local/mail", _mail)
    pages.routes(app, given.site)
    return app


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Controls and demo logins are for this machine's own pages and tools, whatever another site's page may try."""
    if request.path.startswith(("/_carrier/", "/_local/")) and not _ours(request):
        return problem(403, "forbidden", "Forbidden", "Only pages of this address may use the local controls.")
    return await handler(request)


def _ours(request: web.Request) -> bool:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    origin = request.headers.get("Origin")
    return host in OWN_HOSTS and (origin is None or urlsplit(origin).netloc == request.host)


async def _with_session(app: web.Application) -> AsyncIterator[None]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        app[SESSION] = session
        yield


async def _api(request: web.Request) -> web.StreamResponse:
    area = request.match_info["area"]
    prefix = f"/v1/{area}"
    url = request.app[CONFIG].api(area, request.rel_url.raw_path[len(prefix) :].lstrip("/"))
    if url is None:
        return problem(404, "unknown_route", "Not Found", "There is nothing at this address.")
    return await forward(request, request.app[SESSION], url, "The API")


async def _live(request: web.Request) -> web.StreamResponse:
    return await socket.join(request, request.app[SESSION], request.app[CONFIG].live, "The live channel")


async def _signalling(request: web.Request) -> web.StreamResponse:
    url = request.app[CONFIG].carrier_url.replace("http", "ws", 1) + signalling.PATH
    return await socket.join(request, request.app[SESSION], url, "The carrier simulator")


async def _carrier(request: web.Request) -> web.StreamResponse:
    url = request.app[CONFIG].carrier_url + request.rel_url.raw_path
    return await forward(request, request.app[SESSION], url, "The carrier simulator")


async def _stripe(request: web.Request) -> web.StreamResponse:
    url = request.app[CONFIG].stripe_url + request.rel_url.raw_path
    return await forward(request, request.app[SESSION], url, "The payment provider")


async def _media(request: web.Request) -> web.StreamResponse:
    """Files behind signed addresses, in parts too; the emulator itself asks for no signature."""
    if not media.may_pass(request.path, request.query, datetime.now(UTC)):
        return problem(403, "forbidden", "Forbidden", "The link is not, or no longer, valid.")
    url = request.app[CONFIG].aws_url + request.rel_url.raw_path.removeprefix("/_media")
    return await forward(request, request.app[SESSION], url, "The store of files")


async def _demo(request: web.Request) -> web.StreamResponse:
    return web.json_response(demo.offered(request.app[CONFIG]), headers={"Cache-Control": "no-store"})


async def _mail(request: web.Request) -> web.StreamResponse:
    return await mail.show(request, request.app[SESSION], request.app[CONFIG])


async def serve(given: Config) -> None:
    """Serve until SIGTERM or SIGINT."""
    runner = web.AppRunner(application(given), access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", given.port).start()
    print(f"edge ready on http://127.0.0.1:{given.port}", flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="local.edge.server", description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    asyncio.run(serve(config.read(parser.parse_args().config)))


if __name__ == "__main__":
    main()
