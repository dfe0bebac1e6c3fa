"""What a validator says: a stable code, where, and a sentence; and what it must know of the tenant to say it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a flow from being published. path: JSON path in the document."""

    code: str
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class KnownFlow:
    """A published flow: the languages it speaks and the flows it calls."""

    languages: tuple[str, ...] = ()
    calls: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What the tenant has; None = not known, so not checked.

    queues: id to whether it records; prompts: addresses of recordings; flows: published.
    """

    queues: Mapping[str, bool] | None = None
    calendars: frozenset[str] | None = None
    surveys: frozenset[str] | None = None
    connectors: frozenset[str] | None = None
    prompts: frozenset[str] | None = None
    flows: Mapping[str, KnownFlow] | None = None

    def records(self, queue_id: str) -> bool:
        """The queue records its calls; an unknown one is taken to."""
        return True if self.queues is None else self.queues.get(queue_id, True)
