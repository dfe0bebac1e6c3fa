"""The journeys of console/e2e: what is run in a browser, with which arguments."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.system import ROOT, System

FOLDER = ROOT / "console" / "e2e"
APART = {"heap", "keeping", "pictures"}  # `make soak`, twice; `make screenshots`
GIVEN = {"look": (("en-US", "1440x900", "zh-CN", "1280x720"),), "stranger": ((), ("zh-CN",))}
LIMIT_S = 300


@dataclass(frozen=True, slots=True)
class Journey:
    """One script of the folder and what it is given."""

    name: str
    arguments: tuple[str, ...] = ()
    limit_s: int = LIMIT_S

    def __str__(self) -> str:
        return " ".join((self.name, *self.arguments))

    def run(self, system: System, pictures: Path) -> subprocess.CompletedProcess[str]:
        """Its end; pictures: the folder of its screenshots."""
        where = {"OFFHOOK_URL": system.address(), "OFFHOOK_STATE": str(system.state), "SHOTS": str(pictures)}
        return subprocess.run(
            ["node", f"e2e/{self.name}.mjs", *self.arguments],
            cwd=FOLDER.parent,
            env={**os.environ, **where},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=self.limit_s,
            check=False,
        )


def journeys() -> list[Journey]:
    """Every script that no other script imports."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.mjs"))}
    helpers = {name for text in texts.values() for name in re.findall(r"(?:from |import\()'\./([\w-]+)\.mjs'", text)}
    names = [name for name in texts if name not in helpers | APART]
    return [Journey(name, arguments) for name in names for arguments in GIVEN.get(name, ((),))]
