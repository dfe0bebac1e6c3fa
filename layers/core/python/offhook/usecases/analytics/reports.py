"""Runs reports: the query asked for, computed over the lake, with its totals and every interval filled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from offhook.domain.analytics.intervals import Grain
from offhook.domain.analytics.lake import Answer, Lake
from offhook.domain.analytics.outbound import Outbound
from offhook.domain.analytics.report import STANDARD, ReportQuery, measured
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import Instant, TenantId, day_of
from offhook.domain.metering.usage import USAGE_RECORDED
from offhook.domain.metrics.dictionary import DIMENSIONS, METRICS
from offhook.domain.metrics.metric import Unit, Value
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.analytics.compile_report import START, TOTAL
from offhook.usecases.analytics.ranges import asked_range
from offhook.usecases.analytics.zones import zone_of

Cell = Value | str
Group = tuple[int | str, ...]  # start of the interval, then names


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a report and what it counts in."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """A computed report. rows: by column name; interval is local time with its offset (ISO 8601).

    totals: the measures over all rows together (for shares and means that is no sum of rows).
    """

    name: str
    start: str
    end: str
    time_zone: str
    grain: Grain
    columns: list[Column]
    rows: list[dict[str, Cell]]
    totals: dict[str, Cell]
    bytes_scanned: int
    query_id: str


def standard_query(name: str, tenant: TenantContext, asked: Mapping[str, str], now: Instant) -> ReportQuery:
    """The query of a standard report.

    asked: from, to (local days, both included, or ISO times, `to` excluded; default: today), grain, by (dimensions,
    comma-separated, added to the report's own) and filters by dimension (comma-separated values).
    Raises NotFound on another name, InvalidInput on what is not understood.
    """
    if name not in STANDARD:
        raise NotFound("There is no report of this name.")
    shape, zone = STANDARD[name], zone_of(tenant)
    _refuse_unknown(asked)
    start, end = asked_range(asked, zone, now)
    return ReportQuery(
        shape.measures,
        start,
        end,
        zone,
        _grain(asked.get("grain") or shape.grain),
        tuple(dict.fromkeys((*shape.dimensions, *_words(asked.get("by", ""))))),
        {d: _words(asked[d]) for d in DIMENSIONS if asked.get(d)},
    )


def run_report(name: str, query: ReportQuery, sql: str, lake: Lake) -> Report:
    """The report; sql: what the query compiled to, for one tenant. Raises what Lake.run raises."""
    answer = lake.run(sql)
    units = {n: METRICS[n].unit for n in query.measures}
    keys = ["interval", *query.dimensions] if query.grain is not Grain.WHOLE else list(query.dimensions)
    return Report(
        name,
        _local(query.start, query.zone),
        _local(query.end, query.zone),
        query.zone.key,
        query.grain,
        [*(Column(k, "time" if k == "interval" else "name") for k in keys), *(Column(n, u) for n, u in units.items())],
        _rows(query, answer),
        next((_figures(query, r) for r in answer.rows if r[TOTAL] != "0"), dict(measured(query, []))),
        answer.bytes_scanned,
        answer.query_id,
    )


def of_agent(report: Report, agent: str) -> Report:
    """The part of a report of the whole range, by agent, that tells of one."""
    rows = [row for row in report.rows if row["agent"] == agent]
    figures = rows[0] if rows else _of_nothing(report)
    return replace(report, rows=rows, totals={name: value for name, value in figures.items() if name != "agent"})


def _of_nothing(report: Report) -> dict[str, Cell]:
    """The figures of the report where nothing happened."""
    return {one.name: METRICS[one.name].measure([]) for one in report.columns if one.name in METRICS}


def query_usage(report: Report, tenant: TenantId, now: Instant) -> Outbound:
    """The usage record of a report's query; the query's id makes counting it twice harmless."""
    body = {
        "event_id": f"athena:{report.query_id}",
        "type": USAGE_RECORDED,
        "event_version": 1,
        "tenant": tenant,
        "dt": day_of(now),
        "contact_id": "",
        "at": now,
        "counters": {"athena_bytes": report.bytes_scanned},
    }
    return Outbound(f"{tenant}#usage", msgspec.json.encode(body))


def _refuse_unknown(asked: Mapping[str, str]) -> None:
    for name in asked:
        if name not in {"from", "to", "grain", "by", *DIMENSIONS}:
            raise InvalidInput("parameter_unknown_report", field=name)


def _grain(text: str) -> Grain:
    if text not in set(Grain):
        raise InvalidInput("grain", field="grain", known=[*Grain])
    return Grain(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)


def _rows(query: ReportQuery, answer: Answer) -> list[dict[str, Cell]]:
    """The groups in order of interval and name; without dimensions, intervals in which nothing happened too."""
    rows: dict[Group, dict[str, Cell]] = {
        (int(r[START] or 0), *(r[d] or "" for d in query.dimensions)): _figures(query, r)
        for r in answer.rows
        if r[TOTAL] == "0"
    }
    if not query.dimensions:
        empty: dict[str, Cell] = dict(measured(query, []))
        rows = {(i.start,): rows.get((i.start,), empty) for i in query.intervals}
    return [_row(query, group, rows[group]) for group in sorted(rows)]


def _row(query: ReportQuery, group: Group, figures: dict[str, Cell]) -> dict[str, Cell]:
    interval: dict[str, Cell] = {}
    if query.grain is not Grain.WHOLE:
        interval["interval"] = _local(int(group[0]), query.zone)
    return {**interval, **dict(zip(query.dimensions, map(str, group[1:]), strict=True)), **figures}


def _figures(query: ReportQuery, row: Mapping[str, str | None]) -> dict[str, Cell]:
    return {name: _value(row[name], METRICS[name].unit) for name in query.measures}


def _value(text: str | None, unit: Unit) -> Value:
    if text is None or text == "":
        return None
    return int(text) if unit is Unit.COUNT else float(text)


def _local(at: Instant, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at / 1000, zone).isoformat(timespec="seconds")
