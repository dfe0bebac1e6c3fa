"""When money does not come: tried again, suspended, recovered; and the mails on the way."""

from offhook.domain.errors import StoreUnavailable
from offhook.domain.mail.message import Mail
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.usecases.tenants import lifecycle
from offhook.wiring.memory import MemoryMailer

from tests.unit.billing.kit import DAY_S, FAILS_LATER, Shop


def overdue(shop: Shop) -> None:
    shop.subscribes()
    shop.changes_card(FAILS_LATER)
    shop.passes(31 * DAY_S)


def test_a_failed_renewal_makes_the_tenant_past_due_and_tells_the_owner(shop: Shop) -> None:
    overdue(shop)
    assert shop.tenant().status is TenantStatus.PAST_DUE
    assert shop.mails.count("payment_failed") == 1
    mail = shop.world.mails.sent[-1]
    assert mail.values["amount"] == "$87.00" and "/_stripe/invoice/" in mail.values["link"]


def test_the_next_attempt_with_another_card_ends_it(shop: Shop) -> None:
    overdue(shop)
    shop.changes_card()
    shop.passes(3 * DAY_S)
    assert shop.tenant().status is TenantStatus.ACTIVE
    assert shop.mails[-1] == "billing_receipt"


def test_an_open_invoice_can_be_paid_by_hand(shop: Shop) -> None:
    overdue(shop)
    shop.changes_card()
    shop.pays_open_invoices()
    assert shop.tenant().status is TenantStatus.ACTIVE


def test_unpaid_for_good_suspends_and_a_payment_brings_everything_back(shop: Shop) -> None:
    overdue(shop)
    shop.passes(17 * DAY_S)
    assert shop.tenant().status is TenantStatus.SUSPENDED
    assert shop.mails.count("payment_failed") == 4
    shop.changes_card()
    shop.pays_open_invoices()
    assert shop.tenant().status is TenantStatus.ACTIVE


def test_paying_does_not_lift_what_we_suspended_for_another_reason(shop: Shop) -> None:
    shop.subscribes()
    lifecycle.move(shop.deps(), Trigger.SUSPEND, "abuse")
    shop.passes(35 * DAY_S)
    shop.day()
    assert shop.tenant().status is TenantStatus.SUSPENDED


def test_the_first_payment_of_a_trial_that_was_suspended_for_abuse_does_not_lift_it(shop: Shop) -> None:
    lifecycle.move(shop.deps(), Trigger.BAR, "abuse")
    shop.subscribes()
    shop.day()
    assert shop.tenant().status is TenantStatus.SUSPENDED
    lifecycle.move(shop.deps(), Trigger.REINSTATE, "it was a mistake")
    shop.day()
    assert shop.tenant().status is TenantStatus.ACTIVE


def test_a_trial_that_ends_soon_is_said_once(shop: Shop) -> None:
    for _ in range(14):
        shop.day()
        shop.passes(DAY_S)
    assert shop.mails.count("trial_ending") == 1
    assert shop.world.mails.sent[0].values["date"] == "2025-06-30"


def test_a_card_that_expires_meanwhile_is_asked_for_again(shop: Shop) -> None:
    shop.subscribes()
    for method in shop.fake.table("payment_method").values():
        method["card"] |= {"exp_month": 6, "exp_year": 2025}
    shop.passes(31 * DAY_S)
    assert shop.tenant().status is TenantStatus.PAST_DUE


def test_a_refund_is_a_credit_note_on_the_invoice_and_changes_no_standing(shop: Shop) -> None:
    shop.subscribes()
    paid = shop.invoices()[0]
    for _ in range(2):  # the same key gives it back once
        shop.till.billing.refund(paid["id"], 1000, "complaint-1")
    shop.flush()
    shown = shop.asks("GET", f"/invoices/{paid['id']}").json()
    assert shown["refunded"] == 1000 and shop.tenant().status is TenantStatus.ACTIVE


def test_a_mail_that_a_crash_kept_back_is_sent_the_next_day(shop: Shop) -> None:
    shop.deliver = False
    shop.subscribes()
    taken, shop.world.mails = shop.world.mails, NoMail()
    shop.deliver = True
    shop.flush()
    assert shop.account().owed
    shop.world.mails = taken
    shop.day()
    assert shop.mails == ["billing_receipt"] and not shop.account().owed


class NoMail(MemoryMailer):
    """A provider of mail that is down."""

    def send(self, mail: Mail) -> None:
        raise StoreUnavailable()
