"""What people do in the console, in Chromium, against the whole local system."""

from pathlib import Path

import pytest

from tests.browser.journeys import Journey, journeys
from tests.e2e.system import System


@pytest.mark.parametrize("journey", journeys(), ids=str)
def test_a_journey_through_the_console_ends_well(journey: Journey, system: System, tmp_path: Path) -> None:
    done = journey.run(system, tmp_path)
    print(done.stdout)
    assert done.returncode == 0, f"{journey} stopped; its pictures are in {tmp_path}\n{done.stdout}"


@pytest.mark.soak
def test_five_hundred_calls_through_one_open_desk_leave_its_memory_flat(system: System, tmp_path: Path) -> None:
    system.without_practice()
    done = Journey("heap", ("500",), limit_s=4 * 3600).run(system, tmp_path)
    print(done.stdout)
    assert done.returncode == 0, done.stdout


@pytest.mark.soak
def test_what_is_kept_and_what_goes(system: System, tmp_path: Path) -> None:
    agents = system.begin("demo", "--agents", "2", "--calls-per-hour", "1", "--for", "1m")
    system.offhook("call", "--press", "1")  # which is recorded
    agents.wait()
    done = Journey("keeping").run(system, tmp_path)
    print(done.stdout)
    assert done.returncode == 0, done.stdout
