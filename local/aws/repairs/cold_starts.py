"""Workers start a few at a time, those with a caller on the line before all others; who cannot start one shares.

Upstream starts one more process for every request that finds its function's workers busy. AWS has machines for all of
them; here a busy moment makes dozens that share a few cores, none is ready before its caller has given up, and the
callers who ask again make more. After a deployment every function starts anew at once: what comes over an API, where
somebody waits for the answer, has its turn before queues, streams and clocks, which can wait.
"""

import os
import threading
from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

AT_ONCE = max(2, os.cpu_count() or 2)
LONGEST_WAIT_S = 30.0  # a function that waits for itself would wait for ever
FROM_API = "ministack-apigw-invoke"  # the thread in which a request over an API is answered

_acquire, _spawn = lambda_runtime.acquire_worker, lambda_runtime.Worker._spawn
_changed = threading.Condition()
_starting: set[Any] = set()
_in_line: set[int] = set()  # threads of requests over an API that wait for their turn


def apply() -> None:
    """Put turns around starts; whoever waits is told of each worker that is free or has started."""
    release = lambda_runtime.release_worker  # as other repairs have it

    def let_go(worker: Any) -> None:
        release(worker)
        _turn_is_over(worker)

    lambda_runtime.acquire_worker = lambda_svc.acquire_worker = _free_or_in_turn
    lambda_runtime.release_worker = lambda_svc.release_worker = let_go
    lambda_runtime.Worker._spawn = _start_in_turn


def _free_or_in_turn(
    func_name: str, config: Any, code_zip: Any, qualifier: str = "$LATEST", max_concurrency: int | None = None
) -> Any:
    key = lambda_runtime._worker_key(func_name, config, qualifier)
    with _changed:
        _wait(lambda: _has_free(key) or _may_start())
        worker, how = _acquire(func_name, config, code_zip, qualifier=qualifier, max_concurrency=max_concurrency)
        if how == "spawn":
            _starting.add(worker)
    return worker, how


def _start_in_turn(worker: Any, *given: Any, **named: Any) -> None:
    with _changed:
        if worker not in _starting:  # one whose process has died
            _wait(_may_start)
            _starting.add(worker)
    try:
        _spawn(worker, *given, **named)
    finally:
        _turn_is_over(worker)


def _turn_is_over(worker: Any) -> None:
    with _changed:
        _starting.discard(worker)
        _changed.notify_all()


def _may_start() -> bool:
    return len(_starting) < AT_ONCE and (not _in_line or _from_api())


def _from_api() -> bool:
    return threading.current_thread().name == FROM_API


def _has_free(key: str) -> bool:
    with lambda_runtime._lock:
        return any(not worker.in_use for worker in lambda_runtime._workers.get(key, []))


def _wait(until: Callable[[], bool]) -> None:
    """Holding the condition; not for ever."""
    if not _from_api():
        _changed.wait_for(until, LONGEST_WAIT_S)
        return
    _in_line.add(threading.get_ident())
    try:
        _changed.wait_for(until, LONGEST_WAIT_S)
    finally:
        _in_line.discard(threading.get_ident())
        _changed.notify_all()
