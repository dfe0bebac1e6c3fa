"""Where the carrier reports to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback address with the events it wants; no events means none are sent."""

    url: str
    method: str = "POST"
    events: frozenset[str] = frozenset()

    def wants(self, event: str) -> bool:
        return bool(self.url) and event in self.events


NO_CALLBACK = Callback("")
