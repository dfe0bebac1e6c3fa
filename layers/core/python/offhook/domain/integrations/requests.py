"""The port over which requests leave for addresses that tenants name, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from offhook.domain.integrations.addresses import Policy


@dataclass(frozen=True, slots=True)
class Outbound:
    """One request. timeout_s: for everything together, from looking up the name to the last byte."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = b""
    timeout_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other side said. status 0: nothing, and reason says why, in one stable word.

    headers: by lower-case name; body: at most 64 KB of it.
    """

    status: int
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    latency_ms: int = 0


class HttpSender(Protocol):
    """Sends to addresses that the rule allows, and to no others."""

    @property
    def policy(self) -> Policy:
        """Where requests may go."""
        ...

    def send(self, request: Outbound) -> Answered:
        """The answer; never raises, never follows a redirection."""
        ...
