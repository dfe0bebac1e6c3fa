"""Lambda: many requests for a function that has no process yet."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

REQUESTS, AT_ONCE = 8, max(2, os.cpu_count() or 2)
SLOW_TO_LOAD = """
import os, pathlib, time
home = pathlib.Path(os.environ["FOLDER"])
mine = home / f"loading-{os.getpid()}"
mine.touch()
time.sleep(0.5)
(home / f"seen-{os.getpid()}").write_text(str(len(list(home.glob("loading-*")))))
mine.unlink()
def handler(event, context):
    return os.getpid()
"""


@pytest.mark.parametrize(("emulator", "crowded"), [("stock", True), ("repaired", False)])
def test_requests_that_come_together_start_few_processes_and_share_them(
    request: pytest.FixtureRequest, tmp_path: Path, emulator: str, crowded: bool
) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    name = kit.function(endpoint, SLOW_TO_LOAD, FOLDER=str(tmp_path))

    def invoked(_: int) -> int:
        answer = kit.client(endpoint, "lambda").invoke(FunctionName=name)
        return int(json.loads(answer["Payload"].read()))

    with ThreadPoolExecutor(REQUESTS) as pool:
        processes = set(pool.map(invoked, range(REQUESTS)))
    loading = max(int(seen.read_text()) for seen in tmp_path.glob("seen-*"))

    assert (loading > AT_ONCE) is crowded
    assert (len(processes) == REQUESTS) is crowded
