"""The analytics function: routes only."""

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent, KinesisEvent

app = Chalice(app_name="analytics", configure_logs=False)


@app.route("/health")
def health() -> dict[str, str]:
    """Says that the function is packaged and answers."""
    return {"function": "analytics"}


@app.on_dynamodb_record(stream_arn="live", name="publish")
def publish(event: DynamoDBEvent) -> dict[str, list[str]]:
    """The outbox of the live table, to the event stream."""
    return {"batchItemFailures": []}


@app.on_dynamodb_record(stream_arn="live", name="count")
def count(event: DynamoDBEvent) -> dict[str, list[str]]:
    """Live counters, alerts and the live channel."""
    return {"batchItemFailures": []}


@app.on_kinesis_record(stream="events", name="ledger")
def ledger(event: KinesisEvent) -> dict[str, list[str]]:
    """Usage and cost of each contact."""
    return {"batchItemFailures": []}


@app.schedule("cron(15 1 * * ? *)", name="compact")
def compact(event: CloudWatchEvent) -> None:
    """Yesterday's lake files, few and sorted."""
