"""A worker for jobs that dies at any read, write or file, and gets its message again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

from offhook import wiring
from offhook.adapters.memory.objects import MemoryObjects
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.ids import TenantId
from offhook.domain.messages import JOBS, Message
from offhook.wiring.memory import MemoryWorld

Handle = Callable[[Message], object]


class Died(BaseException):
    """The process is gone; nothing catches this."""


class Mortal:
    """Calls of the outside, counted; the one at `at` is not made, or is made and not heard of."""

    def __init__(self, at: int = -1) -> None:
        self.at, self.calls = at, 0

    def __call__(self) -> None:
        self.calls += 1
        if self.calls - 1 == self.at:
            raise Died()


def work_off(world: MemoryWorld, handle: Handle, at: int = -1) -> int:
    """Handle the messages of the queue `jobs` until none is left; how many calls of the outside that took."""
    mortal, waiting = Mortal(at), _taken(world)
    with _deadly(mortal):
        while waiting:
            with suppress(Died):
                handle(waiting[0])
                waiting = waiting[1:]
            waiting += _taken(world)
    return mortal.calls


def deps_of(world: MemoryWorld, tenant: TenantId) -> Any:
    """The stores of a tenant as a worker has them."""
    return wiring.deps_for(world.tenant_context(tenant))


def _taken(world: MemoryWorld) -> list[Message]:
    found = [message for message, _ in world.queue.sent if message.topic in JOBS]
    world.queue.sent[:] = [(m, d) for m, d in world.queue.sent if m.topic not in JOBS]
    return found


@contextmanager
def _deadly(mortal: Mortal) -> Iterator[None]:
    request, put = MemoryStore.request, MemoryObjects.put

    def asked(store: MemoryStore, operation: str) -> None:
        mortal()
        request(store, operation)

    def kept(objects: MemoryObjects, key: str, content: bytes) -> None:
        put(objects, key, content)
        mortal()

    with patch.object(MemoryStore, "request", asked), patch.object(MemoryObjects, "put", kept):
        yield
