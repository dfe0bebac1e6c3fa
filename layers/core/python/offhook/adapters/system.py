"""Real time and real chance."""

import secrets
import time

from offhook.domain.ids import Instant

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


class SystemClock:
    """The clock of the machine."""

    def now(self) -> Instant:
        """Milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000


class RandomIds:
    """Ids that nobody can guess: 103 bits from the operating system."""

    def new(self, prefix: str) -> str:
        """Prefix, underscore, 20 characters of [0-9a-z]."""
        return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(20))}"
