"""The services measure their queues and stream mappings: upstream's CloudWatch knows only what was put there by hand.

Measured when somebody asks, as AWS would have measured that minute; what has nothing to read is nowhere behind.
"""

import time
from collections.abc import Iterator
from typing import Any

from ministack.services import cloudwatch, lambda_svc, sqs

from local.aws.repairs.streams.shards import shards_of

Measure = tuple[str, str, dict[str, str], str, float]


def apply() -> None:
    """Store the present measures before each question for data."""
    answer = cloudwatch._get_metric_data

    def measured(*arguments: Any, **named: Any) -> Any:
        now = time.time()
        for namespace, name, dimensions, unit, value in (*_queues(now), *_mappings(now)):
            cloudwatch._store_datum(namespace, name, dimensions, now, unit, value, None, None, None)
        return answer(*arguments, **named)

    cloudwatch._get_metric_data = measured


def _queues(now: float) -> Iterator[Measure]:
    for queue in list(sqs._queues.values()):
        sent = [float(message.get("sent_at", now)) for message in list(queue["messages"])]
        age_s = now - min(sent) if sent else 0.0
        yield "AWS/SQS", "ApproximateAgeOfOldestMessage", {"QueueName": str(queue["name"])}, "Seconds", age_s


def _mappings(now: float) -> Iterator[Measure]:
    for mapping in list(lambda_svc._esms.values()):
        next_ones = [shard.read(shard.position(), 1) for shard in shards_of(mapping)]
        if not next_ones:
            continue
        first = [s.arrived_at(r[0]) for s, r in zip(shards_of(mapping), next_ones, strict=True) if r]
        function = str(mapping["FunctionArn"]).rsplit(":", 1)[-1]
        age_ms = max(0.0, now - min(first)) * 1000 if first else 0.0
        yield "AWS/Lambda", "IteratorAge", {"FunctionName": function}, "Milliseconds", age_ms
