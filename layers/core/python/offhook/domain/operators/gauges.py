"""The port to what the platform's queues, streams and lake say of themselves beside their depth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

CONSUMERS = ("analytics-publish", "analytics-count", "analytics-ledger", "integrations-fan_out")


@dataclass(frozen=True, slots=True)
class Gauged:
    """The last measures of the past minutes, in seconds; what was not measured then is missing.

    oldest_s: by queue, how long the oldest message has waited; behind_s: by consumer of a stream, how far it is behind.
    """

    oldest_s: Mapping[str, float]
    behind_s: Mapping[str, float]


class Gauges(Protocol):
    """Of one deployment; raises StoreUnavailable."""

    def measured(self, queues: tuple[str, ...]) -> Gauged:
        """The measures of these queues and of all consumers."""
        ...

    def lake_errors(self) -> int:
        """How many files lie under the lake's error prefix."""
        ...
