"""What an invocation uses of AWS: requests, bytes, and DynamoDB units by our own calculator of AWS's rules."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Mapping[str, Any]]
Place = tuple[str, str, str]


@dataclass
class Usage:
    """Counters of one scope. known: the images of items seen in it, by table and key, for what a write replaces."""

    wru: float = 0.0
    rru: float = 0.0
    requests: Counter[str] = field(default_factory=Counter)
    bytes_sent: int = 0
    bytes_received: int = 0
    known: dict[Place, Row | None] = field(default_factory=dict)

    def counters(self) -> dict[str, float]:
        """Flat, for the usage record: units, bytes, and `requests_<service>`."""
        units = {"dynamodb_wru": self.wru, "dynamodb_rru": self.rru}
        sent = {"bytes_sent": float(self.bytes_sent), "bytes_received": float(self.bytes_received)}
        return units | sent | {f"requests_{service}": float(n) for service, n in self.requests.items()}


_usage: ContextVar[Usage | None] = ContextVar("usage", default=None)


@contextmanager
def metering_scope() -> Iterator[Usage]:
    """Count everything inside; of nested scopes the innermost counts."""
    usage = Usage()
    token = _usage.set(usage)
    try:
        yield usage
    finally:
        _usage.reset(token)


def current_usage() -> Usage | None:
    """The counters of the innermost scope, None outside every scope."""
    return _usage.get()


def meter_every_client() -> None:
    """Count the requests of every AWS client made from now on."""
    from offhook.adapters.botocore_hooks import on_every_client

    on_every_client(_attach)


def _attach(client: Any) -> None:
    events = client.meta.events
    events.register_last("before-parameter-build", _remember_request, unique_id="meter-request")
    events.register("before-call.*.*", _count_sent, unique_id="meter-sent")
    events.register("after-call.*.*", _count_answer, unique_id="meter-answer")


def _remember_request(params: Any, context: dict[str, Any], **_: Any) -> None:
    context["offhook_request"] = params


def _count_sent(params: Any, **_: Any) -> None:
    usage, body = _usage.get(), params.get("body")
    if usage and isinstance(body, str | bytes):
        usage.bytes_sent += len(body)


def _count_answer(http_response: Any, parsed: Any, model: Any, context: dict[str, Any], **_: Any) -> None:
    usage = _usage.get()
    if usage is None:
        return
    service = model.service_model.service_name
    usage.requests[_billed_as(service, model.name)] += 1 + parsed.get("ResponseMetadata", {}).get("RetryAttempts", 0)
    if not model.has_streaming_output:
        usage.bytes_received += len(http_response.content)
    if service == "dynamodb":
        from offhook.adapters.dynamo.metering import count

        count(usage, model.name, context.get("offhook_request", {}), parsed)


def _billed_as(service: str, operation: str) -> str:
    """S3 has two prices: what changes or lists, and what reads; removing is free."""
    if service != "s3":
        return service
    if operation.startswith("Delete"):
        return "s3_delete"
    return "s3_get" if operation.startswith(("Get", "Head")) else "s3_put"
