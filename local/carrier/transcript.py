"""What happened on a leg, step by step, as the person at its end would tell it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: index counts from 0, at is unix seconds, kind is a stable word, text is for reading."""

    index: int
    at: float
    kind: str
    text: str


@dataclass(slots=True)
class Transcript:
    entries: list[Entry] = field(default_factory=list)

    def add(self, at: float, kind: str, text: str) -> None:
        self.entries.append(Entry(len(self.entries), at, kind, text))

    def since(self, index: int) -> list[Entry]:
        """Entries from an index on, for reading a growing transcript piece by piece."""
        return self.entries[index:]

    def lines(self) -> list[str]:
        """The steps as words, for comparison in tests and for printing."""
        return [entry.text for entry in self.entries]
