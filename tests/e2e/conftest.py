"""One running system for all tests from outside."""

import json
from collections.abc import Iterator

import pytest

from local.aws.testing import free_port
from tests.e2e.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    made = System(tmp_path_factory.mktemp("state"))
    ports = {name: free_port() for name in ("port", "aws_port", "carrier_port")}
    (made.state / "run.json").write_text(json.dumps(ports))
    try:
        made.run()
        yield made
    finally:
        made.run("stop")
