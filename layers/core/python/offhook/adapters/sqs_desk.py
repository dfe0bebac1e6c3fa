"""The deployment's queues on SQS, found by their fixed names, on the platform's behalf."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from offhook.adapters.answering import answering
from offhook.adapters.guard import platform_scope
from offhook.domain.operators.queues import DEAD, FAILURES, WORKED, Depth, Letter

SILENT = "The queues did not answer."
BATCH = 10
HIDDEN_S = 5


@dataclass(frozen=True, slots=True)
class SqsDesk:
    """client: makes the client with its first use; prefix: of the deployment's names."""

    client: Callable[[], Any]
    prefix: str

    def depths(self) -> list[Depth]:
        """Two requests a queue."""
        names = [name for queue in WORKED for name in (queue, queue + DEAD)]
        with answering(SILENT), platform_scope():
            return [self._depth(name) for name in (*names, FAILURES)]

    def letters(self, queue: str, limit: int) -> list[Letter]:
        """Each is hidden from other readers for a moment."""
        with answering(SILENT), platform_scope():
            return [_letter(queue, one) for one in self._messages(queue, limit)]

    def redrive(self, queue: str, limit: int) -> int:
        """Sent before it is deleted: doubled is harmless, lost is not."""
        with answering(SILENT), platform_scope():
            home, source, moved = self._url(queue.removesuffix(DEAD)), self._url(queue), 0
            for message in self._messages(queue, limit):
                group = message.get("Attributes", {}).get("MessageGroupId")
                more = {"MessageGroupId": group} if group else {}
                self.client().send_message(QueueUrl=home, MessageBody=message["Body"], **more)
                self.client().delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])
                moved += 1
            return moved

    def _depth(self, name: str) -> Depth:
        asked = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.client().get_queue_attributes(QueueUrl=self._url(name), AttributeNames=asked)["Attributes"]
        return Depth(name, *(int(found[attribute]) for attribute in asked))

    def _messages(self, queue: str, limit: int) -> Iterator[dict[str, Any]]:
        url, seen = self._url(queue), set[str]()
        while len(seen) < limit:
            answer = self.client().receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=min(BATCH, limit - len(seen)),
                VisibilityTimeout=HIDDEN_S,
                MessageSystemAttributeNames=["All"],
            )
            fresh = [one for one in answer.get("Messages", []) if one["MessageId"] not in seen]
            if not fresh:
                return
            seen |= {one["MessageId"] for one in fresh}
            yield from fresh

    def _url(self, name: str) -> str:
        return str(self.client().get_queue_url(QueueName=f"{self.prefix}{name}")["QueueUrl"])


def _letter(queue: str, message: dict[str, Any]) -> Letter:
    told = message.get("Attributes", {})
    attempts, sent = int(told.get("ApproximateReceiveCount", 0)), int(told.get("SentTimestamp", 0))
    return Letter(queue, message["MessageId"], attempts, sent, message["Body"])
