"""Which ports a run uses: the public one as asked, the inner ones as last time or free ones."""

import errno
import os
import socket

from local.aws import server
from local.runner import detached
from local.runner.home import Home, Run, RunError, read_run

HIGHEST = 65535


def settle(at: Home) -> Run:
    """The run to be, its ports free or ours already; raises RunError when the public port is taken."""
    run = read_run(at) or Run()
    wanted = _public_port(run)
    if detached.pid(at, "edge") is None or wanted != run.port:
        _require_free(wanted)
    run.port = wanted
    if server.pid(at.aws) is None:
        run.aws_port = _free(run.aws_port, {wanted})
    if detached.pid(at, "carrier") is None:
        run.carrier_port = _free(run.carrier_port, {wanted, run.aws_port})
    if detached.pid(at, "stripe") is None:
        run.stripe_port = _free(run.stripe_port, {wanted, run.aws_port, run.carrier_port})
    return run


def is_free(port: int) -> bool:
    """Whether nobody listens on it on this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def _public_port(run: Run) -> int:
    given = os.environ.get("PORT") or str(run.port)
    if not given.isdigit() or not 0 < int(given) <= HIGHEST:
        raise RunError(f"PORT={given} is no port.")
    return int(given)


def _require_free(port: int) -> None:
    if not is_free(port):
        raise RunError(f"Port {port} is taken by another program: stop it, or choose another with PORT=8090 make run.")


def _free(preferred: int, others: set[int]) -> int:
    if preferred not in others and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
