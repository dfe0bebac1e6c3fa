"""Expands Chalice's SAM resources to native types, and says what is missing on the functions and APIs."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from samtranslator.translator.transform import transform

Template = dict[str, Any]
Guarded = Callable[[str, str, str], bool]  # area, path, method


class _NoManagedPolicies:
    """SAM asks AWS for its managed policies; our roles name none."""

    def load(self) -> dict[str, str]:
        return {}


def expand(template: Template) -> Template:
    """The template as CloudFormation deploys it."""
    expanded: Template = transform(template, {}, _NoManagedPolicies())
    return expanded


def of_type(template: Template, kind: str) -> Iterator[tuple[str, Template]]:
    """(logical id, properties) of all resources of one type."""
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == kind:
            yield logical_id, resource.get("Properties", {})


def violations(native: Template, guarded: Guarded) -> list[str]:
    """One sentence for each thing that a function or an API of the template lacks."""
    return [
        *(
            f"{id}: {lack}"
            for id, function in of_type(native, "AWS::Lambda::Function")
            for lack in _of_function(function)
        ),
        *(f"{id}: {lack}" for id, stage in of_type(native, "AWS::ApiGateway::Stage") for lack in _of_stage(stage)),
        *(
            f"{id}: {lack}"
            for id, source in of_type(native, "AWS::Lambda::EventSourceMapping")
            for lack in _of_source(source)
        ),
        *(f"{id}: {lack}" for id, api in of_type(native, "AWS::ApiGateway::RestApi") for lack in _of_api(api, guarded)),
    ]


def _of_function(function: Template) -> Iterator[str]:
    if function.get("MemorySize", 128) == 128:
        yield "memory is left at its default"
    if function.get("Timeout", 60) == 60:
        yield "timeout is left at its default"
    if not function.get("DeadLetterConfig", {}).get("TargetArn"):
        yield "a failed invocation goes nowhere"
    if "set-by-the-construct" in str(function.get("Role")):
        yield "has no role"
    if len(function.get("Layers", [])) != 2:
        yield "lacks a layer"


def _of_stage(stage: Template) -> Iterator[str]:
    if not stage.get("AccessLogSetting", {}).get("DestinationArn"):
        yield "has no access log"
    settings = stage.get("MethodSettings", [])
    everywhere = [s for s in settings if s.get("HttpMethod") == "*" and s.get("ResourcePath") == "/*"]
    if not any(s.get("ThrottlingRateLimit") and s.get("ThrottlingBurstLimit") for s in everywhere):
        yield "is not throttled"


def _of_source(source: Template) -> Iterator[str]:
    if source.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
        yield "one failed record fails its whole batch"
    if "StartingPosition" not in source:
        return  # a queue's failure target is its own redrive policy
    if not source.get("BisectBatchOnFunctionError") or source.get("MaximumRetryAttempts", -1) < 0:
        yield "a poison record blocks its shard"
    if not source.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"):
        yield "a record that is given up goes nowhere"


def _of_api(api: Template, guarded: Guarded) -> Iterator[str]:
    body = api["Body"]
    for path, methods in body["paths"].items():
        for method, operation in methods.items():
            if re.fullmatch(r"get|put|post|delete|patch|head|x-amazon-apigateway-any-method", method) and not (
                operation.get("security") or guarded(body["info"]["title"], path, method.upper())
            ):
                yield f"{method.upper()} {path} is open to anybody"
