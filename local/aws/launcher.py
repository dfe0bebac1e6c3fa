"""Runs the emulator in this process: the one supported version, its state folder locked, the repairs applied.

Started by `local.aws.server` with the interpreter of `.venv-aws`; everything it needs comes through the environment.
"""

import os
import shutil
import sys
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path

from local.aws import lock, repairs

SUPPORTED = "1.5.33"
DROPPED = "dropped-"


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
    """Lock the folder for this process and drop what predecessors unpacked for their Lambda workers.

    A gigabyte takes a while, so it is put aside and dropped in a thread; what a killed process leaves goes next time.
    """
    lock.hold(state_dir / "lock")
    scratch = Path(tempfile.gettempdir())
    if scratch.is_relative_to(state_dir):
        if scratch.exists():
            scratch.rename(state_dir / f"{DROPPED}{os.getpid()}")
        scratch.mkdir(parents=True)
        threading.Thread(target=_drop, args=(state_dir,), daemon=True).start()


def _drop(state_dir: Path) -> None:
    for folder in state_dir.glob(f"{DROPPED}*"):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
