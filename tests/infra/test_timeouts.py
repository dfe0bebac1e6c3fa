"""Functions have little time where callers wait for them, and more on a laptop, where all of them start at once."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App

from infra import settings
from infra.app import build, context
from infra.apps import APPS, LIVE
from tests.infra.conftest import Assembly

LOCAL_S = 35
FUNCTIONS = ("AWS::Serverless::Function", "AWS::Lambda::Function")
API_S = 10


def timeouts(template: dict[str, Any]) -> dict[str, int]:
    """By the function's full name; helpers of CDK itself have none."""
    found = (one["Properties"] for one in template["Resources"].values() if one["Type"] in FUNCTIONS)
    return {one["FunctionName"]: one["Timeout"] for one in found if "FunctionName" in one}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    folder: Path = tmp_path_factory.mktemp("local")
    build(App(context=context(stage="local"), outdir=str(folder))).synth()
    return timeouts(json.loads((folder / "offhook-local-backend.template.json").read_text()))


def test_on_a_laptop_every_function_has_time_to_start_and_none_has_less_than_elsewhere(
    local: dict[str, int], assembly: Assembly
) -> None:
    production = timeouts(assembly.templates["backend"])
    wanted = {name.replace("prod", "local", 1): max(time, LOCAL_S) for name, time in production.items()}
    assert local == wanted
    assert len(local) > len(APPS)


def test_in_production_callers_and_browsers_wait_no_longer_than_before(assembly: Assembly) -> None:
    production = timeouts(assembly.templates["backend"])
    assert {time for name, time in production.items() if name.endswith("-api")} == {API_S}
    assert production["offhook-prod-live-socket"] == LIVE.timeout_s == API_S


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_no_stage_in_an_account_asks_for_more_time(stage: str) -> None:
    assert settings.read(App(context=context(stage=stage)).node).least_timeout_s == 0
