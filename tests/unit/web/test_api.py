"""JSON routes: identity, permission, bodies, versions, pages, and a problem for everything that is wrong."""

import json
from typing import Any

import pytest
from offhook.domain import errors
from offhook.domain.errors import OffhookError, Refusal
from offhook.web import errors as web_errors
from offhook.web.app import OffhookApp
from offhook.web.responses import SECURITY_HEADERS, problem
from offhook.web.testing import Response, event_for, invoke
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import A, B, add_member, asks, sample_app

pytestmark = pytest.mark.usefixtures("names_as_tokens")


@pytest.fixture
def app(world: MemoryWorld) -> OffhookApp:
    return sample_app()


def code(answer: Response) -> str:
    """The code of a problem, having looked at its shape."""
    body = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "code", "detail"} <= set(body)
    assert body["status"] == answer.status
    assert body["type"] == f"urn:offhook:problem:{body['code']}"
    return f"{answer.status} {body['code']}"


def every_error(base: type[OffhookError] = OffhookError) -> list[type[OffhookError]]:
    return [base, *(found for sub in base.__subclasses__() for found in every_error(sub))]


OURS = [e for e in every_error() if e.__module__ in (errors.__name__, web_errors.__name__)]


@pytest.mark.parametrize("error", OURS, ids=lambda e: e.__name__)
def test_every_error_is_a_problem_with_its_code(error: type[OffhookError]) -> None:
    said = "disposition_list" if issubclass(error, Refusal) else "A required disposition needs a list to choose from."
    answer = problem(error(said, field="$.a")).to_dict()
    assert code(Response(answer["statusCode"], answer["headers"], answer["body"])) == f"{error.status} {error.code}"
    body = json.loads(answer["body"])
    assert body["errors"][0]["field"] == "$.a"
    assert ("needs a list to choose from." in body["detail"]) == (error.status != 500)


@pytest.mark.parametrize("status", [401, 403, 404, 409, 412, 422, 500, 503])
def test_no_status_of_ours_is_unnamed(status: int) -> None:
    assert status in {e.status for e in OURS}


def test_a_route_without_identity_is_for_everybody(app: OffhookApp) -> None:
    assert invoke(app, "GET", "/health").json() == {"ok": True}


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic YTpi", "owner-of-t_a"])
def test_without_a_bearer_token_nobody_is_anybody(app: OffhookApp, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = invoke(app, "GET", "/things", headers=headers)
    assert code(answer) == "401 unauthenticated"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_user_of_no_tenant_is_nobody(app: OffhookApp) -> None:
    assert code(asks(app, "GET", "/things", user="stranger")) == "401 unauthenticated"


def test_a_role_without_the_permission_is_refused(app: OffhookApp) -> None:
    assert code(asks(app, "GET", "/things", user="agent-of-t_a")) == "403 forbidden"


def test_a_role_is_the_one_the_membership_has_now(
    app: OffhookApp, world: MemoryWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhook.web.tenancy._members._kept_s", -1.0)
    add_member(world, A, "eve", "owner")
    assert asks(app, "GET", "/things", user="eve").status == 200
    add_member(world, A, "eve", "nothing")
    assert code(asks(app, "GET", "/things", user="eve")) == "403 forbidden"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/nothing", "404 unknown_route"),
        ("GET", "/", "404 unknown_route"),
        ("PATCH", "/things", "405 method_not_allowed"),
        ("GET", "/calls", "405 method_not_allowed"),
        ("DELETE", "/things/none", "404 not_found"),
        ("DELETE", "/things/bug", "500 internal"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(app: OffhookApp, method: str, path: str, expected: str) -> None:
    answer = asks(app, method, path)
    assert code(answer) == expected
    assert "secret" not in answer.body


def test_the_methods_that_are_allowed_are_named(app: OffhookApp) -> None:
    assert asks(app, "PATCH", "/things").headers["Allow"] == "GET, POST"


@pytest.mark.parametrize("event", [{}, {"requestContext": None}, {"requestContext": {}}])
def test_an_event_that_is_no_request_is_a_problem(app: OffhookApp, event: dict[str, Any]) -> None:
    assert app(event, None)["statusCode"] == 404


@pytest.mark.parametrize(
    ("body", "kind", "expected", "field"),
    [
        ('{"a": "x"}', "application/json", "400 invalid_input", "$[...]"),
        ("[]", "application/json", "400 invalid_input", "$"),
        ("{", "application/json", "400 malformed_body", None),
        ("", "application/json", "400 malformed_body", None),
        (None, "application/json", "400 malformed_body", None),
        ("\ud83d", "application/json", "400 invalid_input", None),
        ("a=1", "application/x-www-form-urlencoded", "415 unsupported_media_type", None),
        ("{}", "", "415 unsupported_media_type", None),
        ('{"a": 1' + " " * 70_000 + "}", "application/json; charset=utf-8", "413 body_too_large", None),
    ],
)
def test_a_body_that_is_wrong_is_refused_by_the_path_of_the_field(
    app: OffhookApp, body: str | None, kind: str, expected: str, field: str | None
) -> None:
    headers = {"Authorization": "Bearer owner-of-t_a", "Content-Type": kind}
    raw = app(event_for(app, "POST", "/things", body, headers), None)
    answer = Response(raw["statusCode"], raw["headers"], raw["body"])
    assert code(answer) == expected
    assert [e["field"] for e in answer.json().get("errors", []) if "field" in e] == ([field] if field else [])


def test_a_created_thing_has_an_address_and_an_entity_tag(app: OffhookApp) -> None:
    answer = asks(app, "POST", "/things", json={"a": 1})
    assert (answer.status, answer.headers["Location"], answer.headers["ETag"]) == (201, "/v1/sample/things/1", '"1"')


def test_a_repeated_creation_gives_the_first_answer(app: OffhookApp) -> None:
    key = {"Idempotency-Key": "k-1"}
    first, again = (asks(app, "POST", "/things", json={"a": 1}, headers=key) for _ in range(2))
    assert (again.status, again.body) == (201, first.body)
    assert asks(app, "POST", "/things", json={"a": 1}).body != first.body


def test_a_key_used_for_another_body_is_a_problem(app: OffhookApp) -> None:
    key = {"Idempotency-Key": "k-1"}
    asks(app, "POST", "/things", json={"a": 1}, headers=key)
    assert code(asks(app, "POST", "/things", json={"a": 2}, headers=key)) == "422 idempotency_key_reused"


def test_a_key_of_one_tenant_says_nothing_to_another(app: OffhookApp) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = asks(app, "POST", "/things", json={"a": 1}, headers=key)
    other = asks(app, "POST", "/things", user="owner-of-t_b", json={"a": 1}, headers=key)
    assert other.status == 201
    assert other.body != first.body


def test_a_change_is_made_to_the_version_that_was_read(app: OffhookApp) -> None:
    answer = asks(app, "PUT", "/things/x", headers={"If-Match": '"3"'})
    assert (answer.json()["from"], answer.headers["ETag"]) == (3, '"4"')


def test_a_change_without_a_version_is_refused(app: OffhookApp) -> None:
    assert code(asks(app, "PUT", "/things/x")) == "428 precondition_required"


@pytest.mark.parametrize("given", ["3", "*", 'W/"3"', '"3", "4"', '"x"', '""', '"9999999999999999999"'])
def test_what_is_no_entity_tag_of_ours_is_refused(app: OffhookApp, given: str) -> None:
    assert code(asks(app, "PUT", "/things/x", headers={"If-Match": given})) == "400 invalid_input"


def test_a_deletion_has_no_body(app: OffhookApp) -> None:
    answer = asks(app, "DELETE", "/things/x")
    assert (answer.status, answer.body) == (204, "")


def test_the_pages_of_a_list_are_the_list(app: OffhookApp) -> None:
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = asks(app, "GET", f"/things?limit=3{f'&cursor={cursor}' if cursor else ''}").json()
        found += page["data"]
        cursor = page["next_cursor"]
    assert found == list(range(10))


def test_a_cursor_of_one_tenant_is_no_cursor_to_another(app: OffhookApp) -> None:
    cursor = asks(app, "GET", "/things?limit=3").json()["next_cursor"]
    answer = asks(app, "GET", f"/things?limit=3&cursor={cursor}", user="owner-of-t_b")
    assert code(answer) == "400 invalid_cursor"
    assert answer.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("path", ["/things", "/nothing", "/health"])
def test_every_answer_is_kept_from_caches_and_frames(app: OffhookApp, path: str) -> None:
    assert SECURITY_HEADERS.items() <= asks(app, "GET", path).headers.items()


def test_a_store_that_is_down_is_a_problem_to_be_tried_again(app: OffhookApp, world: MemoryWorld) -> None:
    world.store.unavailable = True
    answer = asks(app, "GET", "/things")
    assert code(answer) == "503 store_unavailable"
    assert answer.headers["Retry-After"] == "1"


def test_what_a_request_uses_is_metered_for_its_tenant(app: OffhookApp, world: MemoryWorld) -> None:
    asks(app, "GET", "/things", user="owner-of-t_b")
    assert [used.tenant_id for used in world.used] == [B]


def test_every_route_declares_its_permission_or_that_it_has_none(app: OffhookApp) -> None:
    declared = {(path, method) for path, methods in app.routes.items() for method in methods}
    assert declared == set(app.permissions)
    assert {path for (path, _), permission in app.permissions.items() if permission is None} >= {"/calls", "/health"}
