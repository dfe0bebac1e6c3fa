"""API keys: shown once, good for their scopes, times and places, and refused alike whatever is wrong with them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.integrations import api_keys
from offhook.domain.integrations.api_keys import FOR_PEOPLE, parse, secret_of, token_of
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.config import ConfigStore
from offhook.web.testing import Response, event_for

from functions.analytics.app import app as analytics
from functions.integrations.app import app
from tests.unit.integrations.office import ACME, ZETA, Office

DAY_MS = 86_400_000


def issued(at: Office, tenant: Any = ACME, **body: Any) -> dict[str, Any]:
    answer = at.ask("POST", "/keys", tenant=tenant, json={"name": "Ours", "scopes": ["webhooks.read"], **body})
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.json()
    return made


def from_address(token: str, address: str) -> Response:
    event = event_for(app, "GET", "/webhooks", None, {"Authorization": f"Bearer {token}"})
    event["requestContext"]["identity"] = {"sourceIp": address}
    raw = app(event, None)
    return Response(raw["statusCode"], raw["headers"], raw["body"])


def test_a_key_does_what_its_scopes_say_for_its_own_tenant_and_nothing_else(at: Office) -> None:
    hook = at.endpoint()
    at.endpoint("https://z.example.com/", ZETA)
    token = issued(at)["token"]
    assert [one["id"] for one in at.ask("GET", "/webhooks", who=token).json()["data"]] == [hook["id"]]
    assert at.ask("POST", "/webhooks", who=token, json={"url": "https://x.example.com/"}).status == 403
    assert at.ask("GET", "/keys", who=token).status == 403
    assert at.ask("GET", "/costs", who=token, app=analytics).status == 403


def test_a_token_is_shown_once_and_stored_nowhere(at: Office) -> None:
    made = issued(at)
    secret = parse(made["token"]).secret  # type: ignore[union-attr]  # it is well-formed
    shown = at.ask("GET", f"/keys/{made['id']}").body + at.ask("GET", "/keys").body
    stored = b"".join(row.item.body for row in at.aws.store.rows.values())
    assert secret not in shown and secret.encode() not in stored and secret.encode()[::-1] not in stored


@pytest.mark.parametrize("change", ["secret", "id", "check", "other", "short", "prefix"])
def test_whatever_is_wrong_with_a_token_is_answered_alike(at: Office, change: str) -> None:
    parts = parse(issued(at)["token"])
    other = parse(issued(at, ZETA)["token"])
    assert parts and other
    wrong = {
        "secret": token_of(parts.key_id, parts.secret[::-1]),
        "id": token_of("zzzzzzzzzzzz", parts.secret),
        "check": token_of(parts.key_id, parts.secret)[:-1] + "~",
        "other": token_of(parts.key_id, other.secret),
        "short": "cck_live_x",
        "prefix": "cck_test_" + token_of(parts.key_id, parts.secret)[9:],
    }[change]
    answer = at.ask("GET", "/webhooks", who=wrong)
    assert (answer.status, answer.json()["detail"]) == (401, "The API key is not valid.")


def test_a_key_ends_with_its_time_and_when_it_is_revoked(at: Office) -> None:
    at.run(10)
    ending = issued(at, expires_at=at.aws.clock.now() + DAY_MS)
    revoked = issued(at)
    for key in (ending, revoked):
        assert at.ask("GET", "/webhooks", who=key["token"]).status == 200
    assert at.ask("DELETE", f"/keys/{revoked['id']}").status == 204
    at.run(DAY_MS / 1000)
    for key in (ending, revoked):
        assert at.ask("GET", "/webhooks", who=key["token"]).status == 401
    assert [key["id"] for key in at.ask("GET", "/keys").json()["data"]] == [ending["id"]]


def test_a_key_counts_only_from_its_networks(at: Office) -> None:
    token = issued(at, networks=["198.51.100.0/24", "2001:db8::/32"])["token"]
    for address, status in (("198.51.100.7", 200), ("2001:db8::1", 200), ("198.51.101.7", 401), ("", 401), ("x", 401)):
        assert from_address(token, address).status == status


def test_the_last_use_is_seen(at: Office) -> None:
    at.run(60)
    made = issued(at)
    assert made["last_used_at"] is None
    at.ask("GET", "/webhooks", who=made["token"])
    assert at.ask("GET", f"/keys/{made['id']}").json()["last_used_at"] == at.aws.clock.now()


def test_a_key_of_a_suspended_tenant_only_reads(at: Office) -> None:
    token = issued(at, scopes=["webhooks.read", "webhooks.write"])["token"]
    with at.within() as (deps, _):
        ConfigStore(deps.items, ACME).put(Tenant(ACME, status=TenantStatus.SUSPENDED))
    assert at.ask("GET", "/webhooks", who=token).status == 200
    assert (
        at.ask("POST", "/webhooks", who=token, json={"url": "https://x.example.com/"}).json()["code"]
        == "tenant_not_active"
    )


@pytest.mark.parametrize(("body", "field"), [
    ({"scopes": []}, "$.scopes"), ({"scopes": ["webhooks.read"] * 2}, "$.scopes"), ({"scopes": ["x"]}, "$.scopes[0]"),
    *(({"scopes": [scope]}, "$.scopes[0]") for scope in sorted(FOR_PEOPLE)),
    ({"name": " "}, "$.name"), ({"name": "x" * 81}, "$.name"), ({"expires_at": 1}, "$.expires_at"),
    ({"expires_at": 10**14}, "$.expires_at"), ({"networks": ["1.2.3.4/8"]}, "$.networks[0]"),
    ({"networks": ["x"]}, "$.networks[0]"), ({"networks": ["1.2.3.4"] * 21}, "$.networks"), ({"more": 1}, "$"),
])  # fmt: skip
def test_a_key_that_makes_no_sense_is_refused_by_field(at: Office, body: dict[str, Any], field: str) -> None:
    at.run(10)
    answer = at.ask("POST", "/keys", json={"name": "Ours", "scopes": ["webhooks.read"], **body})
    assert (answer.status, answer.json()["errors"][0]["field"]) == (400, field)


def test_nobody_gives_a_key_more_than_they_have(at: Office) -> None:
    owners = {p.value for p in Permission} - FOR_PEOPLE
    assert issued(at, scopes=sorted(owners))["scopes"] == sorted(owners)
    mine = frozenset({Permission.WEBHOOKS_READ, Permission.KEYS_WRITE})
    key = api_keys.ApiKey("k", 1, "x", (Permission.REPORTS_READ,), "", "", 0)
    with pytest.raises(Exception, match="more than they have"):
        api_keys.check(key, mine, 0)


def test_a_plan_allows_so_many_keys(at: Office) -> None:
    answers = [at.ask("POST", "/keys", json={"name": "x", "scopes": ["webhooks.read"]}) for _ in range(60)]
    refused = [one for one in answers if one.status != 201]
    assert refused and {one.json()["code"] for one in refused} == {"quota_reached"}
    made = [one.json()["id"] for one in answers if one.status == 201]
    at.ask("DELETE", f"/keys/{made[0]}")
    assert at.ask("POST", "/keys", json={"name": "x", "scopes": ["webhooks.read"]}).status == 201


@given(st.binary(min_size=48, max_size=48), st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=12, max_size=12))
def test_a_token_has_its_shape_and_is_read_back(chance: bytes, key_id: str) -> None:
    token = token_of(key_id, secret_of(chance))
    assert len(token) == 9 + 12 + 1 + 32 + 6
    assert parse(token) == api_keys.Parts(key_id, secret_of(chance))


@given(st.binary(min_size=48, max_size=48), st.integers(0, 59), st.sampled_from(api_keys.ALPHABET))
def test_a_typing_error_is_seen_without_looking_anything_up(chance: bytes, place: int, sign: str) -> None:
    token = token_of("k" * 12, secret_of(chance))
    wrong = token[:place] + sign + token[place + 1 :]
    assert wrong == token or parse(wrong) is None


@given(st.text())
def test_any_text_is_a_key_or_none(text: str) -> None:
    assert parse(text) is None and parse(f"cck_live_{text}") is None
