"""Callers of many kinds, at random moments."""

import random
import re
from dataclasses import dataclass
from typing import Any

import click

from offhook_cli.http import Carrier

KNOWN = ("+14155550123", "+14155550188")
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
KINDS: tuple[tuple[int, str], ...] = (
    (40, "press 1, press {csat}, press {yes}, press {nps}"),
    (30, "press 2, press {csat}, press {yes}, press {nps}"),
    (8, "press 3"),
    (7, "hang up after 6 s"),
    (8, "press 1, hang up after {patience} s"),
    (7, "press 9, press 2, press {csat}, hang up after 2 s"),
)


@dataclass(slots=True)
class Traffic:
    """Calls as a Poisson process."""

    network: Carrier
    to: str
    chance: random.Random
    calls_per_hour: float

    def gap_s(self) -> float:
        """Until the next call."""
        return self.chance.expovariate(self.calls_per_hour / 3600)

    def place_one(self) -> dict[str, Any]:
        """One call; who called and what they will do."""
        caller, script = self._caller(), self._script()
        return {"sid": self.network.place_call(caller, self.to, script), "from": caller, "script": script}

    def _caller(self) -> str:
        known = self.chance.random() < 0.25
        return self.chance.choice(KNOWN) if known else f"+1415555{self.chance.randrange(2000, 10000)}"

    def _script(self) -> str:
        kind = self.chance.choices([words for _, words in KINDS], [weight for weight, _ in KINDS])[0]
        return kind.format(
            csat=self.chance.choices("1234", (50, 30, 12, 8))[0],
            yes=self.chance.choices("12", (80, 20))[0],
            nps=self.chance.choice(("6", "8", "9", "10")),
            patience=self.chance.randrange(8, 45),
        )


def duration_s(words: str) -> float:
    """Seconds of "90", "90s", "10m", "1h"; raises click.UsageError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", words)
    if match is None:
        raise click.UsageError(f"{words} is no duration; give 90s, 10m or 1h.")
    return float(match[1]) * UNITS[match[2]]
