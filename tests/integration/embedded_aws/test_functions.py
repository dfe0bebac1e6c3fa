"""Lambda: what an exception becomes, and what a call costs."""

import json
import time
from typing import Any

import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

RAISES_ON_REQUEST = """
import os
def handler(event, context):
    if event.get("raise"):
        raise KeyError("no such contact")
    return os.getpid()
"""


def invoke(endpoint: Endpoint, name: str, **event: Any) -> tuple[str | None, Any]:
    """The function's error, if any, and its answer."""
    answer = kit.client(endpoint, "lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    return answer.get("FunctionError"), json.loads(answer["Payload"].read())


@pytest.mark.parametrize(("emulator", "error_type"), [("stock", "Runtime.HandlerError"), ("repaired", "KeyError")])
def test_error_type_is_the_class_of_the_exception(
    request: pytest.FixtureRequest, emulator: str, error_type: str
) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    failed, answer = invoke(endpoint, kit.function(endpoint, RAISES_ON_REQUEST), **{"raise": True})
    assert (failed, answer["errorType"]) == ("Unhandled", error_type)
    assert answer["errorMessage"] == "'no such contact'"


def test_stack_trace_is_in_the_answer_and_in_the_log(repaired: Endpoint) -> None:
    name = kit.function(repaired, RAISES_ON_REQUEST)
    _, answer = invoke(repaired, name, **{"raise": True})
    assert answer["stackTrace"][-1] == "KeyError: 'no such contact'"
    logs = kit.client(repaired, "logs")
    kit.eventually(
        lambda: any(
            "KeyError: 'no such contact'" in event["message"]
            for event in logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        )
    )


@pytest.mark.parametrize(("emulator", "survives"), [("stock", False), ("repaired", True)])
def test_worker_survives_an_exception(request: pytest.FixtureRequest, emulator: str, survives: bool) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    name = kit.function(endpoint, RAISES_ON_REQUEST)
    _, before = invoke(endpoint, name)
    invoke(endpoint, name, **{"raise": True})
    _, after = invoke(endpoint, name)
    assert (before == after) is survives


def test_silent_handler_answers_at_once(stock: Endpoint, repaired: Endpoint) -> None:
    """The fault is a fixed wait, so the fastest of several calls shows it on a busy machine too."""
    assert fastest_call_s(repaired) < fastest_call_s(stock) / 2


def fastest_call_s(endpoint: Endpoint) -> float:
    functions, name = kit.client(endpoint, "lambda"), kit.function(endpoint, RAISES_ON_REQUEST)
    return min(_timed(lambda: functions.invoke(FunctionName=name, Payload="{}")) for _ in range(15))


def _timed(call: Any) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
