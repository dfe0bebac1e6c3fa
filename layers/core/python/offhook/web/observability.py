"""Logger and metrics, made once: every line names its tenant and contact, every invocation is metered."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from offhook import wiring
from offhook.web import metering

if TYPE_CHECKING:
    from aws_lambda_powertools import Metrics

NAMESPACE = "Offhook"
SERVICE = "offhook"


@cache
def log() -> Logger:
    """The one logger; no line repeats, none is sampled."""
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
    log().thread_safe_append_keys(tenant=tenant_id, contact=contact_id)
    try:
        yield
    finally:
        log().thread_safe_remove_keys(["tenant", "contact"])


@contextmanager
def invocation(area: str, context: Any) -> Iterator[None]:
    """Around one Lambda invocation: names its lines, meters it, sends its metrics; never fails the request."""
    log().thread_safe_append_keys(area=area, request_id=getattr(context, "aws_request_id", ""))
    try:
        with metered():
            yield
    finally:
        quietly(_flush)
        log().thread_safe_clear_keys()


def metered() -> AbstractContextManager[None]:
    """Meter what is inside as one usage record."""
    return metering.metered(lambda used: quietly(lambda: wiring.usage(used)))


def quietly(action: Callable[[], object]) -> None:
    """Do what must not break a request; a failure is logged."""
    try:
        action()
    except Exception:
        log().exception("bookkeeping failed")


def _flush() -> None:
    if metrics.cache_info().currsize and metrics().metric_set:
        metrics().flush_metrics()
