"""Who used what: one usage record for each tenant and contact that an invocation worked for."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter

from offhook.adapters.capacity import metering_scope

Sink = Callable[["Used"], object]


@dataclass(slots=True)
class Used:
    """What was used so far; tenant and contact become known on the way ("" = the platform's own).

    inner_ms: the time of parts that leave records of their own.
    """

    tenant_id: str = ""
    contact_id: str = ""
    counters: dict[str, float] = field(default_factory=dict)
    inner_ms: float = 0.0


_used: ContextVar[Used | None] = ContextVar("used", default=None)
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def attribute(tenant_id: str, contact_id: str) -> None:
    """Say whose the work around us is; the last one to say counts."""
    used = _used.get()
    if used is not None:
        used.tenant_id, used.contact_id = tenant_id, contact_id


@contextmanager
def metered(send: Sink, counted: Mapping[str, float] | None = None) -> Iterator[None]:
    """Count everything inside and send it at the end; of nested ones the innermost counts, time too.

    counted: what is known to be used already, by counter.
    """
    outer, used, began = _used.get(), Used(), perf_counter()
    token = _used.set(used)
    try:
        with metering_scope() as usage:
            yield
    finally:
        _used.reset(token)
        passed_ms = (perf_counter() - began) * 1000
        if outer is not None:
            outer.inner_ms += passed_ms
        if not _silent.get():
            own_ms = max(0.0, passed_ms - used.inner_ms)
            used.counters = {**usage.counters(), **(counted or {}), "lambda_ms": round(own_ms, 3)}
            send(used)


@contextmanager
def unrecorded() -> Iterator[None]:
    """Send nothing: for consumers of the stream that usage records travel on, or each would cause the next."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)
