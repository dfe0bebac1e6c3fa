"""Many contacts in real time on the embedded AWS, with a carrier that misbehaves: the promises hold there too."""

import os
import random

import pytest
import requests

from tests.e2e.system import System
from tests.e2e.traffic import Traffic

CONTACTS = int(os.environ.get("OFFHOOK_E2E_CONTACTS", "100"))
PER_MINUTE = 20.0
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
    base, traffic = system.address(), Traffic.to(system)
    for fault in FAULTS:
        requests.post(f"{base}/_carrier/faults", json=fault, timeout=10).raise_for_status()
    traffic.place(random.Random(7), PER_MINUTE, lambda placed: placed >= CONTACTS)
    requests.delete(f"{base}/_carrier/faults", timeout=10).raise_for_status()

    traffic.ended_once_each(traffic.drained())
