"""Lambda: a function that is changed while it works."""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

OLD = """
import pathlib, time
def handler(event, context):
    began, go = pathlib.Path(event["began"]), pathlib.Path(event["go"])
    began.touch()
    while not go.exists():
        time.sleep(0.02)
    return "old"
"""
NEW = "def handler(event, context):\n    return 'new'\n"


def invoked(endpoint: Endpoint, name: str, event: dict[str, str]) -> Any:
    answer = kit.client(endpoint, "lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    return json.loads(answer["Payload"].read())


@dataclass(frozen=True, slots=True)
class Work:
    """A function that works on a request for as long as it is let."""

    name: str
    answer: Future[Any]
    go: Path


@contextmanager
def changed_under_a_request(endpoint: Endpoint, folder: Path) -> Iterator[Work]:
    """A function that was changed after it had begun a request."""
    name = kit.function(endpoint, OLD)
    began, go = folder / "began", folder / "go"
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(invoked, endpoint, name, {"began": str(began), "go": str(go)})
        kit.eventually(began.exists)
        kit.client(endpoint, "lambda").update_function_code(FunctionName=name, ZipFile=kit.packed(NEW))
        try:
            yield Work(name, answer, go)
        finally:
            go.touch()


@pytest.mark.parametrize(("emulator", "finished"), [("stock", False), ("repaired", True)])
def test_a_request_under_way_is_finished_by_the_code_it_began_with(
    request: pytest.FixtureRequest, tmp_path: Path, emulator: str, finished: bool
) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    with changed_under_a_request(endpoint, tmp_path) as work:
        assert invoked(endpoint, work.name, {}) == "new"
        work.go.touch()
        assert (work.answer.result(30) == "old") is finished
