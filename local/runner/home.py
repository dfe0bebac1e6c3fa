"""Where a local run keeps its state: one folder with the emulator, the carrier, logs, and two files of its own."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OWNER_ONLY = 0o600


class RunError(Exception):
    """Something is missing or taken; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Home:
    """The state folder."""

    folder: Path

    @property
    def aws(self) -> Path:
        return self.folder / "aws"

    @property
    def carrier(self) -> Path:
        return self.folder / "carrier"

    @property
    def built(self) -> Path:
        """The synthesised assembly and what the deployment told."""
        return self.folder / "built"

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def lock(self, name: str) -> Path:
        return self.folder / "pids" / f"{name}.pid"

    @property
    def run_file(self) -> Path:
        return self.folder / "run.json"

    @property
    def credentials_file(self) -> Path:
        return self.folder / "credentials.json"


@dataclass(slots=True)
class Run:
    """What the last run settled on. apis: `<id>/<stage>` by area; deployed: fingerprint of what was deployed."""

    port: int = 8080
    aws_port: int = 4566
    carrier_port: int = 8081
    stripe_port: int = 8082
    deployed: str = ""
    apis: dict[str, str] = field(default_factory=dict)
    live_api: str = ""

    @property
    def public_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def carrier_url(self) -> str:
        return f"http://127.0.0.1:{self.carrier_port}"

    @property
    def stripe_url(self) -> str:
        return f"http://127.0.0.1:{self.stripe_port}"


def home() -> Home:
    """`.local` of this checkout, or the folder that OFFHOOK_STATE names."""
    return Home(Path(os.environ.get("OFFHOOK_STATE") or ROOT / ".local").resolve())


def read_run(at: Home) -> Run | None:
    """The last run's settings; None before the first."""
    return Run(**json.loads(at.run_file.read_text())) if at.run_file.exists() else None


def write_run(at: Home, run: Run) -> None:
    write_json(at.run_file, asdict(run))


def write_json(path: Path, values: Any) -> None:
    """Only the owner may read it; a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        json.dump(values, file, indent=2)
    fresh.replace(path)
