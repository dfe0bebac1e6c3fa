"""One running system for all journeys: its own, without practice agents, or one that runs (OFFHOOK_E2E_STATE)."""

import os
from collections.abc import Iterator

import pytest

from tests.e2e.system import System, running


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running(tmp_path_factory.mktemp("state")) as made:
        if "OFFHOOK_E2E_STATE" not in os.environ:
            made.without_practice()  # every call rings the journey's own agent, at once
        yield made
