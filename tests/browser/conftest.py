"""One running system for all journeys: a new one, or with OFFHOOK_E2E_STATE one that runs already."""

from collections.abc import Iterator

import pytest

from tests.e2e.system import System, running


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running(tmp_path_factory.mktemp("state")) as made:
        yield made
