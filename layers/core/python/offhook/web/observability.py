"""Logger and metrics, made once: every line names its tenant and contact, every invocation is metered."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from offhook import wiring
from offhook.settings import settings
from offhook.web import metering

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger, Metrics

NAMESPACE = "Offhook"
SERVICE = "offhook"
_keys: ContextVar[Mapping[str, str]] = ContextVar("log_keys", default=MappingProxyType({}))


def log() -> "Logger":
    """The one logger, with the names of what is around us on its next line; no line repeats, none is sampled.

    It is imported with the first line: an ordinary webhook writes none.
    """
    logger = _logger()
    logger.thread_safe_clear_keys()
    logger.thread_safe_append_keys(**_keys.get())
    return logger


@cache
def _logger() -> "Logger":
    from aws_lambda_powertools import Logger

    return Logger(service=SERVICE, utc=True)


@cache
def metrics() -> "Metrics":
    """The one set of CloudWatch metrics, written as EMF lines; imported when first needed."""
    from aws_lambda_powertools import Metrics

    return Metrics(namespace=NAMESPACE, service=SERVICE)


def count(name: str, number: float = 1) -> None:
    """Count something; it leaves when the invocation ends."""
    from aws_lambda_powertools.metrics import MetricUnit

    metrics().add_metric(name=name, unit=MetricUnit.Count, value=number)


@contextmanager
def named(tenant_id: str, contact_id: str = "") -> Iterator[None]:
    """Put tenant and contact on every line of this thread, and on the account of what is metered."""
    metering.attribute(tenant_id, contact_id)
    with _keyed(tenant=tenant_id, contact=contact_id):
        yield


@contextmanager
def invocation(area: str, context: Any, *, counted: Mapping[str, float] | None = None) -> Iterator[None]:
    """Around one Lambda invocation: names its lines, meters it, sends its metrics; never fails the request.

    counted: what brought it here and is paid for, by counter: `{"api_requests": 1}`.
    """
    with _keyed(area=area, request_id=getattr(context, "aws_request_id", "")):
        try:
            with metered({"lambda_requests": 1, **(counted or {})}):
                yield
        finally:
            quietly(_flush)


@contextmanager
def _keyed(**keys: str) -> Iterator[None]:
    token = _keys.set({**_keys.get(), **keys})
    try:
        yield
    finally:
        _keys.reset(token)


def metered(counted: Mapping[str, float] | None = None) -> AbstractContextManager[None]:
    """Meter what is inside as one usage record; counted: what is known to be used already."""
    return metering.metered(lambda used: quietly(lambda: _record(used)), counted)


def _record(used: metering.Used) -> None:
    """With the memory that the time was taken of; nothing outside Lambda."""
    if memory_mb := settings().memory_mb:
        used.counters["lambda_mb"] = memory_mb
    wiring.usage(used)


def quietly(action: Callable[[], object]) -> None:
    """Do what must not break a request; a failure is logged."""
    try:
        action()
    except Exception:
        log().exception("bookkeeping failed")


def _flush() -> None:
    if metrics.cache_info().currsize and metrics().metric_set:
        metrics().flush_metrics()
