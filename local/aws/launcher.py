"""Runs the emulator in this process: the one supported version, its state folder locked, the repairs applied.

Started by `local.aws.server` with the interpreter of `.venv-aws`; everything it needs comes through the environment.
"""

import os
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from local.aws import lock, repairs

SUPPORTED = "1.5.33"


def main() -> None:
    """Serve until SIGTERM, which saves the state before the process ends."""
    refuse_other_versions(version("ministack"))
    own(Path(os.environ["OFFHOOK_AWS_STATE"]))
    repairs.apply_all()
    from ministack import app

    sys.argv = ["ministack"]
    app.main()


def refuse_other_versions(found: str) -> None:
    """Stop before patching internals that were only ever read in one version."""
    if found != SUPPORTED:
        raise SystemExit(
            f"The repairs fit ministack {SUPPORTED} only, found {found}: reinstall .venv-aws from its lock."
        )


def own(state_dir: Path) -> None:
    """Lock the folder for this process and drop what a dead predecessor unpacked for its Lambda workers."""
    lock.hold(state_dir / "lock")
    scratch = Path(tempfile.gettempdir())
    if scratch.is_relative_to(state_dir):
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)


if __name__ == "__main__":
    main()
