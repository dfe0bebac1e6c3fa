"""Every measure gives the same figure as SQL over the lake and as a Python function over the events."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offhook.domain.analytics.intervals import Grain
from offhook.domain.analytics.report import STANDARD, ReportQuery, evaluate, evaluate_total
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import HOUR, MINUTE
from offhook.domain.metrics.dictionary import DIMENSIONS, METRICS
from offhook.domain.metrics.visits import TERMS
from offhook.usecases.analytics.compile_report import compile_report

from .facts import Lake, events_around
from .streams import ACME

CHANGE = 1_761_440_400_000  # 2025-10-26 01:00 UTC: Europe leaves summer time
ZONES = ["UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York"]
RANGES = [(CHANGE - 3 * HOUR, CHANGE + 5 * HOUR), (CHANGE - 25 * HOUR, CHANGE + 24 * HOUR + 7 * MINUTE)]


@pytest.fixture(scope="module")
def lake() -> Lake:
    return Lake()


def by_sql(lake: Lake, query: ReportQuery) -> tuple[dict[tuple[object, ...], dict[str, Any]], dict[str, Any]]:
    groups, total = {}, {}
    for row in lake.run(compile_report(query, ACME)):
        figures = {name: row[name] for name in query.measures}
        if row["is_total"]:
            total = figures
        else:
            groups[row["interval_start"], *(row[d] for d in query.dimensions)] = figures
    return groups, total


def close(figures: dict[str, Any]) -> dict[str, Any]:
    return {n: None if v is None else pytest.approx(v, rel=1e-9, abs=1e-9) for n, v in figures.items()}


@st.composite
def queries(draw: Any) -> ReportQuery:
    start, end = draw(st.sampled_from(RANGES))
    dimensions = draw(
        st.sampled_from(
            [
                (),
                ("queue",),
                ("agent",),
                ("node", "keys", "key_outcome"),
                ("queue", "agent"),
                ("flow", "flow_version", "node"),
            ]
        )
    )
    filters = draw(
        st.sampled_from(
            [{}, {"queue": ("q_sales",)}, {"agent": ("a_ann", "a_bob")}, {"keys": ("#'",)}, {"flow_version": ("2",)}]
        )
    )
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return ReportQuery(tuple(METRICS), start, end, zone, draw(st.sampled_from(list(Grain))), dimensions, filters)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(query=queries(), data=st.data())
def test_sql_and_python_agree_on_every_measure(lake: Lake, query: ReportQuery, data: Any) -> None:
    events = data.draw(events_around(query.start, query.end))
    lake.fill(events)
    ours = [e for e in events if e["tenant"] == ACME]
    groups, total = by_sql(lake, query)
    assert groups == {group: close(figures) for group, figures in evaluate(query, ours).items()}
    assert total == close(evaluate_total(query, ours))


@settings(max_examples=40, deadline=None)
@given(data=st.data(), grain=st.sampled_from(list(Grain)))
def test_offered_is_the_sum_of_the_exits_in_every_interval(data: Any, grain: Grain) -> None:
    start, end = RANGES[1]
    events = data.draw(events_around(start, end))
    query = ReportQuery(("offered", *(t.name for t in TERMS)), start, end, ZoneInfo("Europe/Berlin"), grain, ("queue",))
    for figures in evaluate(query, events).values():
        assert figures.pop("offered") == sum(v for v in figures.values() if v)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_time_in_states_is_the_same_however_the_range_is_cut(data: Any) -> None:
    start, end = RANGES[1]
    events = data.draw(events_around(start, end))
    measures = ("signed_in_s", "available_s", "reserved_s", "busy_s", "wrap_up_state_s", "away_s")
    sums = []
    for grain in Grain:
        query = ReportQuery(measures, start, end, ZoneInfo("Australia/Lord_Howe"), grain)
        groups = evaluate(query, events).values()
        sums.append([round(sum(g[m] or 0 for g in groups) * 1000) for m in measures])
    assert all(s == sums[0] for s in sums)


def test_the_standard_reports_name_known_measures_and_dimensions():
    for shape in STANDARD.values():
        assert set(shape.measures) <= set(METRICS) and set(shape.dimensions) <= set(DIMENSIONS)


def test_the_sql_binds_the_tenant_and_the_days_and_quotes_what_is_filtered():
    query = ReportQuery(("offered",), CHANGE, CHANGE + HOUR, ZoneInfo("UTC"), filters={"queue": ("x' OR 1=1 --",)})
    sql = compile_report(query, ACME)
    assert f"\"tenant\" = '{ACME}'" in sql
    assert "\"dt\" BETWEEN '2025-10-25' AND '2025-10-27'" in sql
    assert "IN ('x'' OR 1=1 --')" in sql


@pytest.mark.parametrize(
    "query",
    [
        {"measures": ("offered; DROP TABLE events",)},
        {"measures": ()},
        {"measures": ("offered", "offered")},
        {"dimensions": ("tenant",)},
        {"filters": {"tenant": ("t_other",)}},
        {"end": CHANGE},
        {"grain": Grain.QUARTER, "end": CHANGE + 3000 * HOUR},
    ],
)
def test_what_is_not_in_the_dictionary_is_refused(query: dict[str, Any]) -> None:
    whole = {"measures": ("offered",), "start": CHANGE, "end": CHANGE + HOUR, "zone": ZoneInfo("UTC"), **query}
    with pytest.raises(InvalidInput):
        compile_report(ReportQuery(**whole), ACME)
