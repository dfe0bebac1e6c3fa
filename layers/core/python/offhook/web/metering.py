"""Who used what: one usage record for each tenant and contact that an invocation worked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter

from offhook.adapters.capacity import Usage, metering_scope

Sink = Callable[["Used"], object]


@dataclass(slots=True)
class Used:
    """What was used so far; tenant and contact become known on the way ("" = the platform's own)."""

    tenant_id: str = ""
    contact_id: str = ""
    counters: dict[str, float] = field(default_factory=dict)


_used: ContextVar[Used | None] = ContextVar("used", default=None)
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def attribute(tenant_id: str, contact_id: str) -> None:
    """Say whose the work around us is; the last one to say counts."""
    used = _used.get()
    if used is not None:
        used.tenant_id, used.contact_id = tenant_id, contact_id


@contextmanager
def metered(send: Sink) -> Iterator[None]:
    """Count everything inside and send it at the end; of nested ones the innermost counts."""
    used, began = Used(), perf_counter()
    token = _used.set(used)
    try:
        with metering_scope() as usage:
            yield
    finally:
        _used.reset(token)
        if not _silent.get():
            used.counters = _counters(usage, began)
            send(used)


@contextmanager
def unrecorded() -> Iterator[None]:
    """Send nothing: for consumers of the stream that usage records travel on, or each would cause the next."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def _counters(usage: Usage, began: float) -> dict[str, float]:
    return {**usage.counters(), "lambda_ms": round((perf_counter() - began) * 1000, 3)}
