"""CloudWatch's measures of queues and stream consumers, and the lake's error files, on the platform's behalf."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from offhook.adapters.answering import answering
from offhook.adapters.guard import platform_scope
from offhook.domain.analytics.misfits import ERRORS
from offhook.domain.ids import Clock
from offhook.domain.operators.gauges import CONSUMERS, Gauged

SILENT = "The measures cannot be read now."
BACK = timedelta(minutes=10)  # SQS measures each minute and tells some minutes later
PERIOD_S = 60


@dataclass(frozen=True, slots=True)
class AwsGauges:
    """client: makes the client of a service with its first use; prefix: of the deployment's names; bucket: the lake."""

    client: Callable[[str], Any]
    clock: Clock
    prefix: str
    bucket: str

    def measured(self, queues: tuple[str, ...]) -> Gauged:
        """One request."""
        now = datetime.fromtimestamp(self.clock.now() / 1000, UTC)
        asked = [self._query(f"q{n}", "SQS", "ApproximateAgeOfOldestMessage", "QueueName", q) for n, q in _with(queues)]
        asked += [self._query(f"c{n}", "Lambda", "IteratorAge", "FunctionName", c) for n, c in _with(CONSUMERS)]
        with answering(SILENT), platform_scope():
            answer = self.client("cloudwatch").get_metric_data(
                MetricDataQueries=asked,
                StartTime=now - BACK,
                EndTime=now + timedelta(seconds=PERIOD_S),
                ScanBy="TimestampDescending",
            )
        last = {one["Id"]: float(one["Values"][0]) for one in answer["MetricDataResults"] if one["Values"]}
        return Gauged(
            {queue: last[f"q{n}"] for n, queue in _with(queues) if f"q{n}" in last},
            {consumer: last[f"c{n}"] / 1000 for n, consumer in _with(CONSUMERS) if f"c{n}" in last},
        )

    def lake_errors(self) -> int:
        """One request for each thousand."""
        with answering(SILENT), platform_scope():
            listing = self.client("s3").get_paginator("list_objects_v2")
            return sum(len(p.get("Contents", [])) for p in listing.paginate(Bucket=self.bucket, Prefix=f"{ERRORS}/"))

    def _query(self, id: str, service: str, name: str, dimension: str, of: str) -> dict[str, Any]:
        dimensions = [{"Name": dimension, "Value": f"{self.prefix}{of}"}]
        metric = {"Namespace": f"AWS/{service}", "MetricName": name, "Dimensions": dimensions}
        return {"Id": id, "MetricStat": {"Metric": metric, "Period": PERIOD_S, "Stat": "Maximum"}}


def _with(names: tuple[str, ...]) -> list[tuple[int, str]]:
    return list(enumerate(names))
