"""A provider's view: raw requests in, bill lines out, by the providers' published rounding rules.

It knows nothing of the product's meter, calculator or price books, and must not: it is what they are compared with.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

Image = Mapping[str, Mapping[str, Any]] | None  # an item as DynamoDB's JSON
KB = 1024


@dataclass
class RawLog:
    """What reached the providers. invocations: (MB, ms); reads: (strong, together, items); writes: (in a transaction,
    before, after); legs: (kind, answered, seconds); rooms, recordings: seconds of each participant, each recording;
    polls: batches taken from queues; put, got: bytes of each record of the stream, as it is put and for each consumer
    that gets it; delivered: of each that the delivery stream takes; objects: (bytes, stored at, gone for good at or
    None = still there); numbers: (bought at, released at or None); pool: (person, at) of each act at the user pool;
    until: when the log ends. All times in seconds (UTC).
    """

    invocations: list[tuple[int, float]] = field(default_factory=list)
    api_requests: int = 0
    reads: list[tuple[bool, bool, Sequence[Image]]] = field(default_factory=list)
    writes: list[tuple[bool, Image, Image]] = field(default_factory=list)
    legs: list[tuple[str, int]] = field(default_factory=list)
    rooms: list[float] = field(default_factory=list)
    recordings: list[int] = field(default_factory=list)
    polls: int = 0
    put: list[int] = field(default_factory=list)
    got: list[int] = field(default_factory=list)
    delivered: list[int] = field(default_factory=list)
    objects: list[tuple[int, float, float | None]] = field(default_factory=list)
    numbers: list[tuple[float, float | None]] = field(default_factory=list)
    pool: list[tuple[str, float]] = field(default_factory=list)
    until: float = 0.0


def bill(log: RawLog) -> dict[str, Decimal]:
    """Dollars by line."""
    return {name: line(log) for name, line in LINES.items()}


def _lambda(log: RawLog) -> Decimal:
    """Each request, and its time in whole begun milliseconds by its memory in GB."""
    gb_s = sum(Decimal(mb) / 1024 * Decimal(ceil(ms)) / 1000 for mb, ms in log.invocations)
    return gb_s * Decimal("0.0000166667") + len(log.invocations) * Decimal("0.0000002")


def _api(log: RawLog) -> Decimal:
    return log.api_requests * Decimal("0.0000035")


def _sqs(log: RawLog) -> Decimal:
    """Each batch is received and deleted."""
    return 2 * log.polls * Decimal("0.0000004")


def _dynamodb(log: RawLog) -> Decimal:
    read = sum(_read_units(*one) for one in log.reads)
    written = sum(_write_units(*one) for one in log.writes)
    return read * Decimal("0.000000125") + written * Decimal("0.000000625")


def _read_units(strong: bool, together: bool, items: Sequence[Image]) -> Decimal:
    """4 KB steps of each item got, or of all items of a query together; at least one step; half when not strong."""
    sizes = [_item_size(item) for item in items]
    steps = max(1, -(-sum(sizes) // (4 * KB))) if together else sum(max(1, -(-size // (4 * KB))) for size in sizes)
    return Decimal(steps) if strong else Decimal(steps) / 2


def _write_units(transactional: bool, before: Image, after: Image) -> Decimal:
    """1 KB steps of the larger image, twice in a transaction; and what the index has to remove and to write."""
    steps = max(1, -(-max(_item_size(before), _item_size(after)) // KB))
    old, new = _projected(before), _projected(after)
    index = 0 if old == new else sum(max(1, -(-_item_size(one) // KB)) for one in (old, new) if one)
    return Decimal(steps * (2 if transactional else 1) + index)


def _projected(item: Image) -> Image:
    if not item or "index_pk" not in item:
        return None
    return {name: value for name, value in item.items() if name in ("pk", "sk", "index_pk", "index_sk")}


def _item_size(item: Image) -> int:
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items()) if item else 0


def _value_size(value: Mapping[str, Any]) -> int:
    if "S" in value:
        return len(value["S"].encode())
    if "B" in value:
        return len(value["B"])
    digits = str(abs(int(value["N"]))).rstrip("0").lstrip("0")
    return (len(digits) + 1) // 2 + 1 + (int(value["N"]) < 0)


GB = 1024 * 1024  # in kB


def _stream(log: RawLog) -> Decimal:
    """On demand: kB put, and kB got by each consumer, each record in whole begun kB."""
    return (_steps(log.put, KB) * Decimal("0.08") + _steps(log.got, KB) * Decimal("0.04")) / GB


def _delivery(log: RawLog) -> Decimal:
    """Each record in whole begun 5 kB."""
    return _steps(log.delivered, 5 * KB) * 5 * Decimal("0.029") / GB


def _steps(sizes: Iterable[int], step: int) -> int:
    return sum(max(1, -(-size // step)) for size in sizes)


def _storage(log: RawLog) -> Decimal:
    """GB by the part of each month for which they lay there, versions that may still be restored too."""
    return sum((_lay(*one, log.until) for one in log.objects), Decimal(0)) * Decimal("0.023")


def _lay(size: int, stored_at: float, gone_at: float | None, until: float) -> Decimal:
    """GB-months."""
    end, found = min(until if gone_at is None else gone_at, until), Decimal(0)
    for month_begins, month_ends in _months(stored_at, end):
        seconds = max(0.0, min(end, month_ends) - max(stored_at, month_begins))
        found += Decimal(size) * Decimal(seconds) / Decimal(month_ends - month_begins) / (GB * KB)
    return found


def _months(start: float, end: float) -> Iterator[tuple[float, float]]:
    first = datetime.fromtimestamp(start, UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while first.timestamp() < end:
        after = first + timedelta(days=monthrange(first.year, first.month)[1])
        yield first.timestamp(), after.timestamp()
        first = after


def _numbers(log: RawLog) -> Decimal:
    """A month's price when a number is bought, and each month on that day; a month that has begun is not given back."""
    return sum(_charges(bought, log.until if gone is None else gone) for bought, gone in log.numbers) * Decimal("1.15")


def _charges(bought: float, until: float) -> int:
    first, last = (datetime.fromtimestamp(at, UTC).date() for at in (bought, until))
    months = (last.year - first.year) * 12 + last.month - first.month
    return 1 + months - (_in_month(first, last) > last)


def _in_month(bought: date, of: date) -> date:
    """The day of a month on which it is due: the month's last one when it has no such day."""
    return of.replace(day=min(bought.day, monthrange(of.year, of.month)[1]))


def _people(log: RawLog) -> Decimal:
    """Everybody who did something in a calendar month, once."""
    months = {(who, datetime.fromtimestamp(at, UTC).strftime("%Y-%m")) for who, at in log.pool}
    return len(months) * Decimal("0.0055")


LEG_PRICES = {"inbound": "0.0085", "outbound": "0.0140", "client": "0.0040", "sip": "0.0040"}


def _voice(log: RawLog) -> Decimal:
    """Begun minutes of each answered leg, at least one."""
    return sum((max(1, ceil(s / 60)) * Decimal(LEG_PRICES[kind]) for kind, s in log.legs), Decimal(0))


def _minutes(price: str, seconds: Callable[[RawLog], Iterable[float]]) -> Callable[[RawLog], Decimal]:
    def line(log: RawLog) -> Decimal:
        return sum(ceil(one / 60) for one in seconds(log)) * Decimal(price)

    return line


LINES: Mapping[str, Callable[[RawLog], Decimal]] = {
    "lambda": _lambda,
    "api_gateway": _api,
    "dynamodb": _dynamodb,
    "sqs": _sqs,
    "voice": _voice,
    "conference": _minutes("0.0018", lambda log: log.rooms),
    "recording": _minutes("0.0025", lambda log: log.recordings),
    "stream": _stream,
    "delivery": _delivery,
    "storage": _storage,
    "numbers": _numbers,
    "people": _people,
}
