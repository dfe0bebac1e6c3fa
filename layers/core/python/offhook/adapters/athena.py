"""Queries over the lake by Athena: start, wait, read the rows."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from offhook.adapters.guard import ambient_tenant
from offhook.domain.analytics.lake import Answer, LakeUnavailable, QueryFailed, QueryTimedOut
from offhook.domain.objects import results_of

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 1.5
PLATFORMS = "platform/"
_UNDER_WAY = ("QUEUED", "RUNNING")


class AthenaClient(Protocol):
    """What is used of boto3's Athena client."""

    def start_query_execution(self, **arguments: Any) -> dict[str, Any]:
        """As AWS documents it."""
        ...

    def get_query_execution(self, *, QueryExecutionId: str) -> dict[str, Any]:
        """As AWS documents it."""
        ...

    def get_query_results(self, **arguments: Any) -> dict[str, Any]:
        """As AWS documents it."""
        ...

    def stop_query_execution(self, *, QueryExecutionId: str) -> dict[str, Any]:
        """As AWS documents it."""
        ...


@dataclass(frozen=True, slots=True)
class AthenaLake:
    """The lake behind an Athena workgroup. longest_s: when to give up; wait: how to pause (seconds).

    results: the bucket of the answers, which lie below the prefix of the tenant that asks: its session may write and
    read no others.
    """

    client: AthenaClient
    workgroup: str
    database: str
    results: str
    longest_s: float
    wait: Callable[[float], None] = time.sleep

    def run(self, sql: str) -> Answer:
        """Run a query to its end; a query that is given up is stopped, but Athena bills what it read."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return self._run(sql)
        except (BotoCoreError, ClientError) as error:
            raise LakeUnavailable() from error

    def _run(self, sql: str) -> Answer:
        started = self.client.start_query_execution(
            QueryString=sql,
            WorkGroup=self.workgroup,
            QueryExecutionContext={"Database": self.database},
            ResultConfiguration={"OutputLocation": self._location()},
        )
        query_id = str(started["QueryExecutionId"])
        execution = self._ended(query_id)
        scanned = int(execution.get("Statistics", {}).get("DataScannedInBytes", 0))
        return Answer(query_id, tuple(self._rows(query_id)), scanned)

    def _location(self) -> str:
        tenant = ambient_tenant()
        return f"s3://{self.results}/{results_of(tenant) if tenant else PLATFORMS}"

    def _ended(self, query_id: str) -> dict[str, Any]:
        waited, pause = 0.0, FIRST_PAUSE_S
        while (execution := self._execution(query_id))["Status"]["State"] in _UNDER_WAY:
            if waited >= self.longest_s:
                self.client.stop_query_execution(QueryExecutionId=query_id)
                raise QueryTimedOut()
            self.wait(pause)
            waited, pause = waited + pause, min(pause * 1.5, LONGEST_PAUSE_S)
        if execution["Status"]["State"] != "SUCCEEDED":
            raise QueryFailed() from RuntimeError(execution["Status"].get("StateChangeReason", "no reason given"))
        return execution

    def _execution(self, query_id: str) -> dict[str, Any]:
        execution: dict[str, Any] = self.client.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
        return execution

    def _rows(self, query_id: str) -> Iterator[dict[str, str | None]]:
        """The rows of all pages; the first row of the first page is the heading."""
        token: dict[str, str] = {}
        heading = True
        while True:
            page = self.client.get_query_results(QueryExecutionId=query_id, **token)
            names = [c["Name"] for c in page["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]]
            for row in page["ResultSet"]["Rows"][1 if heading else 0 :]:
                yield dict(zip(names, (cell.get("VarCharValue") for cell in row["Data"]), strict=True))
            heading = False
            if "NextToken" not in page:
                return
            token = {"NextToken": page["NextToken"]}
