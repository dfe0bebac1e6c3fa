"""Callers in real time, and what is known of their calls afterwards."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import requests

from tests.e2e.system import System, within
from tests.world import callers, checks

DRAIN_S = 300.0


@dataclass(frozen=True, slots=True)
class Traffic:
    """Calls to the demo's number of a system. dead: messages that were given up before."""

    system: System
    placed: set[str] = field(default_factory=set)
    dead: frozenset[str] = frozenset()

    @classmethod
    def to(cls, system: System) -> Self:
        """None placed yet."""
        return cls(system, dead=frozenset(letters(system)))

    def place(self, chance: random.Random, per_minute: float, enough: Callable[[int], bool]) -> None:
        """One call after the other, at random distances, until there are enough."""
        while not enough(len(self.placed)):
            body = {"from": callers.number(chance), "to": self.system.number(), "script": callers.script(chance)}
            answer = requests.post(f"{self.system.address()}/_carrier/calls", json=body, timeout=30)
            self.placed.add(answer.json()["sid"])
            time.sleep(chance.expovariate(per_minute / 60))

    def live(self) -> list[dict[str, Any]]:
        """The calls that are not over."""
        asked = {"live": "true"}
        answer = requests.get(f"{self.system.address()}/_carrier/calls", params=asked, timeout=30)
        return [call for call in answer.json()["calls"] if call["sid"] in self.placed]

    def drained(self) -> list[dict[str, Any]]:
        """The events in the lake, once every call is over and its contact closed there; fails when that takes long."""
        within(DRAIN_S, lambda: not self.live())
        told: list[dict[str, Any]] = within(DRAIN_S, self._settled)
        return told

    def contacts(self, told: list[dict[str, Any]]) -> set[str]:
        """The contacts of the placed calls."""
        return {e["contact_id"] for e in told if e["type"] == "contact_started" and e["call_sid"] in self.placed}

    def ended_once_each(self, told: list[dict[str, Any]]) -> None:
        """Every call became one contact with one outcome, in events, tables and report; nothing dead, nothing open."""
        mine = self.contacts(told)
        checks.visits_add_up([e for e in told if e.get("contact_id")])
        checks.offers_never_overlap(told)
        assert len(mine) == len(self.placed), "a contact is missing"
        replayed = checks.replayed_contacts([e for e in told if not e.get("contact_id") or e["contact_id"] in mine])
        assert set(replayed) == mine, "a contact has no end"
        tables = {c["id"]: c["outcome"] for c in self.system.answer("contacts", "--limit", "200")["data"]}
        known = {c: o for c, o in tables.items() if c in replayed}
        assert {c: replayed[c][1] for c in known} == known
        volume = self.system.answer("report", "volume")["totals"]
        assert volume["offered"] == sum(1 for e in told if e["type"] == "queue_visit_ended")
        assert letters(self.system) - self.dead == set(), "messages that were given up"

    def _settled(self) -> list[dict[str, Any]] | None:
        told = self.system.lake_events()
        closed = {e["contact_id"] for e in told if e["type"] == "contact_closed"}
        mine = self.contacts(told)
        return told if len(mine) == len(self.placed) and mine <= closed else None


def letters(system: System) -> set[str]:
    """The messages that could not be handled."""
    return {str(one["id"]) for one in system.answer("dead-letters", "list")}
