"""The work queue on SQS: a standard queue that is fair between tenants by their message group."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import msgspec

from offhook.domain.errors import StoreUnavailable
from offhook.domain.messages import Message, Topic

LONGEST_DELAY_S = 900


@dataclass(frozen=True, slots=True)
class SqsOutgoing:
    """Sends through a client that is made with the first message. elsewhere: topics that have another queue."""

    client: Callable[[], Any]
    queue_url: str
    elsewhere: Mapping[Topic, str] = field(default_factory=dict)

    def send(self, message: Message, delay_s: float = 0.0) -> None:
        """One request; raises StoreUnavailable when SQS did not take it."""
        from botocore.exceptions import BotoCoreError, ClientError

        if not 0 <= delay_s <= LONGEST_DELAY_S:
            raise ValueError(f"A delay is 0 to {LONGEST_DELAY_S} s, not {delay_s}.")
        try:
            self.client().send_message(
                QueueUrl=self.elsewhere.get(message.topic, self.queue_url),
                MessageBody=msgspec.json.encode(message).decode(),
                MessageGroupId=message.tenant_id,
                DelaySeconds=ceil(delay_s),
            )
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable("The work queue did not take the message.") from error


def message_of(body: str) -> Message:
    """The message in an SQS record's body; raises msgspec.MsgspecError when it is none of ours."""
    return msgspec.json.decode(body, type=Message)
