"""From a trial to a plan: the page, the webhook, the tenant."""

from offhook.domain.tenants.lifecycle import TenantStatus

from tests.unit.billing.kit import Shop


def test_a_trial_becomes_active_when_the_page_is_paid(shop: Shop) -> None:
    assert shop.subscribes("starter", seats=3).startswith("https://app.offhook.test/billing")
    assert shop.tenant().status is TenantStatus.ACTIVE
    assert shop.tenant().plan == "starter@1"
    assert shop.account().live and shop.account().live.seats == 3
    assert "billing_receipt" in shop.mails
