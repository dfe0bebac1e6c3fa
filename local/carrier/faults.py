"""Disturbances on request: what networks and carriers do to callbacks and to REST answers."""

import random
import re
from dataclasses import asdict, dataclass, field
from typing import Any

WEBHOOK_EFFECTS = ("duplicate", "delay", "reorder", "drop", "answer_lost")
REST_EFFECTS = ("429", "500", "503", "500_after", "timeout_after")


@dataclass(slots=True)
class Fault:
    """One rule. kind: a callback kind, "rest" or "*"; url: a pattern searched in the address (for REST: "POST /path").

    effect: one of WEBHOOK_EFFECTS or REST_EFFECTS. It strikes with a probability, at most
    `count` times (None: no limit).
    """

    effect: str
    kind: str = "*"
    url: str = ""
    probability: float = 1.0
    count: int | None = None
    delay_s: float = 5.0
    struck: int = 0

    def __post_init__(self) -> None:
        if self.effect not in WEBHOOK_EFFECTS + REST_EFFECTS:
            raise ValueError(f"unknown effect {self.effect!r}")
        re.compile(self.url)

    def strikes(self, kind: str, url: str, rng: random.Random) -> bool:
        """Decide once for one request, and count it."""
        if self.count is not None and self.struck >= self.count:
            return False
        if self.kind not in ("*", kind) or not re.search(self.url, url):
            return False
        if self.probability < 1.0 and rng.random() >= self.probability:
            return False
        self.struck += 1
        return True


@dataclass(frozen=True, slots=True)
class Plan:
    """How one webhook is delivered: after which delays, or not at all."""

    delays_s: tuple[float, ...] = (0.0,)
    dropped: bool = False
    answer_lost: bool = False


@dataclass(slots=True)
class Faults:
    """The rules in force; empty means a perfect world."""

    rng: random.Random
    rules: list[Fault] = field(default_factory=list)

    def add(self, effect: str, **settings: Any) -> Fault:
        """Add a rule, for example add("duplicate", kind="status", probability=0.1)."""
        rule = Fault(effect, **settings)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        self.rules.clear()

    def plan(self, kind: str, url: str) -> Plan:
        """What happens to one webhook."""
        struck = [rule for rule in self._rules(WEBHOOK_EFFECTS) if rule.strikes(kind, url, self.rng)]
        effects = {rule.effect for rule in struck}
        if "drop" in effects:
            return Plan((), dropped=True)
        delay_s = sum(self._delay(rule) for rule in struck if rule.effect in ("delay", "reorder"))
        copies = [delay_s + self.rng.uniform(0, rule.delay_s) for rule in struck if rule.effect == "duplicate"]
        return Plan((delay_s, *copies), answer_lost="answer_lost" in effects)

    def rest(self, method: str, path: str) -> str | None:
        """The effect on one REST request, if any."""
        for rule in self._rules(REST_EFFECTS):
            if rule.strikes("rest", f"{method} {path}", self.rng):
                return rule.effect
        return None

    def _delay(self, rule: Fault) -> float:
        return rule.delay_s if rule.effect == "delay" else self.rng.uniform(0.0, rule.delay_s)

    def _rules(self, effects: tuple[str, ...]) -> list[Fault]:
        return [rule for rule in self.rules if rule.effect in effects]

    def listing(self) -> list[dict[str, Any]]:
        return [asdict(rule) for rule in self.rules]
