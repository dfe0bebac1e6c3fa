"""The whole system on this machine, on one port: `python -m local.run [start|stop|status]`."""

import sys
import time
from collections.abc import Callable

import requests

from local.aws import server
from local.aws.server import EmulatorError
from local.runner import (
    agents,
    carrier,
    credentials,
    deployment,
    detached,
    edge,
    needs,
    parent,
    ports,
    smoke,
    stripe,
    tenant,
    warming,
)
from local.runner.credentials import Credentials
from local.runner.home import Home, Run, RunError, home, read_run, write_run

INNER = ("agents", "edge", "stripe", "carrier")


def start(at: Home) -> None:
    """Bring up what does not run yet and say where it is; everything may be there already."""
    needs.check()
    run, known = ports.settle(at), credentials.load_or_make(at)
    _step("Embedded AWS", lambda: server.start(at.aws, run.aws_port))
    _step("Carrier simulator", lambda: carrier.start(at, run, known))
    _step("Payment provider", lambda: stripe.start(at, run))
    account = known.account
    known = carrier.ensure_account(at, run, known)
    carrier.lead_number(run, known)
    write_run(at, run)
    if not deployment.is_current(run):
        _step(f"Deploying the CDK app (log: {at.log('deploy')})", lambda: deployment.deploy(at, run))
    parent.keep(run, known)
    stripe.keep(at, run)
    write_run(at, run)
    _step("Public port", lambda: edge.start(at, run))
    _step("Warming the functions", lambda: warming.warm(run))
    _step("Demo tenant", lambda: tenant.ensure(at, run, known, anew=known.account != account))
    known = credentials.load_or_make(at)  # with the owner's second factor
    agents.start(at)
    _step("Checking", lambda: smoke.check(run, known))
    _step("Practice agents", lambda: agents.wait(at, run, known))
    _welcome(run, known)


def stop(at: Home) -> None:
    """Stop everything this checkout started, last the embedded AWS, which saves its state."""
    for name in INNER:
        detached.stop(at, name)
    server.stop(at.aws)
    print("Stopped; what was recorded stays.")


def status(at: Home) -> None:
    """Which processes run."""
    for name in INNER:
        print(f"{name:10} {detached.pid(at, name) or 'stopped'}")
    print(f"{'aws':10} {server.pid(at.aws) or 'stopped'}")
    run = read_run(at)
    if run is not None:
        print(f"{'address':10} {run.public_url}")


def _step(what: str, work: Callable[[], object]) -> None:
    print(f"{what} ... ", end="", flush=True)
    began = time.monotonic()
    work()
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def _welcome(run: Run, known: Credentials) -> None:
    print(f"""
Offhook runs at   {run.public_url}
Demo number       {known.number}
Demo login        {known.owner.email}  {known.owner.password}  (second factor: {known.owner.totp_secret})

Place a call      .venv/bin/offhook call --to {known.number} --press 1
Watch the floor   .venv/bin/offhook floor
Stop              make stop""")


COMMANDS: dict[str, Callable[[Home], None]] = {"start": start, "stop": stop, "status": status}


def main(arguments: list[str]) -> int:
    """The command line; trouble is one sentence and exit status 1."""
    command = COMMANDS.get(arguments[0] if arguments else "start")
    if command is None or len(arguments) > 1:
        print(f"usage: python -m local.run [{'|'.join(COMMANDS)}]", file=sys.stderr)
        return 2
    try:
        command(home())
    except (RunError, EmulatorError) as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except requests.RequestException as trouble:
        print(f"\nA part of the system did not answer: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
