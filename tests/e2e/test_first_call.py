"""The whole local system from outside: one command, one conversation, its outcome, report and cost, and a restart."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.aws.testing import free_port

ROOT = Path(__file__).resolve().parents[2]
PATHS = os.pathsep.join(str(ROOT / part) for part in (".", "cli", "layers/core/python"))
SCRIPT = "press 1, press 1, press 1, press 9"
IN_REPORTS_S = 60.0

pytestmark = pytest.mark.e2e


@dataclass(frozen=True, slots=True)
class System:
    """A local system with a state folder and ports of its own."""

    state: Path

    def run(self, *arguments: str) -> str:
        """What `make run` and `make stop` call; its output."""
        return self._python("local.run", *arguments)

    def offhook(self, *arguments: str) -> str:
        """The command line's output."""
        return self._python("offhook_cli.main", *arguments)

    def answer(self, *arguments: str) -> Any:
        """The command line's JSON."""
        return json.loads(self.offhook(*arguments, "--json"))

    def _python(self, module: str, *arguments: str) -> str:
        foreign = ("PORT", "OFFHOOK_URL", "OFFHOOK_EMAIL", "OFFHOOK_PASSWORD", "AWS_ENDPOINT_URL")
        environment = {name: value for name, value in os.environ.items() if name not in foreign}
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**environment, "PYTHONPATH": PATHS, "OFFHOOK_STATE": str(self.state)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    made = System(tmp_path_factory.mktemp("state"))
    ports = {name: free_port() for name in ("port", "aws_port", "carrier_port")}
    (made.state / "run.json").write_text(json.dumps(ports))
    try:
        made.run()
        yield made
    finally:
        made.run("stop")


def test_a_call_reaches_its_outcome_the_report_and_its_cost_and_a_restart_keeps_them(system: System) -> None:
    steps = [json.loads(line) for line in system.offhook("call", "--script", SCRIPT, "--json").splitlines()]
    heard, ended = [step["text"] for step in steps[:-1]], steps[-1]

    assert any("may be recorded" in words for words in heard)
    assert any(words.startswith("connected with") for words in heard)
    assert heard[-1] == "call over: completed"
    assert ended["outcome"] == "completed"
    offered = _within(IN_REPORTS_S, lambda: system.answer("report", "volume")["totals"]["offered"])
    assert offered == 1
    contact = ended["contact_id"]
    before = _within(IN_REPORTS_S, lambda: _with_cost(system.answer("contact", contact)))
    assert before["answers"] == {"csat": 1, "resolved": 1, "nps": 9}

    system.run("stop")
    system.run()

    assert system.answer("report", "volume")["totals"]["offered"] == 1
    after = system.answer("contact", contact)
    assert after["contact"]["outcome"] == "completed"
    assert float(after["cost"]["total"]) >= float(before["cost"]["total"]) > 0


def test_the_people_of_the_demo_are_on_the_floor_and_nothing_is_dead(system: System) -> None:
    floor = _within(30.0, lambda: _staffed(system.answer("floor", "--once")))

    assert {queue["name"] for queue in floor["queues"]} == {"Sales", "Service"}
    assert system.answer("dead-letters", "list") == []
    assert system.answer("status")["api"] is True


def _with_cost(contact: dict[str, Any]) -> dict[str, Any] | None:
    return contact if contact["cost"]["lines"] else None


def _staffed(floor: dict[str, Any]) -> dict[str, Any] | None:
    return floor if floor["agents"] else None


def _within(limit_s: float, look: Callable[[], Any]) -> Any:
    """What look finds as soon as it is something; fails after the limit."""
    deadline = time.monotonic() + limit_s
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.5)
    return found
