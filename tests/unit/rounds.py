"""The clock of the tests: a schedule is woken, and its hints are handled as the queue would deliver them."""

from collections.abc import Callable
from typing import Any

from offhook.domain.messages import Message, Topic
from offhook.wiring.memory import MemoryWorld

from tests.unit.integrations.office import sqs_event

TICK: Any = {"version": "0", "account": "1", "region": "r", "detail": {}, "detail-type": "Scheduled Event",
             "source": "aws.events", "time": "", "id": "1", "resources": []}  # fmt: skip
Handler = Callable[[Any, Any], Any]


def wake(world: MemoryWorld, schedule: Handler, worker: Handler, *topics: Topic) -> list[Message]:
    """Wake the schedule and have its hints of these topics handled; those that failed are left on the queue."""
    schedule(TICK, None)
    hints = [(message, delay) for message, delay in world.queue.sent if message.topic in topics]
    world.queue.sent[:] = [one for one in world.queue.sent if one[0].topic not in topics]
    failed = [hint for hint in hints if worker(sqs_event([hint[0]]), None)["batchItemFailures"]]
    world.queue.sent += failed
    return [message for message, _ in failed]
