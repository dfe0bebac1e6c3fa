"""What wakes a handler, as SAM event properties.

Chalice declares each handler with a decorator and gives its event a name, an address and a batch size, but never the
settings that decide what a failure does. They are written over Chalice's event here, so that one object in the
template stays the only home of a mapping. Separate EventSourceMappings beside plain functions were the alternative;
they would have left Chalice's handlers, its event classes and its local tests unused.
"""

from typing import Any

from infra.apps import FAILURES, FromClock, FromEventStream, FromLiveTable, FromQueue, FromUserPool, Source
from infra.names import Names

PARTIAL_BATCH = ["ReportBatchItemFailures"]
OLDEST_RECORD_S = 24 * 3600


def properties(source: Source, names: Names, live_stream_arn: str) -> dict[str, Any]:
    """What is laid over the properties of Chalice's own event."""
    match source:
        case FromQueue(queue, batch):
            return {
                "Queue": names.queue_arn(queue),
                "BatchSize": batch,
                "FunctionResponseTypes": PARTIAL_BATCH,
            }
        case FromLiveTable(batch):
            return {"Stream": live_stream_arn, **_ordered(names, batch, window_s=0)}
        case FromEventStream(batch, window_s):
            return {"Stream": names.arn("kinesis", f"stream/{names.of('events')}"), **_ordered(names, batch, window_s)}
        case FromClock():
            return {"RetryPolicy": {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 300}}
        case FromUserPool():
            raise TypeError("The user pool asks by itself; it sends no events.")


def _ordered(names: Names, batch: int, window_s: int) -> dict[str, Any]:
    """Of an ordered source: a poison record is halved out, tried ten times, and set aside where an alarm sees it."""
    return {
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": batch,
        "MaximumBatchingWindowInSeconds": window_s,
        "FunctionResponseTypes": PARTIAL_BATCH,
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 10,
        "MaximumRecordAgeInSeconds": OLDEST_RECORD_S,
        "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": names.queue_arn(FAILURES)}},
    }
