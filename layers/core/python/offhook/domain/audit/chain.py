"""The chain of a tenant's audit entries: how each is linked to the one before, and what breaks it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256

from offhook.domain.ids import Instant

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did. actor: a user id, or the id of an API key; action: method and route; about: the parts of the
    path and the body, secrets taken out; request_id: as in the logs."""

    at: Instant
    actor: str
    role: str
    action: str
    about: dict[str, object] = field(default_factory=dict)
    address: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An act at its place. number: from 1 without gaps; previous, hash: hexadecimal SHA-256."""

    number: int
    act: Act
    previous: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries there are and the hash of the last."""

    number: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why."""

    number: int
    reason: str


def linked(head: Head, act: Act) -> Entry:
    """The act as the entry that follows the head."""
    entry = Entry(head.number + 1, act, head.hash)
    return replace(entry, hash=digest(entry))


def head_of(entry: Entry) -> Head:
    """The chain's end once the entry is in it."""
    return Head(entry.number, entry.hash)


def digest(entry: Entry) -> str:
    """The hash that the entry must carry."""
    content = {"number": entry.number, "previous": entry.previous, **asdict(entry.act)}
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def breaks(entries: Iterable[Entry], head: Head, known: Iterable[Head] = ()) -> Iterator[Break]:
    """Everything wrong with the chain from its first entry. known: ends that were noted elsewhere at earlier times."""
    noted, before = {one.number: one.hash for one in known}, Head()
    for entry in entries:
        yield from (Break(entry.number, reason) for reason in _faults(entry, before, noted.pop(entry.number, None)))
        before = head_of(entry)
    if before != head:
        yield Break(head.number, "the chain ends elsewhere than its head says")
    yield from (Break(number, "entries that were noted are missing") for number in noted if number > before.number)


def _faults(entry: Entry, before: Head, noted: str | None) -> Iterator[str]:
    if entry.number != before.number + 1:
        yield "an entry is missing or out of order"
    if entry.previous != before.hash:
        yield "it does not follow the entry before it"
    if entry.hash != digest(entry):
        yield "it was changed"
    if noted is not None and noted != entry.hash:
        yield "it is not the one that was noted"
