"""What an event of the product says was used, and costs us: by physical attempt, in base units."""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from offhook.domain.metering.acts import acts_of, queue_of
from offhook.domain.metering.records import (
    BILLED,
    CUSTOMER,
    Flat,
    Record,
    UnreadableUsage,
    Usage,
    content_of,
    leg_of,
    party_of,
    quantity_of,
)

DEFAULT_MEMORY_MB = Decimal(1024)
KB = 1024
READERS = 3  # of the event stream: ledger, webhooks, lake


def record_of(event: Flat) -> Record:
    """What the event says was used; raises UnreadableUsage."""
    read = _READERS.get(str(event.get("type", "")), _nothing)
    try:
        usages = tuple(u for u in [*read(event), *_published(event)] if u.quantity or u.dollars is not None)
        name, at, contact = str(event["event_id"]), int(event["at"]), str(event.get("contact_id", ""))
        return Record(name, at, contact, usages, acts_of(event), queue_of(event), content_of(event))
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as wrong:
        raise UnreadableUsage(str(event.get("event_id", ""))) from wrong


def _nothing(_: Flat) -> Iterator[Usage]:
    yield from ()


def _published(event: Flat) -> Iterator[Usage]:
    """Every event is a record on the stream and in the lake, what was used too; billed in whole begun kB."""
    if event["type"] not in UNPUBLISHED:
        at, kb = int(event["at"]), Decimal(-(-_bytes(event) // KB))
        yield Usage("aws.kinesis.in_kb", kb, at)
        yield Usage("aws.firehose.kb", kb, at)
        yield Usage("aws.kinesis.read_kb", READERS * kb, at)


def _bytes(event: Flat) -> int:
    """Of the record that brought it."""
    return len(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode())


def _contact_ended(event: Flat) -> Iterator[Usage]:
    """The customer's leg, from the first ring to its end."""
    leg = leg_of(event, CUSTOMER)
    yield Usage("carrier.voice.inbound", quantity_of(event["duration_s"]), int(event["started_at"]), leg)


def _handling_ended(event: Flat) -> Iterator[Usage]:
    """The agent's leg, taken for a browser's until the carrier says more, and the room it met the customer in."""
    at, visit = int(event["accepted_at"]), event["visit"]
    seconds = quantity_of((event["talk_ended_at"] - at) / 1000)
    yield Usage("carrier.voice.client", seconds, at, leg_of(event, f"agent{visit}"))
    for party in (CUSTOMER, "agent"):
        name = f"room:{event['contact_id']}:{visit}:{party}"
        yield Usage("carrier.conference.participant", seconds, at, name)


def _leg_ended(event: Flat) -> Iterator[Usage]:
    """What the carrier says of a leg: how long, and to what kind of endpoint."""
    leg = leg_of(event, party_of(event))
    meter = f"carrier.voice.{event['endpoint']}"
    yield Usage(meter, quantity_of(event["duration_s"]), int(event["started_at"]), leg, revision=1)


def _recording_changed(event: Flat) -> Iterator[Usage]:
    """Minutes recorded, told once or more for each recording: the longest counts."""
    seconds = quantity_of(event["duration_s"])
    name = f"recording:{event['recording_sid']}"
    yield Usage("carrier.recording", seconds, int(event["at"]), name, revision=int(seconds))


def _usage_recorded(event: Flat) -> Iterator[Usage]:
    """What one invocation counted of AWS."""
    at = int(event["at"])
    counters: Mapping[str, Any] = event["counters"]
    for counter, meter in COUNTERS.items():
        yield Usage(meter, _counted(counters, counter), at)
    if "lambda_ms" in counters:
        memory_mb = _counted(counters, "lambda_mb") or DEFAULT_MEMORY_MB
        yield Usage("aws.lambda.mb_ms", _billed_ms(counters) * memory_mb, at)


def _billed_ms(counters: Mapping[str, Any]) -> Decimal:
    """An invocation is billed in whole begun milliseconds; parts of one, which have no request, as they are."""
    ms = _counted(counters, "lambda_ms")
    return ms.to_integral_value(ROUND_CEILING) if counters.get("lambda_requests") else ms


def _carrier_priced(event: Flat) -> Iterator[Usage]:
    """What the carrier says one thing costs, in place of our estimate."""
    quantity, price = quantity_of(event["quantity"]), quantity_of(event["dollars"])
    at, name = int(event["at"]), str(event["usage_id"])
    yield Usage(str(event["meter"]), quantity, at, name, revision=PRICED, dollars=price)


def _carrier_usage(event: Flat) -> Iterator[Usage]:
    """What the carrier bills for a day in one category; the last word on it (see settle.py)."""
    quantity, price = quantity_of(event["quantity"]), quantity_of(event["dollars"])
    category, at = str(event["category"]), int(event["at"])
    yield Usage(f"{BILLED}{category}", quantity, at, f"usage:{category}", revision=int(event["as_of"]), dollars=price)


def _standing(event: Flat) -> Iterator[Usage]:
    """What costs by being there, as it was seen last (usecases/metering/standing.py)."""
    name, revision = str(event["usage_id"]), int(event["as_of"])
    yield Usage(str(event["meter"]), quantity_of(event["quantity"]), int(event["at"]), name, revision)


def _counted(counters: Mapping[str, Any], name: str) -> Decimal:
    return quantity_of(counters.get(name, 0))


USAGE_RECORDED, CARRIER_PRICED, CARRIER_USAGE = "usage_recorded", "carrier_priced", "carrier_usage"
STANDING = "standing_used"
UNPUBLISHED = frozenset({CARRIER_PRICED, CARRIER_USAGE, STANDING})
PRICED = 1_000_000  # the revision of what the carrier said: above every estimate's
COUNTERS: Mapping[str, str] = {
    "dynamodb_wru": "aws.dynamodb.wru",
    "dynamodb_rru": "aws.dynamodb.rru",
    "api_requests": "aws.apigateway.request",
    "lambda_requests": "aws.lambda.request",
    "requests_sqs": "aws.sqs.request",
    "sqs_polls": "aws.sqs.request",
    "requests_s3_put": "aws.s3.put",
    "requests_s3_get": "aws.s3.get",
    "requests_kms": "aws.kms.request",
    "requests_sesv2": "aws.ses.mail",
    "requests_apigatewaymanagementapi": "aws.websocket.message",
    "athena_bytes": "aws.athena.byte",
}
_READERS: Mapping[str, Callable[[Flat], Iterator[Usage]]] = {
    "contact_ended": _contact_ended,
    "handling_ended": _handling_ended,
    "leg_ended": _leg_ended,
    "recording_changed": _recording_changed,
    USAGE_RECORDED: _usage_recorded,
    CARRIER_PRICED: _carrier_priced,
    CARRIER_USAGE: _carrier_usage,
    STANDING: _standing,
}
