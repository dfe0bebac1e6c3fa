"""A report as a typed query, the three standard ones, and its figures computed from events in plain Python."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from offhook.domain.analytics.intervals import Grain, Interval, interval_at, intervals, utc_days
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import DAY, Instant
from offhook.domain.metrics.dictionary import column_of, metric
from offhook.domain.metrics.metric import SPAN, Metric, Row, Value
from offhook.domain.metrics.visits import TERMS

Group = tuple[object, ...]  # start of the interval, then the dimensions' values


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Measures of events in [start, end), by interval and dimensions, where the filters hold.

    filters: dimension to the values wanted. zone: the tenant's, which places the edges of intervals.
    """

    measures: tuple[str, ...]
    start: Instant
    end: Instant
    zone: ZoneInfo
    grain: Grain = Grain.WHOLE
    dimensions: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def metrics(self) -> list[Metric]:
        """The measures' definitions; raises InvalidInput."""
        if not self.measures or len(set(self.measures)) < len(self.measures):
            raise InvalidInput("measure_twice", field="measures")
        return [metric(name) for name in self.measures]

    @property
    def columns(self) -> list[str]:
        """The dimensions' columns; raises InvalidInput."""
        columns = [column_of(d) for d in self.dimensions]
        if len(set(columns)) < len(columns):
            raise InvalidInput("dimension_twice", field="dimensions")
        return columns

    @property
    def sources(self) -> list[str]:
        """The event types that the measures read, in order."""
        return sorted({source for m in self.metrics for source in m.sources})

    @property
    def days(self) -> tuple[str, str]:
        """First and last UTC day to read: one more on each side, for states that end in the next day."""
        days = utc_days(self.start - DAY, self.end + DAY)
        return days[0], days[-1]

    @property
    def intervals(self) -> list[Interval]:
        """The intervals of the range."""
        return intervals(self.start, self.end, self.grain, self.zone)


@dataclass(frozen=True, slots=True)
class ReportShape:
    """A standard report before its range is known."""

    measures: tuple[str, ...]
    dimensions: tuple[str, ...]
    grain: Grain


_VOLUME = ("offered", *(t.name for t in TERMS), "within_target", "service_level", "abandon_rate", "asa", "longest_wait")
_OFFERS = ("offers", "offers_accepted", "offers_declined", "offers_missed")
_WORK = ("handled", "talk_s", "hold_s", "wrap_up_s", "aht")
_TIME = ("signed_in_s", "available_s", "reserved_s", "busy_s", "wrap_up_state_s", "away_s", "occupancy")
_QUALITY = ("csat", "nps", "fcr", "resolved_by_agent")

STANDARD: dict[str, ReportShape] = {
    "volume": ReportShape((*_VOLUME, "handled", "aht"), (), Grain.HALF),
    "agents": ReportShape((*_OFFERS, *_WORK, *_TIME, *_QUALITY), ("agent",), Grain.WHOLE),
    "queues": ReportShape((*_VOLUME, "handled", "aht"), ("queue",), Grain.WHOLE),
    "outcomes": ReportShape(("contacts",), ("outcome", "outcome_reason"), Grain.WHOLE),
    "dispositions": ReportShape(("handled", "aht", "resolved_by_agent"), ("disposition",), Grain.WHOLE),
    "satisfaction": ReportShape(("csat", "csat_score", "nps", "fcr", "surveys"), ("survey", "queue"), Grain.WHOLE),
    "flow-paths": ReportShape(
        ("nodes_entered", "key_presses", "key_misses"), ("flow", "flow_version", "node"), Grain.WHOLE
    ),
    "ivr-keys": ReportShape(("key_presses",), ("flow", "node", "keys", "key_outcome"), Grain.WHOLE),
}


def evaluate(query: ReportQuery, events: Iterable[Row]) -> dict[Group, dict[str, Value]]:
    """The figures of every group that has rows: what the compiled SQL must answer as well."""
    groups: dict[Group, list[Row]] = defaultdict(list)
    for group, row in _placed(query, _facts(query, events)):
        groups[group].append(row)
    return {group: measured(query, rows) for group, rows in groups.items()}


def evaluate_total(query: ReportQuery, events: Iterable[Row]) -> dict[str, Value]:
    """The figures of all groups together, which for shares and means are no sum."""
    return measured(query, [row for _, row in _placed(query, _facts(query, events))])


def measured(query: ReportQuery, rows: Sequence[Row]) -> dict[str, Value]:
    """Every measure of one group."""
    return {m.name: m.measure(rows) for m in query.metrics}


def _facts(query: ReportQuery, events: Iterable[Row]) -> list[Row]:
    """The events that matter, each once."""
    sources, (first, last) = set(query.sources), query.days
    unique = {e["event_id"]: e for e in events if e["type"] in sources and first <= e["dt"] <= last}
    return [e for e in unique.values() if _wanted(query, e)]


def _wanted(query: ReportQuery, event: Row) -> bool:
    found = {name: event.get(column_of(name)) for name in query.filters}
    named = all(found[name] is not None and str(found[name]) in values for name, values in query.filters.items())
    return named and not event.get("trial")


def _placed(query: ReportQuery, facts: Iterable[Row]) -> Iterable[tuple[Group, Row]]:
    cut = query.intervals
    for fact in facts:
        values = tuple(fact.get(column) for column in query.columns)
        if fact["type"] == SPAN:
            for piece in cut:
                if overlap := piece.overlap_ms(fact["since_at"], fact["at"]):
                    yield (piece.start, *values), {**fact, "overlap_ms": overlap}
        elif (found := interval_at(cut, fact["at"])) is not None:
            yield (found.start, *values), fact
