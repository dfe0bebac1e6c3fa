"""Compiles a report query to SQL (Athena): the tenant and the days are bound here and nowhere else."""

from collections.abc import Sequence
from functools import cache

import sqlglot
from sqlglot import exp

from offhook.domain.analytics.intervals import Interval, utc_days
from offhook.domain.analytics.report import ReportQuery
from offhook.domain.ids import TenantId
from offhook.domain.metrics.dictionary import NUMBERED, column_of
from offhook.domain.metrics.metric import SPAN, Metric

DIALECT = "athena"
TABLE = "events"
NO_TRIAL = sqlglot.parse_one("NOT COALESCE(trial, FALSE)", dialect="trino")  # older files lack the column
START, TOTAL, OVERLAP = "interval_start", "is_total", "overlap_ms"


def compile_report(query: ReportQuery, tenant: TenantId) -> str:
    """The SQL of the report for one tenant.

    Columns: is_total (0 = a group, else the figures of all groups together), interval_start (milliseconds),
    the dimensions, the measures. Raises InvalidInput on unknown measures and dimensions.
    """
    groups = [START, *query.columns]
    report = (
        sqlglot.select(
            _named(exp.Anonymous(this="GROUPING", expressions=[exp.column(g) for g in groups]), TOTAL),
            exp.column(START),
            *(_named(exp.column(column_of(d)), d) for d in query.dimensions),
            *(_named(_parsed(m), m.name) for m in query.metrics),
        )
        .from_("placed", copy=False)
        .with_("intervals", as_=_intervals(query.intervals), copy=False)
        .with_("facts", as_=_facts(query, tenant), copy=False)
        .with_("placed", as_=_placed(query), copy=False)
    )
    report.set("group", _grouping(groups))
    return report.sql(dialect=DIALECT, identify=True, copy=False)


def _named(value: exp.Expr, name: str) -> exp.Expr:
    """What is made here alone is not copied: builders would copy the whole at each step."""
    return exp.alias_(value, name, copy=False)


def _parsed(metric: Metric) -> exp.Expr:
    return _parse(metric.sql).copy()


@cache
def _parse(sql: str) -> exp.Expr:
    return sqlglot.parse_one(sql, dialect="trino")


def _grouping(groups: Sequence[str]) -> exp.Group:
    sets = [exp.Tuple(expressions=[exp.column(g) for g in groups]), exp.Tuple(expressions=[])]
    return exp.Group(grouping_sets=[exp.GroupingSets(expressions=sets)])


def _intervals(cut: Sequence[Interval]) -> exp.Select:
    """One row for each interval and UTC day it touches, so that points join on the day (and few rows of it)."""
    rows = [(day, i.start, i.end) for i in cut for day in utc_days(i.start, i.end)]
    values = exp.values(rows, alias="v", columns=["dt", "starts_at", "ends_at"])
    return sqlglot.select("dt", "starts_at", "ends_at").from_(values, copy=False)


def _facts(query: ReportQuery, tenant: TenantId) -> exp.Select:
    """The tenant's events that matter, each once: a doubled event is equal in every column."""
    first, last = (exp.Literal.string(day) for day in query.days)
    facts = sqlglot.select(*_columns(query)).distinct(copy=False).from_(TABLE, copy=False)
    facts.where(
        exp.column("tenant").eq(exp.Literal.string(tenant)),
        exp.column("dt").between(first, last),
        exp.column("type").isin(*(exp.Literal.string(s) for s in query.sources)),
        NO_TRIAL.copy(),
        copy=False,
    )
    for name, values in sorted(query.filters.items()):
        facts.where(_text_of(column_of(name)).isin(*(exp.Literal.string(v) for v in values)), copy=False)
    return facts


def _text_of(column: str) -> exp.Expr:
    """The column as text, which is what a filter names."""
    return exp.cast(exp.column(column), "varchar") if column in NUMBERED else exp.column(column)


def _columns(query: ReportQuery) -> list[exp.Column]:
    """What the facts must keep."""
    used = {c.name for m in query.metrics for c in _parse(m.sql).find_all(exp.Column)} - {OVERLAP}
    spans = {"since_at"} if SPAN in query.sources else set()
    return [exp.column(c) for c in sorted({"event_id", "type", "at", "dt", *query.columns, *used, *spans})]


def _placed(query: ReportQuery) -> exp.Select | exp.Union:
    """Facts with their interval: points in one, spans in every one that they touch."""
    kept = [exp.column(c.name, table="f") for c in _columns(query)]
    if SPAN not in query.sources:
        return _points(kept)
    if query.sources == [SPAN]:
        return _spans(kept)
    return exp.union(_points(kept), _spans(kept), distinct=False, copy=False)


def _points(kept: Sequence[exp.Column]) -> exp.Select:
    return (
        sqlglot.select(f"i.starts_at AS {START}", *kept, f"CAST(NULL AS BIGINT) AS {OVERLAP}")
        .from_("facts AS f", copy=False)
        .join("intervals AS i", on='f."dt" = i.dt AND f."at" >= i.starts_at AND f."at" < i.ends_at', copy=False)
        .where(f"f.type <> '{SPAN}'", copy=False)
    )


def _spans(kept: Sequence[exp.Column]) -> exp.Select:
    overlap = 'LEAST(f."at", i.ends_at) - GREATEST(f.since_at, i.starts_at)'
    return (
        sqlglot.select(f"i.starts_at AS {START}", *kept, f"{overlap} AS {OVERLAP}")
        .from_("facts AS f", copy=False)
        .join(
            sqlglot.select("starts_at", "ends_at").distinct().from_("intervals").subquery("i", copy=False),
            on='f.since_at < i.ends_at AND f."at" > i.starts_at',
            copy=False,
        )
        .where(f"f.type = '{SPAN}' AND f.since_at < f.\"at\"", copy=False)
    )
