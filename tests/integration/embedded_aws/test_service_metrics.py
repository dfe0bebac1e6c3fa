"""How long a queue's oldest message waits and how far a reader is behind, as the operator's desk reads it."""

import time

from offhook.adapters.gauges import AwsGauges
from offhook.adapters.system import SystemClock

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit


def gauges(endpoint: Endpoint) -> AwsGauges:
    return AwsGauges(lambda service: kit.client(endpoint, service), SystemClock(), "", kit.unique("lake"))


def waiting(endpoint: Endpoint) -> str:
    queue = kit.queue(endpoint)
    queue.sqs.send_message(QueueUrl=queue.url, MessageBody="{}")
    return queue.url.rsplit("/", 1)[-1]


def test_upstream_measures_nothing(stock: Endpoint) -> None:
    name = waiting(stock)
    assert gauges(stock).measured((name,)).oldest_s == {}


def test_the_oldest_message_grows_older_until_it_is_taken(repaired: Endpoint) -> None:
    sent_at, name = time.time(), waiting(repaired)
    empty = kit.queue(repaired).url.rsplit("/", 1)[-1]
    found = kit.eventually(lambda: gauges(repaired).measured((name, empty)).oldest_s)
    assert 0 < found[name] <= time.time() - sent_at and found[empty] == 0


def test_the_files_under_the_error_prefix_are_counted(repaired: Endpoint) -> None:
    desk = gauges(repaired)
    s3 = kit.client(repaired, "s3")
    s3.create_bucket(Bucket=desk.bucket)
    assert desk.lake_errors() == 0
    s3.put_object(Bucket=desk.bucket, Key="events-errors/processing-failed/a", Body=b"{}")
    assert desk.lake_errors() == 1


def test_a_reader_that_fails_falls_behind_and_one_with_nothing_to_read_is_not(repaired: Endpoint) -> None:
    name, arn = kit.stream(repaired)
    failing = kit.function(repaired, "def handler(event, context): raise ValueError('no')")
    kit.map_source(repaired, arn, failing)
    assert kit.eventually(lambda: _behind_s(repaired, failing) == [0.0])
    kit.client(repaired, "kinesis").put_record(StreamName=name, Data=b"x", PartitionKey="p")
    assert kit.eventually(lambda: [s for s in _behind_s(repaired, failing) if s > 0.2])


def _behind_s(endpoint: Endpoint, function: str) -> list[float]:
    """As the desk reads it, for a function that is none of ours."""
    desk = gauges(endpoint)
    asked = desk._query("c0", "Lambda", "IteratorAge", "FunctionName", function)
    now = time.time()
    answer = kit.client(endpoint, "cloudwatch").get_metric_data(
        MetricDataQueries=[asked], StartTime=now - 600, EndTime=now + 60, ScanBy="TimestampDescending"
    )
    return [value / 1000 for one in answer["MetricDataResults"] for value in one["Values"][:1]]
