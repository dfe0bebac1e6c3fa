"""Two emulators for the whole run: as published, and with every repair."""

from collections.abc import Iterator

import pytest

from local.aws.repairs import REPAIRS
from local.aws.testing import Endpoint, running_emulator


@pytest.fixture(scope="session")
def repairs_off() -> dict[str, str]:
    return {f"OFFHOOK_REPAIR_{name}": "0" for name in REPAIRS}


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory, repairs_off: dict[str, str]) -> Iterator[Endpoint]:
    """The emulator as published: each test shows its fault here."""
    with running_emulator(tmp_path_factory.mktemp("stock"), **repairs_off) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The emulator as we run it."""
    with running_emulator(tmp_path_factory.mktemp("repaired")) as endpoint:
        yield endpoint
