"""An event on its way to the stream, and the stream as a port."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outbound:
    """One record: those of the same partition key keep their order; source = sequence number of its change."""

    partition_key: str
    body: bytes
    source: str = ""


class EventStream(Protocol):
    """Where events go (Kinesis)."""

    def put(self, records: Sequence[Outbound]) -> list[bool]:
        """Try to put each record and say of each whether it is there; order is kept between calls only."""
        ...
