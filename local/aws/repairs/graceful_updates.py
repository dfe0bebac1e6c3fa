"""What runs when a function changes is finished on the old code, as on AWS; later requests meet the new one.

Upstream kills the workers of a changed function under their requests: each ends as `Worker process died`, and who
asked, perhaps a carrier with somebody on the line, gets a 502.
"""

import sys
import threading
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

_kill, _invalidate, _release = (
    lambda_runtime.kill_workers,
    lambda_runtime.invalidate_worker,
    lambda_runtime.release_worker,
)
_retired: set[Any] = set()
_updating = threading.local()


def apply() -> None:
    """Workers leave the pool at once, and end as soon as they have nothing to do."""
    lambda_runtime.kill_workers = _end
    lambda_runtime.invalidate_worker = lambda_svc.invalidate_worker = _retire
    lambda_runtime.release_worker = lambda_svc.release_worker = _let_go


def _retire(*named: Any, **scope: Any) -> None:
    """While an exception is handled a worker that failed is thrown away by whoever holds it: that one goes at once."""
    _updating.now = sys.exc_info()[0] is None
    try:
        _invalidate(*named, **scope)
    finally:
        _updating.now = False


def _end(workers: Any) -> None:
    if getattr(_updating, "now", False):
        with lambda_runtime._lock:
            busy = {worker for worker in workers if worker and worker.in_use}
            _retired.update(busy)
        workers = [worker for worker in workers if worker not in busy]
    _kill(workers)


def _let_go(worker: Any) -> None:
    _release(worker)
    with lambda_runtime._lock:
        over = worker in _retired
        _retired.discard(worker)
    if over:
        _kill([worker])
