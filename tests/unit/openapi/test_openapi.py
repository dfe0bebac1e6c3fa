"""The API's document: valid, complete, what the code says, and true of the requests that the other tests send."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
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
