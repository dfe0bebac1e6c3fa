"""Every function and API, expanded to the types that AWS deploys: the rule packs do not see into SAM."""

import importlib
import json
import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from offhook.settings import Settings

from infra.apps import APPS, App, FromClock, FromQueue, FromUserPool
from infra.packaging import chalice_package
from infra.packaging.target import Target
from tests.infra import sam
from tests.infra.conftest import PREFIX, Assembly

LAMBDAS_OWN = {"AWS_REGION", "AWS_ENDPOINT_URL", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"}
TARGET = Target("3.11", "x86_64")
AREAS = {f"{app.area}": app for app in APPS}
BAD_APP = """
from chalice.app import Chalice
app = Chalice(app_name="bad")
@app.route("/everything", methods=["DELETE"])
def everything():
    return {}
@app.on_kinesis_record(stream="events")
def events(event):
    pass
"""


@pytest.fixture(scope="session")
def native(assembly: Assembly) -> dict[str, Any]:
    """The backend stack as CloudFormation deploys it."""
    return sam.expand(assembly.templates["backend"])


@cache
def chalice_app(area: str) -> Any:
    return importlib.import_module(f"functions.{area}.app").app


def guarded(area: str, path: str, method: str) -> bool:
    """Whether the route asks for a permission, or is an exception that infra/apps.py lists with a reason."""
    permissions = getattr(chalice_app(area), "permissions", {})
    if permissions.get((path, method)) is not None:
        return True
    return any(re.fullmatch(pattern, path) for pattern in AREAS[area].open_routes)


def functions(native: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f["FunctionName"]: f for _, f in sam.of_type(native, "AWS::Lambda::Function")}


def test_nothing_is_left_to_a_default_that_hides_a_failure(native: dict[str, Any]) -> None:
    assert sam.violations(native, guarded) == []


def test_a_bad_app_is_found_out(tmp_path: Path) -> None:
    source = tmp_path / "bad"
    (source / ".chalice").mkdir(parents=True)
    (source / "app.py").write_text(BAD_APP)
    (source / "requirements.txt").write_text("")
    (source / ".chalice" / "config.json").write_text('{"version": "2.0", "app_name": "bad"}')
    packaged = json.loads((chalice_package.package(source, TARGET) / "sam.json").read_text())
    for resource in packaged["Resources"].values():
        resource["Properties"].update({"CodeUri": "s3://bucket/key"} if "CodeUri" in resource["Properties"] else {})
    found = " ".join(sam.violations(sam.expand(packaged), lambda area, path, method: False))
    for lack in (
        "memory is left",
        "timeout is left",
        "invocation goes nowhere",
        "has no role",
        "lacks a layer",
        "no access log",
        "is not throttled",
        "whole batch",
        "poison record",
        "given up goes nowhere",
        "DELETE /everything is open",
    ):
        assert lack in found


@pytest.mark.parametrize("app", APPS, ids=lambda a: a.area)
def test_every_exception_from_signing_in_is_still_a_route(app: App) -> None:
    paths = list(chalice_app(app.area).routes)
    assert [p for p in app.open_routes if not any(re.fullmatch(p, path) for path in paths)] == []


@pytest.mark.parametrize("app", APPS, ids=lambda a: a.area)
def test_each_app_got_its_own_routes_and_handlers(native: dict[str, Any], app: App) -> None:
    bodies = {api["Body"]["info"]["title"]: api["Body"] for _, api in sam.of_type(native, "AWS::ApiGateway::RestApi")}
    assert set(bodies[app.area]["paths"]) == set(chalice_app(app.area).routes)
    deployed = functions(native)
    assert deployed[f"{PREFIX}-{app.area}-api"]["Handler"] == "app.app"
    for name in app.handlers:
        assert deployed[f"{PREFIX}-{app.area}-{name}"]["Handler"] == f"app.{name}"


def test_sizes_are_the_stated_ones(native: dict[str, Any]) -> None:
    deployed = functions(native)
    for app in APPS:
        sizes = {"api": app.api, **{name: handler.size for name, handler in app.handlers.items()}}
        for name, size in sizes.items():
            function = deployed[f"{PREFIX}-{app.area}-{name}"]
            assert (function["MemorySize"], function["Timeout"]) == (size.memory_mb, size.timeout_s)


def test_runtime_is_the_python_that_packaged_and_tests_the_code(native: dict[str, Any], assembly: Assembly) -> None:
    assert {f["Runtime"] for f in functions(native).values()} == {TARGET.runtime}
    layers = assembly.properties("backend", "AWS::Lambda::LayerVersion")
    assert [layer["CompatibleRuntimes"] for layer in layers] == [[TARGET.runtime]] * 2
    assert {str(f["Architectures"]) for f in functions(native).values()} == {"['x86_64']"}


def test_another_python_than_the_running_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"runs on 3\.\d+"):
        Target("3.9", "x86_64")


def test_event_sources_point_at_the_deployment_and_not_at_the_names_in_the_decorators(native: dict[str, Any]) -> None:
    sources = [str(source["EventSourceArn"]) for _, source in sam.of_type(native, "AWS::Lambda::EventSourceMapping")]
    queues = [h.source.queue for a in APPS for h in a.handlers.values() if isinstance(h.source, FromQueue)]
    for queue in queues:
        assert any(f":{PREFIX}-{queue}" in source for source in sources)
    assert any(f"stream/{PREFIX}-events" in source for source in sources)
    assert sum("livestreamarn" in source for source in sources) == 2
    assert len(sources) == sum(
        not isinstance(h.source, FromClock | FromUserPool) for a in APPS for h in a.handlers.values()
    )


def test_each_apps_role_reaches_the_tables_and_nothing_by_wildcard_action(assembly: Assembly) -> None:
    policies = assembly.properties("backend", "AWS::IAM::Policy")
    statements = [s for p in policies for s in p["PolicyDocument"]["Statement"]]
    actions = [a for s in statements for a in ([s["Action"]] if isinstance(s["Action"], str) else s["Action"])]
    assert actions.count("dynamodb:PutItem") == len(APPS) + 2  # the live handler and the tenant role
    assert not [action for action in actions if "*" in action]
    assert actions.count("dynamodb:Scan") == 1


def test_functions_are_given_exactly_the_environment_that_the_settings_read(native: dict[str, Any]) -> None:
    read = {field.metadata["variable"] for field in fields(Settings)} - LAMBDAS_OWN
    for name, function in functions(native).items():
        given = {variable for variable in function["Environment"]["Variables"] if variable.startswith("OFFHOOK_")}
        assert given == read, name


def test_every_function_has_an_alarm_and_a_log_that_ends(native: dict[str, Any], assembly: Assembly) -> None:
    watched = {
        dimension["Value"]
        for alarm in assembly.properties("backend", "AWS::CloudWatch::Alarm")
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "FunctionName" and alarm["MetricName"] == "Errors"
    }
    logs = {g["LogGroupName"]: g["RetentionInDays"] for g in assembly.properties("backend", "AWS::Logs::LogGroup")}
    assert watched == set(functions(native))
    assert {logs[f"/aws/lambda/{name}"] for name in functions(native)} == {30}
