"""`offhook dead-letters`: messages that could not be handled; straight at the queues, for the operator."""

import json
from collections.abc import Iterator
from typing import Any

import click

from offhook_cli import aws, output
from offhook_cli.options import json_option
from offhook_cli.places import NotSetUp

DEAD = {
    "work-dead": "work",
    "jobs-dead": "jobs",
    "deliveries-dead": "deliveries",
    "provisioning-dead": "provisioning",
    "failures": "",
}
LOOK_S = 2
BATCH = 10
MOST = 1000


@click.group("dead-letters")
def dead_letters() -> None:
    """List and redrive messages that could not be handled."""


@dead_letters.command("list")
@json_option
def list_letters(to_json: bool) -> None:
    """Show them; they stay where they are."""
    sqs, found = aws.client("sqs"), []
    for queue in DEAD:
        found += [_shown(queue, message) for message in _messages(sqs, _url(sqs, queue))]
    if to_json:
        output.as_json(found)
    else:
        click.echo(output.table(found, ("queue", "id", "attempts", "body"), "no dead letters"))


@dead_letters.command()
@click.option("--queue", type=click.Choice([dead for dead, home in DEAD.items() if home]), help="Only this one.")
@json_option
def redrive(queue: str | None, to_json: bool) -> None:
    """Send dead work back to where it came from; handling a message again changes nothing that was done."""
    sqs, moved = aws.client("sqs"), {}
    for dead, home in DEAD.items():
        if home and queue in (None, dead):
            source, target = _url(sqs, dead), _url(sqs, home)
            moved[home] = sum(_move(sqs, message, source, target) for message in _messages(sqs, source))
    if to_json:
        output.as_json(moved)
    else:
        click.echo("\n".join(f"{home}: {count} sent back" for home, count in moved.items()))


def _move(sqs: Any, message: dict[str, Any], source: str, target: str) -> int:
    """Sent before it is deleted: doubled is harmless, lost is not."""
    group = message.get("Attributes", {}).get("MessageGroupId")
    sqs.send_message(QueueUrl=target, MessageBody=message["Body"], **({"MessageGroupId": group} if group else {}))
    sqs.delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])
    return 1


def _messages(sqs: Any, url: str) -> Iterator[dict[str, Any]]:
    """All messages; each is hidden from others for a moment only."""
    seen: set[str] = set()
    while len(seen) < MOST:
        answer = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=BATCH, VisibilityTimeout=LOOK_S, MessageSystemAttributeNames=["All"]
        )
        fresh = [message for message in answer.get("Messages", []) if message["MessageId"] not in seen]
        if not fresh:
            return
        seen |= {message["MessageId"] for message in fresh}
        yield from fresh


def _shown(queue: str, message: dict[str, Any]) -> dict[str, Any]:
    try:
        body = json.loads(message["Body"])
    except ValueError:
        body = message["Body"]
    attempts = message.get("Attributes", {}).get("ApproximateReceiveCount", "")
    return {"queue": queue, "id": message["MessageId"], "attempts": attempts, "body": body}


def _url(sqs: Any, queue: str) -> str:
    name = f"{aws.prefix()}-{queue}"
    try:
        return str(sqs.get_queue_url(QueueName=name)["QueueUrl"])
    except sqs.exceptions.QueueDoesNotExist as missing:
        raise NotSetUp(f"There is no queue {name}; STAGE names the deployment.") from missing
