"""An account: what one contact (or one minute of everything else) has used, as a function of the set of records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from offhook.domain.analytics.tally import digest
from offhook.domain.ids import Instant
from offhook.domain.metering.price_book import PriceBook
from offhook.domain.metering.usage import Record, Usage

MICROS = Decimal(10) ** 6  # quantities are kept in millionths of the meter's unit


@dataclass(frozen=True, slots=True)
class Line:
    """The record of one id that counts at present, priced. day: UTC."""

    revision: int
    meter: str
    micros: int
    picos: int
    day: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What is summed of a meter: the quantity billed, in millionths, and the cost."""

    micros: int = 0
    picos: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """applied: digests of the ids of records that never change; sums: theirs, by meter.

    lines: records that a later revision may replace, by id.
    """

    applied: tuple[str, ...] = ()
    sums: Mapping[str, Sum] = field(default_factory=dict)
    lines: Mapping[str, Line] = field(default_factory=dict)

    @property
    def totals(self) -> dict[str, Sum]:
        """Everything by meter, in order of name."""
        totals = dict(self.sums)
        for line in self.lines.values():
            totals[line.meter] = _plus(totals.get(line.meter, Sum()), line.micros, line.picos)
        return dict(sorted(totals.items()))


@dataclass(frozen=True, slots=True)
class Posting:
    """How the cost of a day and meter changes."""

    day: str
    meter: str
    picos: int


def account_of(record: Record) -> str:
    """The account a record belongs to: its contact, or the minute of its time."""
    minute = datetime.fromtimestamp(record.at / 1000, UTC)
    return record.contact_id or f"minute-{minute:%Y-%m-%dT%H:%M}"


def post(account: Account, records: Iterable[Record], book: PriceBook) -> tuple[Account, list[Posting]]:
    """The account with the records that it lacks, and how days change; raises UnknownMeter."""
    postings: list[Posting] = []
    for record in records:
        account, changes = _posted(account, record, book)
        postings += changes
    return account, [p for p in postings if p.picos]


def _posted(account: Account, record: Record, book: PriceBook) -> tuple[Account, list[Posting]]:
    postings: list[Posting] = []
    mark = digest(record.id)
    known = mark in account.applied
    for usage in record.usages:
        line = _line(usage, book)
        if usage.may_change:
            account, changes = _revised(account, usage.id, line)
            postings += changes
        elif not known:
            account = replace(account, sums=_summed(account.sums, line))
            postings.append(Posting(line.day, line.meter, line.picos))
    if not known:
        account = replace(account, applied=tuple(sorted((*account.applied, mark))))
    return account, postings


def _summed(sums: Mapping[str, Sum], line: Line) -> Mapping[str, Sum]:
    total = _plus(sums.get(line.meter, Sum()), line.micros, line.picos)
    return dict(sorted({**sums, line.meter: total}.items()))


def _revised(account: Account, usage_id: str, line: Line) -> tuple[Account, list[Posting]]:
    """The higher revision counts; of equal ones that differ (which is a defect) the larger, in any order."""
    old = account.lines.get(usage_id)
    if old is not None and _rank(old) >= _rank(line):
        return account, []
    lines = dict(sorted({**account.lines, usage_id: line}.items()))
    back = [Posting(old.day, old.meter, -old.picos)] if old else []
    return replace(account, lines=lines), [*back, Posting(line.day, line.meter, line.picos)]


def _line(usage: Usage, book: PriceBook) -> Line:
    price = book.price(usage.meter, usage.at)
    micros = int((price.billed(usage.quantity) * MICROS).to_integral_value())
    return Line(usage.revision, usage.meter, micros, price.picos(usage.quantity), _day(usage.at))


def _rank(line: Line) -> tuple[int, str, int, int, str]:
    return line.revision, line.meter, line.micros, line.picos, line.day


def _plus(total: Sum, micros: int, picos: int) -> Sum:
    return Sum(total.micros + micros, total.picos + picos)


def _day(at: Instant) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
