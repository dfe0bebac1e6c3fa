"""A local system of a test's own: its state folder, its ports, and its command line."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from local.aws.testing import free_port
from local.runner import detached
from local.runner.home import Home

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 600
PATHS = os.pathsep.join(str(ROOT / part) for part in (".", "cli", "layers/core/python"))


@dataclass(frozen=True, slots=True)
class System:
    """A local system with a state folder and ports of its own."""

    state: Path

    def run(self, *arguments: str) -> str:
        """What `make run` and `make stop` call; its output."""
        return self._python("local.run", *arguments)

    def offhook(self, *arguments: str, **environment: str) -> str:
        """The command line's output; environment: whose, if not the demo owner's."""
        return self._python("offhook_cli.main", *arguments, **environment)

    def answer(self, *arguments: str) -> Any:
        """The command line's JSON."""
        return json.loads(self.offhook(*arguments, "--json"))

    def address(self) -> str:
        """Where the public port is."""
        return f"http://127.0.0.1:{json.loads((self.state / 'run.json').read_text())['port']}"

    def number(self) -> str:
        """The demo tenant's number."""
        return str(json.loads((self.state / "credentials.json").read_text())["number"])

    def tenant(self) -> str:
        """The demo tenant's id."""
        return str(json.loads((self.state / "credentials.json").read_text())["tenant_id"])

    def lake_events(self, tenant: str = "") -> list[dict[str, Any]]:
        """A tenant's events in the lake (the demo's), once each (a crash may repeat one), oldest first."""
        mine = f"events/tenant={tenant or self.tenant()}/**/*.parquet"
        files = [str(f) for f in (self.state / "aws" / "s3").rglob(mine)]
        if not files:
            return []
        table = duckdb.sql("select * from read_parquet($files, union_by_name=true)", params={"files": files})
        names = [name for name, *_ in table.description]
        rows = [dict(zip(names, row, strict=True)) for row in table.fetchall()]
        events = {row["event_id"]: row for row in rows if row["type"] != "usage_recorded"}
        return sorted(events.values(), key=_order)

    def without_practice(self) -> None:
        """No practice agent takes a call any more."""
        detached.stop(Home(self.state), "agents")

    def begin(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """A command that goes on until it is ended."""
        command = [sys.executable, "-m", "offhook_cli.main", *arguments]
        environment = self._environment(environment)
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        foreign = ("PORT", "OFFHOOK_URL", "OFFHOOK_EMAIL", "OFFHOOK_PASSWORD", "AWS_ENDPOINT_URL")
        own = {name: value for name, value in os.environ.items() if name not in foreign}
        return {**own, "PYTHONPATH": PATHS, "OFFHOOK_STATE": str(self.state), **more}

    def _python(self, module: str, *arguments: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self._environment(environment),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def running(folder: Path) -> Iterator[System]:
    """A system in this folder, started and stopped; with OFFHOOK_E2E_STATE the one that runs there already."""
    there = os.environ.get("OFFHOOK_E2E_STATE")
    if there:
        yield System(Path(there))
        return
    made = System(folder)
    ports = {name: free_port() for name in ("port", "aws_port", "carrier_port", "stripe_port")}
    (made.state / "run.json").write_text(json.dumps(ports))
    try:
        made.run()
        yield made
    finally:
        made.run("stop")


def _order(event: dict[str, Any]) -> tuple[int, bool, str, int]:
    """By time; at the same millisecond ends come before beginnings, and an entity's changes in their order."""
    entity, version, _ = str(event["event_id"]).rsplit(":", 2)
    return event["at"], event["type"] == "offer_made", entity, int(version)


def within(limit_s: float, look: Callable[[], Any]) -> Any:
    """What look finds as soon as it is something; fails after the limit."""
    deadline = time.monotonic() + limit_s
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.5)
    return found
