"""The provider as a process: API, pages and webhooks in real time (python -m local.stripe.server --config FILE)."""

import argparse
import asyncio
import functools
import json
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from local.stripe.browsing import Page, browse
from local.stripe.http import Response, handle
from local.stripe.process import Sender, Ticker, load
from local.stripe.state import Settings, Stripe

T = TypeVar("T")
FAKE = web.AppKey("fake", Stripe)
PAGE_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"}


def application(fake: Stripe) -> web.Application:
    """The aiohttp application of one account."""
    app = web.Application(client_max_size=1024 * 1024)
    app[FAKE] = fake
    app.router.add_get("/_stripe/health", _health)
    app.router.add_route("*", "/_stripe/{rest:.*}", _page)
    app.router.add_route("*", "/{rest:.*}", _api)
    return app


async def _health(_: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": True})


async def _api(request: web.Request) -> web.StreamResponse:
    body = (await request.read()).decode()
    ask = functools.partial(
        handle, request.app[FAKE], request.method, str(request.rel_url), dict(request.headers), body
    )
    answer: Response = await _threaded(ask)
    return web.Response(status=answer.status, body=answer.body, headers=answer.headers)


async def _page(request: web.Request) -> web.StreamResponse:
    form = {name: str(value) for name, value in (await request.post()).items()}
    ask = functools.partial(browse, request.app[FAKE], request.method, request.path, form)
    page: Page = await _threaded(ask)
    if page.location:
        raise web.HTTPSeeOther(page.location)
    return web.Response(status=page.status, text=page.html, content_type="text/html", headers=PAGE_HEADERS)


async def _threaded(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(None, work)


async def serve(fake: Stripe, port: int, sender: Sender | None, ticker: Ticker) -> None:
    """Serve on 127.0.0.1 until SIGTERM or SIGINT; the state is saved as it goes and at the end."""
    runner = web.AppRunner(application(fake), access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    threads = [thread for thread in (sender, ticker) if thread]
    for thread in threads:
        thread.start()
    print(f"stripe ready on http://127.0.0.1:{port}", flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    for thread in threads:
        thread.over.set()
    await runner.cleanup()
    ticker.save()


def main() -> None:
    parser = argparse.ArgumentParser(prog="local.stripe.server", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="JSON, readable by its owner only")
    given = json.loads(parser.parse_args().config.read_text())
    settings = Settings(api_key=given["api_key"], public_url=given["public_url"])
    fake = Stripe(clock=time.time, settings=settings, chance=random.Random())
    file = Path(given["state_file"])
    file.parent.mkdir(parents=True, exist_ok=True)
    load(fake, file)
    sender = Sender(fake, given["webhook_url"], given["webhook_secret"]) if given.get("webhook_url") else None
    asyncio.run(serve(fake, given["port"], sender, Ticker(fake, file)))


if __name__ == "__main__":
    main()
