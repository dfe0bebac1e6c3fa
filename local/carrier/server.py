"""The carrier as a process: REST, control API and webhooks in real time (python -m local.carrier.server)."""

import argparse
import asyncio
import functools
import logging
import random
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

from local.carrier import control, signalling, state
from local.carrier.engine import Carrier
from local.carrier.rest import RestRequest, RestResponse, handle
from local.carrier.scheduler import RealScheduler
from local.carrier.settings import Settings
from local.carrier.transport import http_deliver

STATE_FILE = "carrier.json"
REQUEST_WORKERS = 64
KEPT_S = 7 * 86400.0
CARRIER = web.AppKey("carrier", Carrier)
POOL = web.AppKey("pool", ThreadPoolExecutor)


def application(carrier: Carrier) -> web.Application:
    """The aiohttp application of one carrier; long polls and REST run in threads of their own."""
    app = web.Application(client_max_size=4 * 1024 * 1024)
    app[CARRIER] = carrier
    app[POOL] = ThreadPoolExecutor(REQUEST_WORKERS, thread_name_prefix="carrier-request")
    app.router.add_get(signalling.PATH, _signalling)
    app.router.add_route("*", control.PREFIX + "/{rest:.*}", _control)
    app.router.add_route("*", "/{rest:.*}", _rest)
    return app


async def _rest(request: web.Request) -> web.StreamResponse:
    body = (await request.read()).decode()
    rest = RestRequest.of(request.method, str(request.rel_url), dict(request.headers), body)
    response = await _threaded(request, functools.partial(handle, request.app[CARRIER], rest))
    if response.lost and request.transport is not None:
        request.transport.close()
    return _http(response)


async def _signalling(request: web.Request) -> web.StreamResponse:
    return await signalling.serve(request, request.app[CARRIER])


async def _control(request: web.Request) -> web.StreamResponse:
    body, query = await request.read(), dict(request.query)
    work = functools.partial(control.handle, request.app[CARRIER], request.method, request.path, query, body)
    return _http(await _threaded(request, work))


async def _threaded(request: web.Request, work: Callable[[], RestResponse]) -> RestResponse:
    return await asyncio.get_running_loop().run_in_executor(request.app[POOL], work)


def _http(response: RestResponse) -> web.Response:
    headers = {**response.headers, "Content-Type": response.content_type}
    return web.Response(status=response.status, body=response.body, headers=headers)


def built(arguments: argparse.Namespace) -> Carrier:
    """A carrier with its state read back, and the parent account that the arguments name."""
    settings = Settings(public_url=arguments.public_url, calls_per_second=arguments.calls_per_second)
    carrier = Carrier(RealScheduler(), http_deliver(), random.Random(), settings)
    state.load(carrier, Path(arguments.state_dir) / STATE_FILE)
    if arguments.account_sid not in carrier.accounts.all:
        carrier.accounts.create("Local", sid=arguments.account_sid, auth_token=arguments.auth_token)
    return carrier


async def serve(carrier: Carrier, host: str, port: int, state_dir: Path, save_every_s: float) -> None:
    """Serve until SIGTERM or SIGINT; the state is saved as it goes and at the end."""
    runner = web.AppRunner(application(carrier), access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    print(f"carrier ready on http://{host}:{port}", flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    saver = asyncio.create_task(_keep_saving(carrier, state_dir / STATE_FILE, save_every_s))
    await stop.wait()
    saver.cancel()
    await asyncio.to_thread(carrier.close)
    await runner.cleanup()
    await asyncio.to_thread(state.save, carrier, state_dir / STATE_FILE)


async def _keep_saving(carrier: Carrier, path: Path, every_s: float) -> None:
    """Save when something changed; what was over days ago is dropped."""
    saved = -1
    while True:
        await asyncio.sleep(every_s)
        if carrier.changes != saved:
            carrier.forget(carrier.clock.now() - KEPT_S)
            saved = carrier.changes
            await asyncio.to_thread(state.save, carrier, path)


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="local.carrier.server", description=__doc__)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--state-dir", required=True, help="folder of the saved state")
    options.add_argument("--public-url", default="", help="address written into recording URLs")
    options.add_argument("--account-sid", required=True, help="the parent account, created when it is new")
    options.add_argument("--auth-token", required=True)
    options.add_argument("--calls-per-second", type=float, default=1.0)
    options.add_argument("--save-every", type=float, default=5.0, help="seconds between saves")
    return options


def main() -> None:
    arguments = parser().parse_args()
    logging.basicConfig(level=logging.WARNING)
    arguments.public_url = arguments.public_url or f"http://{arguments.host}:{arguments.port}"
    carrier = built(arguments)
    asyncio.run(serve(carrier, arguments.host, arguments.port, Path(arguments.state_dir), arguments.save_every))
    if isinstance(carrier.clock, RealScheduler):
        carrier.clock.close()


if __name__ == "__main__":
    main()
