"""Puts what did not fit the lake on the event stream again: a file is removed when all of it is there."""

from dataclasses import dataclass
from typing import Protocol

from offhook.domain.analytics.misfits import ERRORS, misfits_in
from offhook.domain.analytics.outbound import EventStream


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
    """events: put on the stream; files: done with; left: lines that nobody can read, or that the stream refused."""

    events: int = 0
    files: int = 0
    left: int = 0


def replay(files: ErrorFiles, stream: EventStream) -> Replayed:
    """Publish every event of the error prefix once, and keep what could not be published where it was.

    A process that dies after publishing a file's events and before removing it publishes them again next time: whoever
    reads the stream, and every report, knows events by their id.
    """
    total = Replayed()
    for key in files.list(f"{ERRORS}/"):
        text = files.read(key)
        if text is not None:
            done = _one(files, stream, key, text)
            total = Replayed(total.events + done.events, total.files + done.files, total.left + done.left)
    return total


def _one(files: ErrorFiles, stream: EventStream, key: str, text: str) -> Replayed:
    found = misfits_in(text)
    there = stream.put(found.events) if found.events else []
    refused = len(there) - sum(there)
    if refused:  # the whole file again next time: what is there twice counts once
        return Replayed(sum(there), 0, refused + len(found.unreadable))
    if not found.unreadable:
        files.delete(key)
        return Replayed(len(there), 1, 0)
    if found.events:
        files.write(key, "\n".join(found.unreadable) + "\n")
    return Replayed(len(there), 0, len(found.unreadable))
