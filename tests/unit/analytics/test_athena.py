"""Athena's answers become rows; what it fails or never finishes becomes our errors."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from offhook.adapters.athena import AthenaLake
from offhook.adapters.guard import tenant_scope
from offhook.domain.analytics.lake import LakeUnavailable, QueryFailed, QueryTimedOut
from offhook.domain.ids import TenantId


class ScriptedAthena:
    """Goes through the states, then serves the pages."""

    def __init__(self, states: list[str], pages: list[list[list[str | None]]]) -> None:
        self.states, self.pages, self.stopped = states, pages, False
        self.started: dict[str, Any] = {}

    def start_query_execution(self, **arguments: Any) -> dict[str, Any]:
        self.started = arguments
        return {"QueryExecutionId": "id1"}

    def get_query_execution(self, *, QueryExecutionId: str) -> dict[str, Any]:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return {"QueryExecution": {"Status": {"State": state}, "Statistics": {"DataScannedInBytes": 77}}}

    def get_query_results(self, *, QueryExecutionId: str, NextToken: str = "0") -> dict[str, Any]:
        number = int(NextToken)
        rows = [{"Data": [{} if v is None else {"VarCharValue": v} for v in row]} for row in self.pages[number]]
        columns = {"ColumnInfo": [{"Name": "queue"}, {"Name": "offered"}]}
        more = {"NextToken": str(number + 1)} if number + 1 < len(self.pages) else {}
        return {"ResultSet": {"Rows": rows, "ResultSetMetadata": columns}, **more}

    def stop_query_execution(self, *, QueryExecutionId: str) -> dict[str, Any]:
        self.stopped = True
        return {}


def test_rows_of_all_pages_come_without_the_heading_and_null_as_none():
    client = ScriptedAthena(["QUEUED", "RUNNING", "SUCCEEDED"], [[["queue", "offered"], ["a", "1"]], [[None, "2"]]])
    answer = AthenaLake(client, "reports", "lake", "answers", 25, lambda _: None).run("SELECT 1")
    assert answer.rows == ({"queue": "a", "offered": "1"}, {"queue": None, "offered": "2"})
    assert answer.bytes_scanned == 77
    assert client.started["WorkGroup"] == "reports"
    assert client.started["ResultConfiguration"] == {"OutputLocation": "s3://answers/platform/"}


def test_an_answer_lies_below_the_prefix_of_the_tenant_that_asks():
    client = ScriptedAthena(["SUCCEEDED"], [[["queue", "offered"]]])
    with tenant_scope(TenantId("t_a")):
        AthenaLake(client, "reports", "lake", "answers", 25).run("SELECT 1")
    assert client.started["ResultConfiguration"] == {"OutputLocation": "s3://answers/t/t_a/results/"}


def test_a_failed_query_is_our_error():
    with pytest.raises(QueryFailed):
        AthenaLake(ScriptedAthena(["FAILED"], []), "w", "d", "r", 25).run("SELECT 1")


def test_a_query_that_never_ends_is_stopped_after_longer_and_longer_pauses():
    pauses: list[float] = []
    client = ScriptedAthena(["RUNNING"], [])
    with pytest.raises(QueryTimedOut):
        AthenaLake(client, "w", "d", "r", 25, pauses.append).run("SELECT 1")
    assert client.stopped and 25 <= sum(pauses) < 27 and len(pauses) < 30


def test_no_answer_from_athena_means_reports_are_unavailable():
    class Gone(ScriptedAthena):
        def start_query_execution(self, **_: Any) -> dict[str, Any]:
            raise ClientError({"Error": {"Code": "TooManyRequestsException"}}, "StartQueryExecution")

    with pytest.raises(LakeUnavailable):
        AthenaLake(Gone([], []), "w", "d", "r", 25).run("SELECT 1")
