"""The owner closes and reopens the tenant; the carrier's alarm becomes a fact, once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from offhook.domain.ids import TenantId
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.sign_up import tenant_of
from offhook.stores.codec import decode_events
from offhook.usecases.tenants.membership import admit, members_of
from offhook.web.testing import Response, invoke, webhook

from functions.tenants.app import app
from tests.unit.tenants.sign_up_world import SignUpWorld, sign_up_world
from tests.world.world import PUBLIC


@pytest.fixture
def world() -> Iterator[SignUpWorld]:
    with sign_up_world() as made:
        yield made


@pytest.fixture
def tenant(world: SignUpWorld, monkeypatch: pytest.MonkeyPatch) -> TenantId:
    """A tenant whose owner has a second factor; access tokens are `<user> <tenant> <version>`."""
    from offhook.web import tokens

    sign_up, _ = world.join()
    world.run(60)
    with world.within(tenant_of(sign_up)) as deps:
        (owner,) = members_of(deps).all()
        admit(deps, world.aws.edge_items(), replace(owner, second_factor=True))

    def claims_of(token: str) -> Any:
        with world.within(tenant_of(sign_up)) as deps:
            (owner,) = members_of(deps).all()
        return tokens.Claims(owner.id, tenant_of(sign_up), owner.version)

    monkeypatch.setattr(tokens, "claims_of", claims_of)
    return tenant_of(sign_up)


def asks(method: str, path: str, **body: str) -> Response:
    return invoke(app, method, path, json=body or None, headers={"Authorization": "Bearer owner"})


def test_the_owner_closes_by_typing_the_name_and_reopens(world: SignUpWorld, tenant: TenantId) -> None:
    closed = asks("POST", "/closure", confirm="acme  CLINIC")
    assert (closed.status, closed.json()["status"]) == (200, "closing")
    world.run(10)
    account = world.carrier.accounts.all[world.tenant(tenant).account_sid]
    assert account.status == "suspended"
    assert asks("GET", "/me").status == 200
    assert asks("GET", "/closure").json() == closed.json(), "whoever looks later sees until when"
    assert asks("DELETE", "/closure").json() == {"status": "trialing", "closes_at": None}
    world.run(10)
    assert account.status == "active"


def test_another_name_closes_nothing(world: SignUpWorld, tenant: TenantId) -> None:
    refused = asks("POST", "/closure", confirm="Acme")
    assert (refused.status, refused.json()["errors"][0]["field"]) == (400, "$.confirm")
    assert world.tenant(tenant).status is TenantStatus.TRIALING


def test_reopening_what_is_open_is_a_conflict(world: SignUpWorld, tenant: TenantId) -> None:
    assert asks("DELETE", "/closure").status == 409


def test_the_carriers_alarm_is_told_once_however_often_it_comes(world: SignUpWorld, tenant: TenantId) -> None:
    account = world.carrier.accounts.all[world.tenant(tenant).account_sid]
    form = {
        "AccountSid": account.sid, "UsageTriggerSid": "UT1", "IdempotencyToken": "UT1-FIRES-2026-01-01",
        "TriggerValue": "20", "CurrentValue": "20.4",
    }  # fmt: skip
    for _ in range(3):
        answer = webhook(app, "/carrier/spending", form, public_api_url=PUBLIC, token=account.auth_token)
        assert answer.status == 200
    rows = [one.item for key, one in world.aws.store.rows.items() if f"T#{tenant}#FACT#spending" in key.pk]
    (told,) = [event for item in rows for event in decode_events(item.events)]
    assert (told["type"], told["limit_usd"], told["spent_usd"]) == ("spending_noticed", "20", "20.4")
    forged = webhook(app, "/carrier/spending", form, public_api_url=PUBLIC, token="0" * 32)
    assert forged.status == 403


def test_the_simulated_carrier_fires_a_trigger_once_a_day(world: SignUpWorld, tenant: TenantId) -> None:
    from local.carrier import usage_triggers

    account = world.tenant(tenant).account_sid
    (trigger,) = [one for one in world.carrier.accounts.triggers.values() if one.account_sid == account]
    sent: list[dict[str, str]] = []
    world.carrier.sender.notify = lambda outgoing, done=None: sent.append(dict(outgoing.form))  # type: ignore[method-assign]  # what leaves
    usage_triggers.fire(world.carrier, account)
    trigger.trigger_value = "1.00"
    for _ in range(3):
        usage_triggers.fire(world.carrier, account)
    assert [(one["TriggerValue"], one["UsageCategory"]) for one in sent] == [("1.00", "totalprice")]
    world.run(24 * 3600)
    usage_triggers.fire(world.carrier, account)
    assert len(sent) == 1, "nothing was used on the next day"
