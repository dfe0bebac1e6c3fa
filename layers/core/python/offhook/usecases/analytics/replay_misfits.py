"""Puts what did not fit the lake on the event stream again: a file is removed when all of it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from offhook.domain.analytics.misfits import ERRORS, misfits_in
from offhook.domain.analytics.outbound import EventStream, Outbound
from offhook.domain.ids import TenantId


class ErrorFiles(Protocol):
    """The lake's bucket."""

    def list(self, prefix: str) -> list[str]:
        """The keys below a prefix."""
        ...

    def read(self, key: str) -> str | None:
        """A file; None when somebody else removed it."""
        ...

    def write(self, key: str, text: str) -> None:
        """Replace a file."""
        ...

    def delete(self, key: str) -> None:
        """Remove it; nothing there is no error."""
        ...


@dataclass(frozen=True, slots=True)
class Replayed:
    """events: put on the stream; files: done with; left: lines that nobody can read, or that the stream refused.

    erased: events of erased tenants, removed.
    """

    events: int = 0
    files: int = 0
    left: int = 0
    erased: int = 0

    def __add__(self, other: "Replayed") -> "Replayed":
        """Both together."""
        return Replayed(
            self.events + other.events,
            self.files + other.files,
            self.left + other.left,
            self.erased + other.erased,
        )


def replay(files: ErrorFiles, stream: EventStream, is_erased: Callable[[TenantId], bool]) -> Replayed:
    """Publish every event of the error prefix once, and keep what could not be published where it was.

    What an erased tenant left there is removed: published, it would be in the lake again.
    A process that dies after publishing a file's events and before removing it publishes them again next time: whoever
    reads the stream, and every report, knows events by their id.
    """
    total = Replayed()
    for key in files.list(f"{ERRORS}/"):
        text = files.read(key)
        if text is not None:
            total += _one(files, stream, key, text, is_erased)
    return total


def _one(
    files: ErrorFiles, stream: EventStream, key: str, text: str, is_erased: Callable[[TenantId], bool]
) -> Replayed:
    found = misfits_in(text)
    wanted = [event for event in found.events if not is_erased(_tenant_of(event))]
    there = stream.put(wanted) if wanted else []
    refused = len(there) - sum(there)
    if refused:  # the whole file again next time: what is there twice counts once
        return Replayed(sum(there), left=refused + len(found.unreadable))
    erased = len(found.events) - len(wanted)
    if not found.unreadable:
        files.delete(key)
        return Replayed(len(there), files=1, erased=erased)
    if found.events:
        files.write(key, "\n".join(found.unreadable) + "\n")
    return Replayed(len(there), left=len(found.unreadable), erased=erased)


def _tenant_of(event: Outbound) -> TenantId:
    return TenantId(event.partition_key.partition("#")[0])
