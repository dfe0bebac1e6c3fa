"""Reports: what is asked for becomes a query; the answer has totals and no missing interval."""

from typing import Any

import pytest
from offhook.domain.analytics.intervals import Grain
from offhook.domain.analytics.report import ReportQuery, evaluate_total
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import day_of
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.analytics.compile_report import compile_report
from offhook.usecases.analytics.reports import Report, run_report, standard_query

from .facts import DuckLake
from .streams import ACME, OTHER

NOON = 1_760_097_600_000 - 5 * 60_000  # 2025-10-10 11:55 UTC
TENANT = TenantContext(ACME, time_zone="Europe/Berlin")


def reported(name: str, query: ReportQuery, lake: DuckLake) -> Report:
    return run_report(name, query, compile_report(query, ACME), lake)


def visit(n: int, at: int, exit_: str, waited_s: float, tenant: str = ACME) -> dict[str, Any]:
    return {
        "event_id": f"contact:c{n}:4:0", "type": "queue_visit_ended", "event_version": 1, "at": at, "tenant": tenant,
        "dt": day_of(at), "contact_id": f"c{n}", "queue_id": "q", "exit": exit_, "waited_s": waited_s,
        "within_target": exit_ == "answered" and waited_s <= 20,
    }  # fmt: skip


EVENTS = [
    visit(1, NOON, "answered", 10.0),
    visit(2, NOON + 1, "answered", 30.0),
    visit(3, NOON + 2, "abandoned", 5.5),
    visit(4, NOON + 3600_000, "short_abandoned", 1.0),
    visit(1, NOON, "answered", 99.0, tenant=OTHER),
]


def test_the_volume_report_counts_the_tenants_day_by_half_hours():
    query = standard_query("volume", TENANT, {}, NOON)
    report = reported("volume", query, DuckLake(EVENTS * 2))
    assert len(report.rows) == 48
    assert report.rows[0]["interval"] == "2025-10-10T00:00:00+02:00"
    busy = {r["interval"]: r for r in report.rows if r["offered"]}
    assert list(busy) == ["2025-10-10T13:30:00+02:00", "2025-10-10T14:30:00+02:00"]
    first = busy["2025-10-10T13:30:00+02:00"]
    assert (first["offered"], first["answered"], first["abandoned"], first["asa"]) == (3, 2, 1, 20.0)
    assert first["service_level"] == pytest.approx(1 / 3)
    assert busy["2025-10-10T14:30:00+02:00"]["service_level"] is None
    assert report.totals == pytest.approx(evaluate_total(query, EVENTS[:4]))
    assert report.bytes_scanned == 1234


def test_a_report_of_nothing_is_zeros_not_an_error():
    report = reported("volume", standard_query("volume", TENANT, {"grain": "day"}, NOON), DuckLake([]))
    assert [(r["offered"], r["asa"]) for r in report.rows] == [(0, None)]
    assert report.totals["offered"] == 0


def test_days_are_the_tenants_and_both_ends_count():
    query = standard_query("volume", TENANT, {"from": "2025-10-25", "to": "2025-10-26", "grain": "day"}, NOON)
    assert [i.end - i.start for i in query.intervals] == [24 * 3600_000, 25 * 3600_000]


def test_dimensions_and_filters_can_be_added():
    query = standard_query("volume", TENANT, {"by": "queue", "queue": "q,r", "from": "2025-10-10T09:00"}, NOON)
    assert (query.dimensions, dict(query.filters)) == (("queue",), {"queue": ("q", "r")})
    report = reported("volume", query, DuckLake(EVENTS))
    assert [(r["interval"], r["queue"], r["offered"]) for r in report.rows] == [
        ("2025-10-10T13:30:00+02:00", "q", 3),
        ("2025-10-10T14:30:00+02:00", "q", 1),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "yesterday"},
        {"grain": "year"},
        {"by": "tenant"},
        {"tenant": "t_x"},
        {"from": "2030-01-02", "to": "2030-01-01"},
        {"from": "2020-01-01", "grain": "15min"},
    ],
)
def test_what_is_not_understood_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        reported("volume", standard_query("volume", TENANT, asked, NOON), DuckLake([]))


def test_an_unknown_report_is_not_found():
    with pytest.raises(NotFound):
        standard_query("secrets", TENANT, {}, NOON)


def test_the_agents_report_has_one_row_for_each_agent_over_the_whole_range():
    query = standard_query("agents", TENANT, {}, NOON)
    assert (query.grain, query.dimensions) == (Grain.WHOLE, ("agent",))
    state = {**visit(9, NOON, "answered", 0), "type": "agent_state_changed", "agent_id": "a", "from_state": "busy"}
    report = reported("agents", query, DuckLake([{**state, "since_at": NOON - 60_000}]))
    assert [(r["agent"], r["busy_s"], r["occupancy"]) for r in report.rows] == [("a", 60.0, 1.0)]
