"""Random lives of subscribers against a simple model: what is invoiced, where the tenant stands, that it adds up.

Forty are walked each time, two thousand longer ones by `make soak`. Each life is told by its seed.
"""

import random
from fractions import Fraction

import pytest
from offhook.domain.billing.port import SubscriptionStatus
from offhook.domain.ids import month_of
from offhook.domain.metering.statement import Statement, StatementLine
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.usecases.metering import statement

from local.stripe.errors import StripeRefusal
from local.stripe.webhooks import Trouble
from tests.unit.billing.kit import DAY_S, FAILS_LATER, GOOD, Shop

METER = "sms.message"
STANDING = {
    SubscriptionStatus.ACTIVE: {TenantStatus.ACTIVE},
    SubscriptionStatus.PAST_DUE: {TenantStatus.PAST_DUE, TenantStatus.SUSPENDED},
    SubscriptionStatus.UNPAID: {TenantStatus.SUSPENDED},
    SubscriptionStatus.CANCELED: {TenantStatus.CLOSING},
}


class Life:
    """One tenant's, by chance; the model is what it owes: fees by the second, and usage by the cent."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chance = random.Random(seed)
        trouble = Trouble(lost=0.2, doubled=0.3, disordered=0.3) if seed % 2 else Trouble()
        self.shop = Shop(seed=seed, trouble=trouble)
        self.rate = self.shop.client.v1.tax_rates.create(
            {"display_name": "VAT", "percentage": self.chance.choice([0.5, 8.875, 19, 20]), "inclusive": False}
        )
        self.used: dict[str, int] = {}
        self.refunded = 0
        self.card = GOOD
        monkeypatch.setattr(statement, "of", self._statement)

    def _statement(self, _deps: object, month: str) -> Statement:
        cents = self.used.get(month, 0)
        line = StatementLine(month, METER, "sms", "Messages", "p", "1", "segment", "0", "1", cents, month)
        return Statement(month, lines=(line,), total=cents)

    def walk(self, steps: int) -> None:
        self.shop.subscribes(self.chance.choice(["starter", "growth"]), self.chance.randint(1, 9))
        self.look()
        (sub,) = self.shop.fake.table("subscription").values()
        self.shop.client.v1.subscriptions.update(sub["id"], {"default_tax_rates": [self.rate.id]})
        moves = [
            self.uses,
            self.waits,
            self.waits,
            self.seats,
            self.plan,
            self.breaks,
            self.mends,
            self.refund,
            self.leaves,
        ]
        for _ in range(steps):
            self.chance.choice(moves)()
            self.look()
            self.adds_up()
        self.mends()
        self.shop.sweep(3 * DAY_S)
        self.look()

    def look(self) -> None:
        """Our day: whatever the webhooks lost."""
        self.shop.day()

    def uses(self) -> None:
        month = month_of(self.shop.clock.now())
        self.used[month] = self.used.get(month, 0) + self.chance.randint(1, 5000)

    def waits(self) -> None:
        self.shop.passes(self.chance.choice([0.3, 3, 9, 31]) * DAY_S)

    def seats(self) -> None:
        self.shop.asks("PUT", "/seats", json={"seats": self.chance.randint(1, 25)})

    def plan(self) -> None:
        self.shop.asks("PUT", "/plan", json={"plan": self.chance.choice(["starter", "growth", "pay_per_use"])})

    def breaks(self) -> None:
        self._changes_card(FAILS_LATER)

    def mends(self) -> None:
        self._changes_card(GOOD)
        try:
            self.shop.pays_open_invoices()
        except StripeRefusal:  # void meanwhile
            return

    def _changes_card(self, card: str) -> None:
        self.card = card
        if self.shop.account().customer_id:
            self.shop.changes_card(card)

    def refund(self) -> None:
        for invoice in self.shop.invoices():
            left = invoice["amount_paid"] - invoice["post_payment_credit_notes_amount"]
            if invoice["status"] == "paid" and left > 0:
                amount = self.chance.randint(1, left)
                self.shop.till.billing.refund(invoice["id"], amount, f"{invoice['id']}:{left}")
                self.refunded += amount
                return

    def leaves(self) -> None:
        if self.chance.random() < 0.1:
            self.shop.asks("PUT", "/renewal", json={"renews": False})

    # --- what must hold after every step

    def adds_up(self) -> None:
        """Each invoice: lines + tax = total; total = due + credit used; nothing is paid that is not due."""
        balance, percent = 0, Fraction(str(self.rate.percentage)) / 100
        for invoice in self.shop.invoices():
            if invoice["status"] == "draft":
                continue
            rows = invoice["lines"]["data"]
            tax = sum(_rounded(row["amount"] * percent) for row in rows if row["taxes"])
            assert invoice["subtotal"] == sum(row["amount"] for row in rows)
            assert invoice["total"] == invoice["subtotal"] + tax
            used = invoice["ending_balance"] - invoice["starting_balance"]
            assert invoice["starting_balance"] == balance and invoice["amount_due"] == invoice["total"] - used
            balance = invoice["ending_balance"]
        assert self.usage_invoiced() <= self.usage_sent() <= sum(self.used.values())
        notes = sum(one["amount"] for one in self.shop.fake.table("credit_note").values())
        assert notes == self.refunded

    def usage_sent(self) -> int:
        return sum(int(one["payload"]["value"]) for one in self.shop.fake.meter_events)

    def usage_invoiced(self) -> int:
        prices = self.shop.fake.table("price").values()
        ours = {one["id"] for one in prices if one["lookup_key"] == f"offhook:usage:{METER}"}
        rows = [row for one in self.shop.invoices() for row in one["lines"]["data"]]
        return sum(row["amount"] for row in rows if row["pricing"]["price_details"]["price"] in ours)

    def stands_right(self) -> None:
        """The tenant is where its subscription says, and has the plan that it pays for."""
        found = self.shop.account().subscription
        assert found
        assert self.shop.tenant().status in STANDING[found.status]
        if found.status is SubscriptionStatus.ACTIVE:
            assert self.shop.tenant().plan == found.plan
        asked = self.shop.till.billing.subscription(self.shop.account().customer_id)
        assert asked == found


def _rounded(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2)) if amount >= 0 else -int(-amount + Fraction(1, 2))


def walked(seed: int, steps: int, monkeypatch: pytest.MonkeyPatch) -> Life:
    life = Life(seed, monkeypatch)
    life.walk(steps)
    life.stands_right()
    return life


@pytest.mark.parametrize("tens", range(4))
def test_random_lives_add_up_and_end_where_they_should(tens: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(tens * 10, tens * 10 + 10):
        walked(seed, 4, monkeypatch)


def test_who_stays_and_pays_is_billed_every_cent(monkeypatch: pytest.MonkeyPatch) -> None:
    life = walked(7, 0, monkeypatch)
    for _ in range(40):
        life.uses()
        life.shop.passes(DAY_S)
        life.look()
    life.shop.passes(35 * DAY_S)
    life.adds_up()
    assert life.usage_invoiced() == life.usage_sent() == sum(life.used.values())


@pytest.mark.soak
@pytest.mark.parametrize("hundreds", range(20))
def test_many_random_lives(hundreds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(1000 + hundreds * 100, 1100 + hundreds * 100):
        walked(seed, 12, monkeypatch)
