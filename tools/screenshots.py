"""Draws docs/images from a local system of its own with some minutes of traffic: `python -m tools.screenshots`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.journeys import Journey
from tests.e2e.system import ROOT, System, running

IMAGES = ROOT / "docs" / "images"
TRAFFIC = ("demo", "--agents", "8", "--calls-per-hour", "360", "--for", "5m")
BEFORE_S = 120


def draw(system: System) -> int:
    """Pictures of the main screens in both languages, while calls come in; the exit code of the journey."""
    traffic = system.begin(*TRAFFIC)
    try:
        time.sleep(BEFORE_S)  # a floor that has just opened has nothing to show
        done = Journey("pictures", (str(IMAGES),)).run(system, Path(tempfile.mkdtemp()))
        print(done.stdout)
        return done.returncode
    finally:
        traffic.terminate()
        traffic.wait()


def main() -> int:
    """With OFFHOOK_E2E_STATE=<state folder> of a system that runs already."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as system:
        return draw(system)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.TimeoutExpired as late:
        sys.exit(f"The pictures were not done within {late.timeout:.0f} s.")
