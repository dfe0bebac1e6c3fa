"""The platform's measures as a test says them."""

from dataclasses import dataclass, field

from offhook.domain.operators.gauges import Gauged


@dataclass
class MemoryGauges:
    """oldest_s, behind_s, errors: what is measured."""

    oldest_s: dict[str, float] = field(default_factory=dict)
    behind_s: dict[str, float] = field(default_factory=dict)
    errors: int = 0

    def measured(self, queues: tuple[str, ...]) -> Gauged:
        """Of these queues."""
        return Gauged({q: s for q, s in self.oldest_s.items() if q in queues}, self.behind_s)

    def lake_errors(self) -> int:
        """As said."""
        return self.errors
