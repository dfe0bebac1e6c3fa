"""The API's document: valid, complete, what the code says, and true of the requests that the other tests send."""

import json
from collections.abc import Iterator
from dataclasses import make_dataclass
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from offhook.usecases.analytics.reports import DIMENSIONS
from openapi_spec_validator import validate

from tests.unit.isolation.rows import ROWS, Route, Slot, is_webhook, routes
from tools import generate_openapi
from tools.generate_openapi import Json, address
from tools.openapi_routes import Operation, operations

WITH_BODY = sorted(route for route in ROWS if ROWS[route].body is not None)
PER_SE = {
    "/v1/analytics/reports/{name}": "computes and changes nothing",
    "/v1/routing/agents/me/heartbeat": "says that a device is there, as often as it likes",
    "/v1/routing/agents/me/voice-token": "each token is as good as the other, and none may be kept",
    "/v1/tenants/me/second-factor": "begins the set-up anew; its secret may not be kept",
    "/v1/tenants/sessions/tenant": "each token is as good as the other, and none may be kept",
    "/v1/ivr/flows/{flow_id}/tests/run": "changes nothing",
}
"""POST routes that create and cause nothing, or whose answer is a secret, and may be sent twice without a key."""


@pytest.fixture(scope="module")
def made() -> Json:
    """The document as the code makes it now."""
    return generate_openapi.document()


@pytest.fixture(scope="module")
def found() -> list[Operation]:
    """Every route."""
    return operations()


def test_the_document_is_valid_openapi_3_1(made: Json) -> None:
    assert made["openapi"].startswith("3.1")
    validate(made)


def test_the_document_has_every_route_and_no_other(made: Json) -> None:
    there = {(path, method) for path, methods in made["paths"].items() for method in methods}
    assert there == {(f"/v1/{area}{path}".rstrip("/"), method.lower()) for area, method, path in routes()}


def test_the_committed_document_is_the_one_that_the_code_makes() -> None:
    assert generate_openapi.main(["--check"], write=lambda _: None) == 0, "make docs"


def test_every_operation_has_a_name_of_its_own_a_summary_and_its_permission(made: Json) -> None:
    all_of_them = [one for methods in made["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in all_of_them]
    assert len(set(names)) == len(names)
    assert [one["operationId"] for one in all_of_them if not one["summary"]] == []
    assert [
        one["operationId"] for one in all_of_them if one["security"] == [{"bearer": []}] and not one["x-permission"]
    ] == []


@pytest.mark.parametrize("route", WITH_BODY, ids=" ".join)
def test_the_valid_requests_of_the_other_tests_are_what_the_document_says(made: Json, route: Route) -> None:
    area, method, path = route
    operation = made["paths"][f"/v1/{area}{path}".rstrip("/")][method.lower()]
    if "requestBody" not in operation:
        assert operation["security"] == [], "only what others sign themselves is read raw"
        return
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": made["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(filled(ROWS[route].body))] == []


def filled(body: Any) -> Any:
    """The body with some text where an id stands."""
    if isinstance(body, Slot):
        return body.like.format("x_1")
    if isinstance(body, dict):
        return {name: filled(value) for name, value in body.items()}
    return [filled(one) for one in body] if isinstance(body, list) else body


def test_what_takes_a_version_says_so(made: Json) -> None:
    tagged = {(area, method, path) for (area, method, path), row in ROWS.items() if row.tagged}
    says = {
        route
        for route in routes()
        if any(
            p["name"] == "If-Match"
            for p in made["paths"][f"/v1/{route[0]}{route[2]}".rstrip("/")][route[1].lower()]["parameters"]
        )
    }
    assert tagged <= says


def test_a_post_that_is_sent_twice_has_one_effect(found: list[Operation]) -> None:
    posts = [one for one in found if one.method == "POST" and one.permission is not None and not one.webhook]
    bare = {address(one) for one in posts if not one.repeatable}
    assert bare == set(PER_SE)


def answers(made: Json) -> Iterator[tuple[str, Json]]:
    """Every JSON answer that is no refusal, by method and path."""
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                schema = answer.get("content", {}).get("application/json", {}).get("schema")
                if status != "default" and schema is not None:
                    yield f"{method} {path}", schema


def says_nothing(schema: Json) -> bool:
    """Whether anything would do, alone or as what a list or page holds."""
    if schema.keys() & {"$ref", "anyOf", "enum", "const"}:
        return False
    if schema.get("type") == "array":
        return says_nothing(schema.get("items", {}))
    if schema.get("type") in (None, "object"):
        page = schema.get("properties", {}).get("data")
        named = schema.get("properties") or schema.get("additionalProperties")
        return not named or (page is not None and says_nothing(page))
    return False


def test_every_answer_says_what_it_holds(made: Json) -> None:
    assert [where for where, schema in answers(made) if says_nothing(schema)] == []


def test_an_answer_always_has_all_its_fields_and_a_body_may_leave_out_what_has_a_default(made: Json) -> None:
    schemas = made["components"]["schemas"]
    queue, given = schemas["Queue"], made["paths"]["/v1/routing/queues"]["post"]["requestBody"]
    assert set(queue["required"]) == set(queue["properties"])
    assert given["content"]["application/json"]["schema"]["required"] == ["name"]
    assert "Given" not in json.dumps(queue), "what is answered refers to what is answered"
    for where, schema in answers(made):
        name = schema.get("$ref", "").rpartition("/")[2]
        if name:
            assert set(schemas[name].get("required", [])) == set(schemas[name].get("properties", {})), where


def test_a_refusal_and_a_problem_of_a_flow_are_two_schemas(made: Json) -> None:
    refusal = made["components"]["responses"]["Problem"]["content"]["application/problem+json"]["schema"]["$ref"]
    flow = made["paths"]["/v1/ivr/flows/{flow_id}/problems"]["get"]["responses"]["200"]
    found = flow["content"]["application/json"]["schema"]
    assert refusal == "#/components/schemas/ProblemDetails"
    assert refusal not in json.dumps(found)
    assert "Problem" in json.dumps(found)


def test_a_type_of_the_name_of_refusals_is_refused() -> None:
    schemas = generate_openapi.Schemas()
    schemas.add(make_dataclass(generate_openapi.REFUSAL, [("field", str)]), answered=True)
    with pytest.raises(ValueError, match="another one"):
        schemas.settle()


def test_what_a_route_reads_of_its_query_is_in_the_document(found: list[Operation]) -> None:
    assert [address(one) for one in found if one.reads_query and not (one.query or one.paged)] == []


def test_the_questions_of_reports_and_lists_are_in_the_document(made: Json) -> None:
    def asked(path: str) -> set[str]:
        return {one["name"] for one in made["paths"][path]["get"]["parameters"] if one["in"] == "query"}

    questions = {*DIMENSIONS, "from", "to", "grain", "by"}
    assert asked("/v1/analytics/reports/{name}") == questions
    assert {"from", "to", "number", "queue", "agent", "outcome", "limit"} <= asked("/v1/analytics/contacts")
    assert asked("/v1/ivr/numbers/available") == {"country", "kind", "contains", "area_code"}
    assert asked("/v1/analytics/costs") == {"by", "month"}
    assert {"actor", "action"} <= asked("/v1/tenants/audit")


def test_webhooks_that_leave_are_described_with_what_they_hold(made: Json) -> None:
    ended = made["webhooks"]["contact.ended"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"type", "timestamp", "resource", "sequence", "data"} <= set(ended["properties"])
    assert (
        "outcome" in made["components"]["schemas"][ended["properties"]["data"]["$ref"].rpartition("/")[2]]["properties"]
    )


def test_the_carriers_webhooks_ask_for_its_signature(made: Json) -> None:
    for area, method, path in routes():
        operation = made["paths"][f"/v1/{area}{path}".rstrip("/")][method.lower()]
        if is_webhook((area, method, path)) and "/carrier" not in path:
            assert operation["security"] == [{"carrier": []}], path


def test_the_file_is_json_with_sorted_names() -> None:
    assert json.loads(generate_openapi.text()) == generate_openapi.document()
