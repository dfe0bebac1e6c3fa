"""One running system for all tests from outside: a new one, or with OFFHOOK_E2E_STATE one that runs already."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.aws.testing import free_port
from tests.e2e.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = os.environ.get("OFFHOOK_E2E_STATE")
    if running:
        yield System(Path(running))
        return
    made = System(tmp_path_factory.mktemp("state"))
    ports = {name: free_port() for name in ("port", "aws_port", "carrier_port")}
    (made.state / "run.json").write_text(json.dumps(ports))
    try:
        made.run()
        yield made
    finally:
        made.run("stop")
