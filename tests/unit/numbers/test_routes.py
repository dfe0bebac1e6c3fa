"""Numbers over HTTP: bought once for a key, refused by name, found by forwarding, reconciled at night."""

from collections.abc import Iterator
from typing import Any

import pytest
from offhook import wiring
from offhook.domain.messages import Topic
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores.directory import Directory
from offhook.web.testing import claims_by_name, webhook

from functions.ivr.app import app
from functions.tenants.app import numbers_nightly, provision
from tests.unit.numbers.worlds import ME, OTHER, PUBLIC, Shop
from tests.unit.rounds import wake
from tests.unit.web.worlds import add_member, asks
from tests.world.world import ENVIRONMENT

OWNER, AGENT = f"owner-of-{ME}", f"agent-of-{ME}"


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)
    made = Shop()
    directory = Directory(made.aws.edge_items())
    for tenant in (ME, OTHER):
        account = made.account(tenant)
        context = made.aws.add_tenant(
            Tenant(tenant, plan="starter", region="DE", account_sid=account.sid), account.auth_token
        )
        directory.register("ACCOUNT", account.sid, tenant)
        directory.add_tenant(tenant)
        for role in ("owner", "agent"):
            add_member(made.aws, context.id, f"{role}-of-{tenant}", role, f"a_{role}")
    with wiring.use(made.aws):
        yield made
    settings.cache_clear()


def post(path: str, body: Any = None, user: str = OWNER, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return asks(app, "POST", path, user, json=body, headers=headers)


def test_a_number_is_looked_for_bought_once_listed_and_given_back(shop):
    offered = asks(app, "GET", "/numbers/available?country=us&area_code=212", OWNER).json()["data"]
    assert offered and all(one["number"].startswith("+1212") for one in offered)
    wish = {"country": "US", "number": offered[3]["number"]}
    answers = [post("/numbers", wish, key="k-1") for _ in range(2)]
    assert [one.status for one in answers] == [201, 201] and answers[0].body == answers[1].body
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    (listed,) = asks(app, "GET", "/numbers", OWNER).json()["data"]
    assert (listed["id"], listed["flow_id"], listed["line"]["state"]) == (offered[3]["number"], "", "active")
    assert post(f"/numbers/{listed['id']}/release").status == 204
    assert post(f"/numbers/{listed['id']}/release").status == 404
    assert shop.true() and shop.bought() == []


def test_the_plan_is_full_is_402_naming_quota_and_plan(shop):
    for n in range(5):
        assert post("/numbers", {"country": "US"}, key=str(n)).status == 201
    refused = post("/numbers", {"country": "US"})
    assert (refused.status, refused.json()["code"]) == (402, "quota_reached")
    assert "starter allows 5 numbers" in refused.json()["detail"]


@pytest.mark.parametrize(
    "body, field",
    [
        ({"country": "XX"}, "$.country"), ({}, "$.country"), ({"country": "US", "kind": "pink"}, "$.kind"),
        ({"country": "US", "number": "911"}, "$.number"), ({"country": "US", "contains": "1*"}, "$.contains"),
        ({"country": "US", "wish": 1}, "$"),
    ],
)  # fmt: skip
def test_a_wrong_wish_is_named_and_changes_nothing(shop, body, field):
    rows = dict(shop.aws.store.rows)
    refused = post("/numbers", body)
    assert (refused.status, refused.json()["errors"][0]["field"]) == (400, field)
    assert shop.aws.store.rows == rows


def test_papers_are_shown_and_another_number_meanwhile(shop):
    assert asks(app, "GET", "/numbers/papers?country=DE", OWNER).json()["state"] == "none"
    assert asks(app, "GET", "/numbers/papers?country=US", OWNER).json() == {
        "country": "US", "kind": "local", "state": "not_needed", "can_buy": True,
    }  # fmt: skip
    assert post("/numbers", {"country": "DE"}).json()["code"] == "papers_missing"
    assert post("/numbers", {"country": "DE", "meanwhile": True}).json()["stands_in_for"] == "DE"


def test_agents_deal_in_no_numbers(shop):
    assert post("/numbers", {"country": "US"}, AGENT).status == 403
    assert asks(app, "GET", "/numbers/available?country=US", AGENT).status == 403


def test_a_forwarded_call_proves_the_number(shop):
    target = post("/numbers", {"country": "US"}).json()["number"]
    attached = post("/numbers/attachments", {"number": "+493012345678"}).json()
    assert (attached["state"], attached["forward_to"]) == ("unproven", target)
    form = {
        "AccountSid": shop.account().sid, "CallSid": "CA1", "From": "+14155550999", "To": target,
        "ForwardedFrom": "+493012345678", "CallStatus": "ringing",
    }  # fmt: skip
    answer = webhook(app, "/calls", form, public_api_url=PUBLIC, token=shop.account().auth_token)
    assert answer.status == 200
    lines = {one["id"]: one["line"] for one in asks(app, "GET", "/numbers", OWNER).json()["data"]}
    assert lines["+493012345678"]["state"] == "active"


def test_a_forged_forwarding_proves_nothing(shop):
    target = post("/numbers", {"country": "US"}).json()["number"]
    post("/numbers/attachments", {"number": "+493012345678"})
    form = {"AccountSid": shop.account().sid, "CallSid": "CA1", "To": target, "ForwardedFrom": "+493012345678"}
    assert webhook(app, "/calls", form, public_api_url=PUBLIC, token="wrong").status == 403
    lines = {one["id"]: one["line"] for one in asks(app, "GET", "/numbers", OWNER).json()["data"]}
    assert lines["+493012345678"]["state"] == "unproven"


def test_port_ins_and_allowed_countries_go_there_and_back(shop):
    made = post("/numbers/port-ins", {"numbers": ["+493012345678"], "carrier": "Old Telecom"})
    assert (made.status, made.json()["state"]) == (201, "submitted")
    path = f"/numbers/port-ins/{made.json()['id']}"
    body = {"numbers": ["+493012345678"], "carrier": "Old Telecom", "documents": ["bill.pdf"]}
    changed = asks(app, "PUT", path, OWNER, json=body, headers={"If-Match": made.headers["ETag"]})
    assert changed.json()["documents"] == ["bill.pdf"]
    assert asks(app, "DELETE", path, OWNER).status == 204
    assert asks(app, "GET", path, OWNER).json()["state"] == "cancelled"
    before = asks(app, "GET", "/numbers/allowed-countries", OWNER)
    assert before.json()["countries"] == ["CA", "DE", "US"]
    set_ = asks(
        app, "PUT", "/numbers/allowed-countries", OWNER, json={"countries": ["FR"]},
        headers={"If-Match": before.headers["ETag"]},
    )  # fmt: skip
    assert (set_.status, set_.json()) == (200, {"countries": ["FR"], "emergency": False, "version": 1})


def test_the_night_looks_at_every_tenant_and_one_failure_stops_nobody(shop: Shop) -> None:
    for tenant, stray in ((ME, "+14155550771"), (OTHER, "+14155550772")):
        shop.carrier.carrier.accounts.buy_number(shop.account(tenant).sid, stray)
    shop.carrier.carrier.faults.add("503", kind="rest", count=1)
    (failed,) = wake(shop.aws, numbers_nightly, provision, Topic.NUMBERS)
    assert shop.facts().count("number_drifted") == 1 and failed.tenant_id in (ME, OTHER)
    assert wake(shop.aws, lambda *_: None, provision, Topic.NUMBERS) == [], "it comes again by itself"
    assert shop.facts().count("number_drifted") == 2
