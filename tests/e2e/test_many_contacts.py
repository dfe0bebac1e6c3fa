"""Many contacts in real time on the embedded AWS, with a carrier that misbehaves: the promises hold there too."""

import os
import random
import time
from typing import Any

import pytest
import requests

from tests.e2e.system import System, within
from tests.world import callers, checks

CONTACTS = int(os.environ.get("OFFHOOK_E2E_CONTACTS", "100"))
PER_MINUTE = 20.0
DRAIN_S = 300.0
FAULTS = (
    {"effect": "duplicate", "probability": 0.05},
    {"effect": "delay", "kind": "status", "probability": 0.1, "delay_s": 5},
    {"effect": "drop", "kind": "status", "probability": 0.03},
    {"effect": "drop", "kind": "conference", "probability": 0.03},
    {"effect": "429", "kind": "rest", "probability": 0.03},
    {"effect": "timeout_after", "kind": "rest", "probability": 0.02},
)

pytestmark = [pytest.mark.e2e, pytest.mark.soak]


def test_contacts_in_real_time_each_end_once_with_nothing_offered_twice_and_nothing_left(system: System) -> None:
    base = system.address()
    for fault in FAULTS:
        requests.post(f"{base}/_carrier/faults", json=fault, timeout=10).raise_for_status()
    placed = _place_calls(base, system.number())
    requests.delete(f"{base}/_carrier/faults", timeout=10).raise_for_status()

    within(DRAIN_S, lambda: not [c for c in _live(base) if c["sid"] in placed])
    told = within(DRAIN_S, lambda: _settled(system, placed))

    ours = [e for e in told if e.get("contact_id", "") in _contacts_of(told, placed) or not e.get("contact_id")]
    checks.visits_add_up([e for e in told if e.get("contact_id")])
    checks.offers_never_overlap(told)
    assert len(_contacts_of(told, placed)) == len(placed), "a contact is missing"
    tables = {c["id"]: c["outcome"] for c in system.answer("contacts", "--limit", "200")["data"]}
    replayed = checks.replayed_contacts(ours)
    assert {c: replayed[c][1] for c in tables if c in replayed} == {c: o for c, o in tables.items() if c in replayed}
    volume = system.answer("report", "volume")["totals"]
    assert volume["offered"] == sum(1 for e in told if e["type"] == "queue_visit_ended")
    assert system.answer("dead-letters", "list") == []


def _place_calls(base: str, number: str) -> set[str]:
    chance, placed = random.Random(7), set()
    for _ in range(CONTACTS):
        body = {"from": callers.number(chance), "to": number, "script": callers.script(chance)}
        answer = requests.post(f"{base}/_carrier/calls", json=body, timeout=30)
        placed.add(answer.json()["sid"])
        time.sleep(chance.expovariate(PER_MINUTE / 60))
    return placed


def _live(base: str) -> list[dict[str, Any]]:
    answer = requests.get(f"{base}/_carrier/calls", params={"live": "true"}, timeout=30)
    found: list[dict[str, Any]] = answer.json()["calls"]
    return found


def _settled(system: System, placed: set[str]) -> list[dict[str, Any]] | None:
    """The events in the lake, once every placed call's contact is closed there."""
    told = system.lake_events()
    closed = {e["contact_id"] for e in told if e["type"] == "contact_closed"}
    mine = _contacts_of(told, placed)
    return told if len(mine) == len(placed) and mine <= closed else None


def _contacts_of(told: list[dict[str, Any]], placed: set[str]) -> set[str]:
    return {e["contact_id"] for e in told if e["type"] == "contact_started" and e["call_sid"] in placed}
