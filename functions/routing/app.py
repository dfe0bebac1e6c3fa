"""The routing function: routes only."""

from chalice.app import Chalice, CloudWatchEvent, SQSEvent

app = Chalice(app_name="routing", configure_logs=False)


@app.route("/health")
def health() -> dict[str, str]:
    """Says that the function is packaged and answers."""
    return {"function": "routing"}


@app.on_sqs_message(queue="work", name="work")
def work(event: SQSEvent) -> dict[str, list[str]]:
    """Hints on the work queue."""
    return {"batchItemFailures": []}


@app.on_sqs_message(queue="timers", name="timers")
def timers(event: SQSEvent) -> dict[str, list[str]]:
    """Hints that were sent with a delay."""
    return {"batchItemFailures": []}


@app.schedule("rate(1 minute)", name="sweep")
def sweep(event: CloudWatchEvent) -> None:
    """What a lost hint would have done."""
