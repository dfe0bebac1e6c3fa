"""From a trial to a plan, from plan to plan, and out again: the pages, the webhooks, the tenant."""

import pytest
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.stores.quotas import Quota, Quotas
from offhook.usecases.tenants import lifecycle

from local.stripe.errors import StripeRefusal
from tests.unit.billing.kit import ASKS_BANK, DAY_S, DECLINED, EXPIRED, FAILS_LATER, A, B, Shop


def test_a_trial_becomes_active_when_the_page_is_paid(shop: Shop) -> None:
    assert shop.subscribes("starter", seats=3).startswith("https://app.offhook.test/billing")
    assert shop.tenant().status is TenantStatus.ACTIVE
    assert shop.tenant().plan == "starter@1"
    assert shop.live().seats == 3
    assert "billing_receipt" in shop.mails
    assert shop.tenant(B).status is TenantStatus.TRIALING


@pytest.mark.parametrize("card", [DECLINED, EXPIRED, FAILS_LATER, ASKS_BANK])
def test_a_card_that_does_not_pay_buys_nothing(shop: Shop, card: str) -> None:
    with pytest.raises(StripeRefusal):
        shop.subscribes(card=card)
    assert shop.tenant().status is TenantStatus.TRIALING and shop.account().live is None
    assert shop.mails == []


def test_a_card_that_the_bank_asks_about_pays_once_that_is_confirmed(shop: Shop) -> None:
    page = shop.asks("POST", "/checkout", json={"plan": "growth", "email": "a@b.test"}).json()["url"]
    shop.pays(page.rpartition("/")[2], ASKS_BANK, confirmed=True)
    assert shop.tenant().status is TenantStatus.ACTIVE


def test_another_page_closes_the_one_before_so_nobody_subscribes_twice(shop: Shop) -> None:
    order = {"plan": "starter", "seats": 2, "email": "a@b.test"}
    first, second = (shop.asks("POST", "/checkout", json=order).json()["url"].rpartition("/")[2] for _ in range(2))
    with pytest.raises(StripeRefusal):
        shop.pays(first)
    shop.pays(second)
    again = shop.asks("POST", "/checkout", json=order)
    assert again.status == 409 and again.json()["code"] == "already_subscribed"


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ({"plan": "trial", "email": "a@b.test"}, "$.plan"),
        ({"plan": "nothing", "email": "a@b.test"}, "$.plan"),
        ({"plan": "starter", "email": "a@b.test", "seats": 26}, "$.seats"),
        ({"plan": "starter", "email": "a@b.test", "seats": 0}, "$.seats"),
        ({"plan": "starter", "email": "nobody"}, "$.email"),
    ],
)
def test_an_impossible_order_names_its_field_and_makes_nothing(
    shop: Shop, order: dict[str, object], field: str
) -> None:
    answer = shop.asks("POST", "/checkout", json=order)
    assert answer.status == 400 and answer.json()["errors"][0]["field"] == field
    assert shop.fake.table("customer") == {}


def test_more_seats_are_paid_for_the_rest_of_the_month_at_once(shop: Shop) -> None:
    shop.subscribes("starter", seats=2)
    shop.passes(15 * DAY_S)
    assert shop.asks("PUT", "/seats", json={"seats": 4}).json()["subscription"]["seats"] == 4
    extra = shop.invoices()[-1]
    assert extra["billing_reason"] == "subscription_update" and extra["status"] == "paid"
    assert extra["total"] == 2900  # half a month of two seats at 29 dollars


def test_fewer_seats_than_people_are_refused(shop: Shop) -> None:
    shop.subscribes("starter", seats=5)
    shop.deps().items.commit(Quotas(shop.deps().items, A).take(Quota.SEATS, 25, 3))  # and the owner
    answer = shop.asks("PUT", "/seats", json={"seats": 3})
    assert answer.status == 409 and answer.json()["code"] == "too_few_seats"
    assert shop.asks("PUT", "/seats", json={"seats": 4}).status == 200


def test_a_change_that_the_card_does_not_pay_changes_nothing(shop: Shop) -> None:
    shop.subscribes("starter", seats=2)
    shop.changes_card(FAILS_LATER)
    shop.passes(DAY_S)
    refused = shop.asks("PUT", "/seats", json={"seats": 9})
    assert refused.status == 402 and refused.json()["code"] == "payment_refused"
    assert shop.live().seats == 2
    shop.changes_card()
    assert shop.asks("PUT", "/seats", json={"seats": 9}).status == 200


def test_another_plan_is_had_at_once(shop: Shop) -> None:
    shop.subscribes("starter", seats=2)
    shop.passes(10 * DAY_S)
    answer = shop.asks("PUT", "/plan", json={"plan": "growth"})
    assert answer.status == 200 and shop.tenant().plan == "growth@1"
    descriptions = [line["description"] for line in shop.invoices()[-1]["lines"]["data"]]
    assert len(descriptions) == 2 and descriptions[0].startswith("Unused time")


def test_what_is_not_renewed_ends_with_its_period_and_closes_the_tenant(shop: Shop) -> None:
    shop.subscribes()
    assert shop.asks("PUT", "/renewal", json={"renews": False}).json()["subscription"]["ends_with_period"]
    shop.passes(20 * DAY_S)
    assert shop.tenant().status is TenantStatus.ACTIVE
    shop.passes(12 * DAY_S)
    assert shop.tenant().status is TenantStatus.CLOSING
    assert shop.account().live is None


def test_who_takes_it_back_is_renewed(shop: Shop) -> None:
    shop.subscribes()
    shop.asks("PUT", "/renewal", json={"renews": False})
    shop.asks("PUT", "/renewal", json={"renews": True})
    shop.passes(33 * DAY_S)
    assert shop.tenant().status is TenantStatus.ACTIVE and len(shop.invoices()) == 2


def test_a_reopened_tenant_has_two_weeks_to_subscribe_again(shop: Shop) -> None:
    shop.subscribes()
    shop.asks("PUT", "/renewal", json={"renews": False})
    shop.passes(32 * DAY_S)
    lifecycle.move(shop.deps(), Trigger.REOPEN, "the owner")
    shop.day()
    assert shop.tenant().status is TenantStatus.PAST_DUE
    shop.subscribes("growth", seats=1)
    assert shop.tenant().status is TenantStatus.ACTIVE


def test_a_tenant_that_closes_is_not_renewed_and_a_closed_one_pays_no_more(shop: Shop) -> None:
    shop.subscribes()
    lifecycle.move(shop.deps(), Trigger.CLOSE, "the owner")
    shop.day()
    live = shop.account().live
    assert live and live.ends_with_period
    shop.passes(29 * DAY_S)
    lifecycle.move(shop.deps(), Trigger.WINDOW_OVER, "time")
    shop.day()
    assert shop.account().live is None


def test_who_has_no_subscription_is_told_so(shop: Shop) -> None:
    for path, body in (("/seats", {"seats": 3}), ("/plan", {"plan": "growth"}), ("/renewal", {"renews": True})):
        answer = shop.asks("PUT", path, json=body)
        assert (answer.status, answer.json()["code"]) == (409, "not_subscribed")
    assert shop.asks("POST", "/portal").json()["code"] == "not_subscribed"
    assert shop.asks("GET", "/invoices").json() == {"data": [], "next_cursor": None}


def test_invoices_are_listed_newest_first_and_another_tenants_is_nowhere(shop: Shop) -> None:
    shop.subscribes()
    shop.subscribes(tenant=B)
    shop.passes(65 * DAY_S)
    first = shop.asks("GET", "/invoices?limit=2").json()
    rest = shop.asks("GET", f"/invoices?limit=2&cursor={first['next_cursor']}").json()
    assert [one["id"] for one in first["data"] + rest["data"]] == [one["id"] for one in reversed(shop.invoices())]
    shown = shop.asks("GET", f"/invoices/{first['data'][0]['id']}").json()
    assert sum(line["amount"] for line in shown["lines"]) + shown["tax"] == shown["total"]
    foreign, nowhere = (shop.asks("GET", f"/invoices/{id}") for id in (shop.invoices(B)[0]["id"], "in_nowhere"))
    assert foreign.status == nowhere.status == 404 and foreign.body == nowhere.body
