"""Usage records, computed from what happened; categories nest, so their sum is not the bill."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.messaging import segments
from local.carrier.pricing import PER_MESSAGE, PER_MINUTE, PER_NUMBER_MONTH, billed_minutes, category, minutes
from local.carrier.rest.http import RestRequest, RestResponse
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


@dataclass(frozen=True, slots=True)
class Line:
    """One billed thing: the day it started (UTC), its category, how much and at which price."""

    account_sid: str
    day: date
    category: str
    usage: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class Bucket:
    category: str
    start: date
    end: date
    lines: Sequence[Line]


PARENTS: dict[str, Callable[[str], bool]] = {
    "calls": lambda name: name.startswith("calls-"),
    "calls-inbound": lambda name: name.startswith("calls-inbound-"),
    "totalprice": lambda name: True,
}
UNITS = {"sms": "segments", "phonenumbers": "numbers", "totalprice": "usd"}


def listing(carrier: "Carrier", request: RestRequest, account: str, period: str = "") -> RestResponse:
    """GMT days; with IncludeSubaccounts (the default) those of a parent's subaccounts too."""
    today = times.utc_day(carrier.clock.now())
    lines = [line for line in _lines(carrier) if line.account_sid in _accounts(carrier, request, account)]
    spans = _spans(request, period, today, lines)
    buckets = [bucket for start, end in spans for bucket in _buckets(request, lines, start, end)]
    return page(request, "usage_records", buckets, lambda bucket: render(carrier, account, bucket))


def _accounts(carrier: "Carrier", request: RestRequest, account: str) -> set[str]:
    if not request.flag("IncludeSubaccounts", True):
        return {account}
    return {account} | {one.sid for one in carrier.accounts.all.values() if one.owner_sid == account}


def used(carrier: "Carrier", account: str, category: str, start: date) -> list[Line]:
    """What the account used of a category since that day."""
    mine = [line for line in _lines(carrier) if line.account_sid == account and line.day >= start]
    return [line for line in mine if _belongs(line, category)]


def _lines(carrier: "Carrier") -> Iterable[Line]:
    for call in carrier.calls.all.values():
        if call.over and call.answered_at is not None:
            used = billed_minutes(call)
            name, day = category(call), times.utc_day(call.started_at or call.created_at)
            yield Line(call.account_sid, day, name, used, PER_MINUTE[name] * used)
    for recording in carrier.recorder.all.values():
        if recording.duration_s:
            used = minutes(recording.duration_s)
            day = times.utc_day(recording.started_at)
            yield Line(recording.account_sid, day, "recordings", used, PER_MINUTE["recordings"] * used)
    for message in carrier.messaging.all.values():
        used, day = segments(message.body), times.utc_day(message.created_at)
        yield Line(message.account_sid, day, "sms", used, PER_MESSAGE * used)
    for number in carrier.accounts.numbers.values():
        for day in _due(times.utc_day(number.created_at), times.utc_day(carrier.clock.now())):
            yield Line(number.account_sid, day, "phonenumbers", 1, PER_NUMBER_MONTH)


def _due(bought: date, today: date) -> Iterator[date]:
    """A month's price is due when a number is bought, and each month on that day, or on the month's last."""
    for months in count():
        year, month = divmod(bought.month - 1 + months, 12)
        first = date(bought.year + year, month + 1, 1)
        day = first.replace(day=min(bought.day, monthrange(first.year, first.month)[1]))
        if day > today:
            return
        yield day


def _buckets(request: RestRequest, lines: Sequence[Line], start: date, end: date) -> list[Bucket]:
    within = [line for line in lines if start <= line.day <= end]
    names = [*PARENTS, *sorted({line.category for line in lines})]
    if request.text("Category"):
        names = [request.text("Category")]
    return [Bucket(name, start, end, [line for line in within if _belongs(line, name)]) for name in names]


def _belongs(line: Line, name: str) -> bool:
    return PARENTS[name](line.category) if name in PARENTS else line.category == name


def _spans(request: RestRequest, period: str, today: date, lines: Sequence[Line]) -> list[tuple[date, date]]:
    first = min((line.day for line in lines), default=today)
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    start, end = {
        "": (first, today), "AllTime": (first, today), "Daily": (first, today), "Monthly": (first, today),
        "Today": (today, today), "Yesterday": (today - timedelta(days=1),) * 2, "ThisMonth": (month, today),
        "LastMonth": (last_month, month - timedelta(days=1)), "Yearly": (first, today),
    }.get(period, (None, None))  # fmt: skip
    if start is None or end is None:
        raise errors.not_found(request.path)
    start, end = _day(request, "StartDate", start), _day(request, "EndDate", end)
    if period == "Daily":
        return [(start + timedelta(days=n),) * 2 for n in range((end - start).days, -1, -1)]
    return [(start, end)] if period not in ("Monthly", "Yearly") else _pieces(start, end, period)


def _pieces(start: date, end: date, period: str) -> list[tuple[date, date]]:
    """Months or years, the newest first, cut at the ends of the span."""
    pieces = []
    while end >= start:
        begin = end.replace(day=1) if period == "Monthly" else end.replace(month=1, day=1)
        pieces.append((max(begin, start), end))
        end = begin - timedelta(days=1)
    return pieces


def _day(request: RestRequest, name: str, default: date) -> date:
    text = request.text(name)
    try:
        return date.fromisoformat(text) if text else default
    except ValueError as error:
        raise errors.invalid_parameter(name, text) from error


def render(carrier: "Carrier", account: str, bucket: Bucket) -> dict[str, Any]:
    usage, price = sum(line.usage for line in bucket.lines), sum((line.price for line in bucket.lines), Decimal(0))
    total = bucket.category == "totalprice"
    return {
        "account_sid": account, "api_version": "2010-04-01", "category": bucket.category,
        "description": bucket.category, "count": str(len(bucket.lines)), "count_unit": "items",
        "usage": f"{price:.5f}" if total else str(usage), "usage_unit": UNITS.get(bucket.category, "minutes"),
        "price": float(price), "price_unit": "usd", "start_date": bucket.start.isoformat(),
        "end_date": bucket.end.isoformat(), "as_of": times.moment(carrier.clock.now()).isoformat(timespec="seconds"),
        "subresource_uris": {}, "uri": f"/2010-04-01/Accounts/{account}/Usage/Records.json",
    }  # fmt: skip
