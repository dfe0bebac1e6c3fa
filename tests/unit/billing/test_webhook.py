"""The provider's webhook: who may speak, and that what is said twice, late or in another order changes nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from offhook.domain.tenants.lifecycle import TenantStatus

from local.stripe.webhooks import Trouble, signature
from tests.unit.billing.kit import DAY_S, FAILS_LATER, SECRET, A, B, Shop


def waiting_event(shop: Shop) -> tuple[str, int]:
    """The body that says that A subscribed, which nobody delivered yet, and the time."""
    shop.deliver = False
    shop.subscribes()
    return json.dumps(event_of(shop, "checkout.session.completed")), shop.clock.now() // 1000


def event_of(shop: Shop, type: str) -> dict[str, Any]:
    return next(one for one in shop.fake.table("event").values() if one["type"] == type)


def test_what_is_signed_now_is_taken(shop: Shop) -> None:
    body, now = waiting_event(shop)
    assert shop.told(body, signature(SECRET, body.encode(), now)).status == 200
    assert shop.tenant().status is TenantStatus.ACTIVE


@pytest.mark.parametrize("off_s", [-301, -86_400, 301, 86_400 * 365])
def test_a_signature_of_another_time_is_refused_and_changes_nothing(shop: Shop, off_s: int) -> None:
    body, now = waiting_event(shop)
    assert shop.told(body, signature(SECRET, body.encode(), now + off_s)).status == 403
    assert shop.account().subscription is None and shop.tenant().status is TenantStatus.TRIALING


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "t=",
        "v1=abc",
        "t={now}",
        "t={now},v1=",
        "t={now},v0={mac}",
        "t={now},t={old},v1={mac}",
        "t=-1,v1={mac}",
        "t=٣,v1={mac}",
        "t={now},v1={other}",
        "t={now}.0,v1={mac}",
    ],
)
def test_a_forged_signature_is_refused_and_changes_nothing(shop: Shop, forged: str) -> None:
    body, now = waiting_event(shop)
    mac, other = (signature(key, body.encode(), now).rpartition("=")[2] for key in (SECRET, "whsec_other"))
    header = forged.format(now=now, old=now - 9999, mac=mac, other=other)
    answer = shop.told(body, header)
    assert answer.status == 403 and answer.json()["code"] == "forbidden"
    assert shop.account().subscription is None


@pytest.mark.parametrize("position", range(0, 400, 37))
def test_a_changed_byte_is_refused(shop: Shop, position: int) -> None:
    body, now = waiting_event(shop)
    changed = body[:position] + ("x" if body[position] != "x" else "y") + body[position + 1 :]
    assert shop.told(changed, signature(SECRET, body.encode(), now)).status == 403


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{}", '{"id": 1}', '{"data": {"object": []}, "id": "e", "type": "t"}']
)
def test_what_is_signed_and_no_event_is_a_bad_request(shop: Shop, body: str) -> None:
    now = shop.clock.now() // 1000
    assert shop.told(body, signature(SECRET, body.encode(), now)).status == 400


def test_an_event_of_nobody_we_know_is_none_of_our_business(shop: Shop) -> None:
    event = {
        "id": "evt_1",
        "type": "invoice.paid",
        "created": 1,
        "data": {"object": {"customer": "cus_x", "id": "in_1"}},
    }
    body, now = json.dumps(event), shop.clock.now() // 1000
    assert shop.told(body, signature(SECRET, body.encode(), now)).status == 200


def test_the_event_is_a_hint_and_what_holds_is_asked_for(shop: Shop) -> None:
    shop.subscribes()
    lie: dict[str, Any] = json.loads(json.dumps(event_of(shop, "customer.subscription.created")))
    lie["id"], lie["data"]["object"]["status"] = "evt_lie", "canceled"
    body, now = json.dumps(lie), shop.clock.now() // 1000
    assert shop.told(body, signature(SECRET, body.encode(), now)).status == 200
    assert shop.tenant().status is TenantStatus.ACTIVE


@dataclass(frozen=True)
class Left:
    """What is left of a history: standing, plan, what is subscribed to; mails; invoices."""

    tenants: Sequence[tuple[object, ...]]
    mails: list[str]
    totals: list[int]


def history(shop: Shop) -> Left:
    """A life with most of what can happen."""
    shop.subscribes("starter", seats=3)
    shop.subscribes("growth", seats=1, tenant=B)
    shop.passes(12 * DAY_S)
    shop.sweep()
    shop.asks("PUT", "/seats", json={"seats": 5})
    shop.changes_card(FAILS_LATER)
    shop.passes(21 * DAY_S)
    shop.changes_card()
    shop.pays_open_invoices()
    shop.passes(8 * DAY_S)
    shop.sweep()
    for tenant in (A, B):
        shop.day(tenant)
    subscribed = [(shop.account(t).live, shop.tenant(t)) for t in (A, B)]
    tenants = [(tenant.status, tenant.plan, live and (live.status, live.seats)) for live, tenant in subscribed]
    return Left(tenants, sorted(shop.mails), [one["total"] for one in shop.invoices()])


@cache
def undisturbed_history() -> Left:
    """What the others are compared with."""
    return history(Shop())


@pytest.mark.parametrize(
    "trouble",
    [Trouble(doubled=0.7), Trouble(disordered=0.7), Trouble(lost=0.6), Trouble(lost=1.0), Trouble(0.3, 0.4, 0.4)],
    ids=["doubled", "disordered", "lost", "all lost", "everything"],
)
def test_trouble_on_the_way_changes_nothing_in_the_end(trouble: Trouble) -> None:
    undisturbed, disturbed = undisturbed_history(), history(Shop(trouble=trouble))
    assert len(undisturbed.mails) >= 4 and undisturbed.tenants[0][0] is TenantStatus.ACTIVE
    assert (disturbed.tenants, disturbed.totals) == (undisturbed.tenants, undisturbed.totals)
    assert set(disturbed.mails) <= set(undisturbed.mails)
    assert disturbed.mails == undisturbed.mails or trouble.lost


def test_a_mail_is_sent_once_however_often_its_event_comes(shop: Shop) -> None:
    shop.subscribes()
    for _ in range(3):
        shop.sweep()
    assert shop.mails == ["billing_receipt"]
