"""Events put on the stream come out of Athena as the figures that the Python measures give."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from offhook.adapters.athena import AthenaLake
from offhook.adapters.kinesis import KinesisStream
from offhook.domain.analytics.intervals import Grain
from offhook.domain.analytics.lake import QueryFailed
from offhook.domain.analytics.outbound import Outbound
from offhook.domain.analytics.report import STANDARD, ReportQuery, evaluate, evaluate_total
from offhook.domain.ids import HOUR, TenantId
from offhook.domain.metrics.dictionary import METRICS
from offhook.usecases.analytics.compile_report import START, TOTAL, compile_report

from tests.integration.analytics.conftest import BUCKET, DATABASE, RESULTS, STREAM, WORKGROUP, Aws
from tests.integration.embedded_aws.kit import eventually
from tests.unit.analytics.facts import events_around
from tests.unit.analytics.streams import ACME, OTHER

NOON = 1_760_097_600_000
START_AT, END_AT = NOON - 6 * HOUR, NOON + 30 * HOUR


@pytest.fixture(scope="module")
def events() -> list[dict[str, Any]]:
    """A few hundred synthetic events of two tenants over four days, some of them twice."""
    drawn: list[list[dict[str, Any]]] = []

    @settings(
        max_examples=25,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(some=events_around(START_AT, END_AT))
    def draw(some: list[dict[str, Any]]) -> None:
        drawn.append([{**e, "event_id": f"{len(drawn)}-{e['event_id']}"} for e in some])

    draw()
    return [event for some in drawn for event in some]


@pytest.fixture(scope="module")
def lake(aws: Aws, events: list[dict[str, Any]]) -> AthenaLake:
    """The lake once everything has arrived."""
    records = [Outbound(f"{e['tenant']}#{e['event_id']}", json.dumps(e).encode()) for e in events]
    assert all(KinesisStream(aws.client("kinesis"), STREAM).put(records))
    lake = AthenaLake(aws.client("athena"), WORKGROUP, DATABASE, RESULTS, 60)
    for tenant in (ACME, OTHER):
        here = sum(e["tenant"] == tenant for e in events)
        sql = f"SELECT COUNT(*) AS n FROM events WHERE tenant = '{tenant}' AND dt BETWEEN '2025-01-01' AND '2026-01-01'"
        eventually(lambda sql=sql, here=here: found(lake, sql) == here, within_s=60)
    return lake


def found(lake: AthenaLake, sql: str) -> int:
    try:
        return int(lake.run(sql).rows[0]["n"] or 0)
    except QueryFailed:
        return -1  # no file yet


def number(text: str | None) -> float | None:
    return None if text in (None, "") else float(text)


def asked(name: str, grain: Grain, dimensions: tuple[str, ...] = ()) -> ReportQuery:
    measures = tuple(METRICS) if name == "everything" else STANDARD[name].measures
    return ReportQuery(measures, START_AT, END_AT, ZoneInfo("Europe/Berlin"), grain, dimensions)


@pytest.mark.parametrize("tenant", [ACME, OTHER])
@pytest.mark.parametrize(
    "query",
    [
        asked("volume", Grain.HALF),
        asked("volume", Grain.DAY, ("queue",)),
        asked("agents", Grain.WHOLE, ("agent",)),
        asked("ivr-keys", Grain.WHOLE, ("flow", "node", "keys", "key_outcome")),
        asked("everything", Grain.HOUR),
    ],
    ids=["volume", "queues", "agents", "keys", "everything"],
)
def test_athena_gives_the_figures_that_python_gives(
    lake: AthenaLake, events: list[dict[str, Any]], query: ReportQuery, tenant: str
) -> None:
    ours = [e for e in events if e["tenant"] == tenant]
    groups, total = {}, {}
    for row in lake.run(compile_report(query, tenant)).rows:
        figures = {m: number(row[m]) for m in query.measures}
        if row[TOTAL] == "0":
            groups[int(row[START] or 0), *(row[d] for d in query.dimensions)] = figures
        else:
            total = figures
    assert groups == {g: close(f) for g, f in evaluate(query, ours).items()}
    assert total == close(evaluate_total(query, ours))


def close(figures: dict[str, Any]) -> dict[str, Any]:
    return {n: None if v is None else pytest.approx(v, rel=1e-9, abs=1e-9) for n, v in figures.items()}


def test_a_report_reads_only_the_tenants_days(aws: Aws, lake: AthenaLake) -> None:
    sizes = {o["Key"]: o["Size"] for o in aws.client("s3").list_objects_v2(Bucket=BUCKET, Prefix="events/")["Contents"]}
    query = ReportQuery(("offered",), NOON, NOON + HOUR, ZoneInfo("UTC"))
    scanned = lake.run(compile_report(query, ACME)).bytes_scanned
    mine = [f"events/tenant={ACME}/dt=2025-10-{day:02d}/" for day in (9, 10, 11)]
    assert 0 < scanned <= sum(size for key, size in sizes.items() if key.startswith(tuple(mine)))
    assert scanned < sum(sizes.values())


def test_nothing_landed_under_the_error_prefix(aws: Aws, lake: AthenaLake) -> None:
    assert "Contents" not in aws.client("s3").list_objects_v2(Bucket=BUCKET, Prefix="events-errors/")


def test_a_tenant_without_events_has_a_report_of_zeros(lake: AthenaLake) -> None:
    sql = compile_report(asked("volume", Grain.DAY), TenantId("t_new0000000000000000"))
    assert [r["offered"] for r in lake.run(sql).rows if r[TOTAL] != "0"] == ["0"]


def test_sql_that_fails_is_our_error(lake: AthenaLake) -> None:
    with pytest.raises(QueryFailed):
        lake.run("SELECT nothing FROM nowhere")
