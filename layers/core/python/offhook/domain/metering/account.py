"""An account: what one contact (or one minute of everything else) has used, as a function of the set of records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from offhook.domain.analytics.tally import digest
from offhook.domain.ids import day_of
from offhook.domain.metering.books import sell_price
from offhook.domain.metering.price_book import PICOS, PriceBook
from offhook.domain.metering.records import BILLED, Act, Record, Usage

MICROS = Decimal(10) ** 6  # quantities are kept in millionths of the meter's unit
MARK = 8  # characters of a mark that stand for the record's id; the rest for its content


@dataclass(frozen=True, slots=True)
class Line:
    """The record of one id that counts at present, priced. day: UTC."""

    revision: int
    meter: str
    micros: int
    picos: int
    day: str


@dataclass(frozen=True, slots=True)
class Sold:
    """The act of one id that counts at present: the quantity billed; its price is the plan's. day: UTC."""

    revision: int
    meter: str
    micros: int
    day: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """What is summed of a meter: the quantity billed, in millionths, and the cost."""

    micros: int = 0
    picos: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """applied: marks of the records that were booked; sums: of usages that never change, by meter.

    lines, sold: usages and acts that a later revision may replace, by id. queue: number of the contact's last visit
    to a queue, and the queue.
    """

    applied: tuple[str, ...] = ()
    sums: Mapping[str, Sum] = field(default_factory=dict)
    lines: Mapping[str, Line] = field(default_factory=dict)
    sold: Mapping[str, Sold] = field(default_factory=dict)
    queue: tuple[int, str] = (0, "")

    @property
    def totals(self) -> dict[str, Sum]:
        """What everything cost us by meter, in order of name."""
        totals = dict(self.sums)
        for line in self.lines.values():
            totals[line.meter] = _plus(totals.get(line.meter, Sum()), line.micros, line.picos)
        return dict(sorted(totals.items()))

    @property
    def sales(self) -> dict[tuple[str, str], int]:
        """What was sold: millionths by day and bucket."""
        sales: dict[tuple[str, str], int] = defaultdict(int)
        for sold in self.sold.values():
            sales[sold.day, bucket(sold.meter, sold.service, self.queue[1])] += sold.micros
        return dict(sorted(sales.items()))


@dataclass(frozen=True, slots=True)
class Posting:
    """How the cost of a day and meter changes."""

    day: str
    meter: str
    picos: int


@dataclass(frozen=True, slots=True)
class Sale:
    """How what was sold on a day in a bucket changes, in millionths of the meter's unit."""

    day: str
    bucket: str
    micros: int


@dataclass(frozen=True, slots=True)
class Posted:
    """The account after some records. conflicts: those whose id was booked with another content; they change nothing.

    applied + duplicates + conflicts = the records given.
    """

    account: Account
    postings: tuple[Posting, ...] = ()
    sales: tuple[Sale, ...] = ()
    applied: int = 0
    duplicates: int = 0
    conflicts: tuple[Record, ...] = ()


def bucket(meter: str, service: str, queue: str) -> str:
    """What is counted together on a day."""
    return f"{meter}|{service}|{queue}"


def account_of(record: Record) -> str:
    """The account a record belongs to: its contact, or the minute of its time."""
    minute = datetime.fromtimestamp(record.at / 1000, UTC)
    return record.contact_id or f"minute-{minute:%Y-%m-%dT%H:%M}"


def post(before: Account, records: Iterable[Record], book: PriceBook) -> Posted:
    """The account with the records that it lacks, and how days change; raises UnknownMeter."""
    made = _Making(before)
    postings, conflicts, applied, duplicates = list[Posting](), list[Record](), 0, 0
    for record in records:
        mark = digest(record.id) + record.content
        first = made.marks.setdefault(mark[:MARK], mark)
        if first is not mark:
            conflicts += [record] if first != mark else []
            duplicates += first == mark
            continue
        applied += 1
        postings += made.post(record, book)
    account = made.account if applied else before
    changed = tuple(p for p in postings if p.picos or p.meter.startswith(BILLED))
    return Posted(account, changed, _moved(before, account), applied, duplicates, tuple(conflicts))


class _Making:
    """An account while records are posted to it; put in order once, at the end."""

    def __init__(self, before: Account) -> None:
        self.marks = {mark[:MARK]: mark for mark in before.applied}
        self.sums, self.lines, self.sold = dict(before.sums), dict(before.lines), dict(before.sold)
        self.queue = before.queue

    def post(self, record: Record, book: PriceBook) -> list[Posting]:
        """Add what the record says; how days change."""
        postings: list[Posting] = []
        for usage in record.usages:
            line = _line(usage, book)
            if usage.may_change:
                postings += _revise(self.lines, usage.id, line)
            else:
                self.sums[line.meter] = _plus(self.sums.get(line.meter, Sum()), line.micros, line.picos)
                postings.append(Posting(line.day, line.meter, line.picos))
        for act in record.acts:
            _sell(self.sold, act)
        self.queue = max(self.queue, record.queue or (0, ""))
        return postings

    @property
    def account(self) -> Account:
        """As it is now, in order of names."""
        applied = tuple(sorted(self.marks.values()))
        return Account(
            applied,
            dict(sorted(self.sums.items())),
            dict(sorted(self.lines.items())),
            dict(sorted(self.sold.items())),
            self.queue,
        )


def _revise(lines: dict[str, Line], usage_id: str, line: Line) -> list[Posting]:
    """The higher revision counts; of equal ones that differ (which is a defect) the larger, in any order."""
    old = lines.get(usage_id)
    if old is not None and _rank(old) >= _rank(line):
        return []
    lines[usage_id] = line
    back = [Posting(old.day, old.meter, -old.picos)] if old else []
    return [*back, Posting(line.day, line.meter, line.picos)]


def _sell(sold: dict[str, Sold], act: Act) -> None:
    micros = int(sell_price(act.meter).billed(act.quantity) * MICROS)
    made = Sold(act.revision, act.meter, micros, day_of(act.at), act.service)
    old = sold.get(act.id)
    if old is None or _order(old) < _order(made):
        sold[act.id] = made


def _moved(before: Account, after: Account) -> tuple[Sale, ...]:
    old, new = before.sales, after.sales
    moved = {place: new.get(place, 0) - old.get(place, 0) for place in sorted(old.keys() | new.keys())}
    return tuple(Sale(*place, micros) for place, micros in moved.items() if micros)


def _line(usage: Usage, book: PriceBook) -> Line:
    if usage.dollars is not None:
        said = int(usage.quantity * MICROS), int(usage.dollars * PICOS)
        return Line(usage.revision, usage.meter, *said, day_of(usage.at))
    price = book.price(usage.meter, usage.at, usage.dims)
    micros = int((price.billed(usage.quantity) * MICROS).to_integral_value())
    return Line(usage.revision, usage.meter, micros, price.picos(usage.quantity), day_of(usage.at))


def _rank(line: Line) -> tuple[int, str, int, int, str]:
    return line.revision, line.meter, line.micros, line.picos, line.day


def _order(sold: Sold) -> tuple[int, str, int, str, str]:
    return sold.revision, sold.meter, sold.micros, sold.day, sold.service


def _plus(total: Sum, micros: int, picos: int) -> Sum:
    return Sum(total.micros + micros, total.picos + picos)
