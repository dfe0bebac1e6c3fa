"""A tenant on trial, our routes, and the fake Stripe behind Stripe's own library, all by one clock."""

import random
from dataclasses import dataclass, field
from typing import Any

from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.clock import NOON, FrozenClock
from offhook.adapters.stripe.client import stripe_client
from offhook.adapters.stripe.provider import StripeBilling
from offhook.domain.billing.account import BillingAccount
from offhook.domain.billing.port import Subscription
from offhook.domain.ids import AgentId, Instant, TenantId
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.membership import Membership
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.billing import BillingStore
from offhook.stores.config import ConfigStore
from offhook.usecases.billing import daily
from offhook.usecases.deps import Deps
from offhook.usecases.tenants.membership import admit
from offhook.web.tenants.billing import take
from offhook.web.testing import Response, invoke
from offhook.wiring.memory import MemoryWorld

from functions.tenants.app import app
from local.stripe import sessions
from local.stripe.due import catch_up
from local.stripe.inprocess import InProcess
from local.stripe.sessions import Card
from local.stripe.state import Stripe
from local.stripe.webhooks import Outbox, Trouble

A, B = TenantId("t_a"), TenantId("t_b")
SECRET = "whsec_of_the_test"
MAIL = "boss@acme.test"
GOOD, FAILS_LATER, DECLINED = "4242424242424242", "4000000000000341", "4000000000000002"
ASKS_BANK, EXPIRED = "4000002500003155", "4000000000000069"
STEP_S, DAY_S = 6 * 3_600, 86_400
NOBODY: Any = None


@dataclass
class FakeTill:
    """The platform's account at the fake."""

    billing: StripeBilling
    app_url: str = "https://app.offhook.test"

    def provider(self) -> StripeBilling:
        return self.billing

    def webhook_secrets(self) -> tuple[str, ...]:
        return (SECRET,)


@dataclass
class Shop:
    """Everything of one test. deliver: whether webhooks go out after each step."""

    seed: int = 1
    trouble: Trouble = field(default_factory=Trouble)
    deliver: bool = True
    clock: FrozenClock = field(default_factory=FrozenClock)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.fake = Stripe(clock=lambda: self.clock.now() / 1000, chance=chance)
        self.http = InProcess(self.fake)
        self.client = stripe_client("sk_test_local", "http://stripe.test", self.http)
        self.till = FakeTill(StripeBilling(self.client))
        self.outbox = Outbox(self.fake, SECRET, self.post, self.trouble, chance)
        self.world = MemoryWorld(telephony=lambda _tenant: NOBODY, clock=self.clock, billing=self.till)
        for tenant in (A, B):
            made = Tenant(tenant, name=f"Company {tenant}", status=TenantStatus.TRIALING, since=NOON, trial_since=NOON)
            context = self.world.add_tenant(made)
            self.directory.add_tenant(tenant)
            member = Membership(f"owner-of-{tenant}", AgentId("a_owner"), "owner", second_factor=True, email=MAIL)
            with tenant_scope(tenant):
                admit(self.world.deps_for(context), self.world.edge_items(), member)

    @property
    def directory(self) -> Any:
        from offhook.stores.directory import Directory

        return Directory(self.world.edge_items())

    # --- our side

    def asks(self, method: str, path: str, tenant: TenantId = A, **more: Any) -> Response:
        """A request of the tenant's owner, signed in; then the webhooks it caused."""
        headers = {"Authorization": f"Bearer owner-of-{tenant}", **more.pop("headers", {})}
        with wiring.use(self.world):
            answer = invoke(app, method, f"/billing{path}", headers=headers, **more)
        self.flush()
        return answer

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        """A webhook as it arrives."""
        return self.told(body.decode(), headers["Stripe-Signature"]).status

    def told(self, body: str, signature: str) -> Response:
        """A webhook with any body and signature."""
        from offhook.web.testing import Response, event_for

        with wiring.use(self.world):
            headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
            answer = app(event_for(app, "POST", "/billing/webhook", body, headers), None)
        return Response(answer["statusCode"], answer["headers"], answer["body"])

    def flush(self) -> None:
        """Deliver what waits."""
        if self.deliver:
            self.outbox.flush()

    def deps(self, tenant: TenantId = A) -> Deps:
        return self.world.deps_for(self.world.tenant_context(tenant))

    def tenant(self, tenant: TenantId = A) -> Tenant:
        return ConfigStore(self.world._items(tenant), tenant).get(Tenant, tenant)

    def account(self, tenant: TenantId = A) -> BillingAccount:
        return BillingStore(self.world._items(tenant), tenant).account()

    def live(self, tenant: TenantId = A) -> Subscription:
        found = self.account(tenant).live
        assert found
        return found

    def day(self, tenant: TenantId = A) -> None:
        """Our own daily look at one tenant."""
        with wiring.use(self.world), tenant_scope(tenant):
            daily.look_after(self.deps(tenant), self.till.billing, self.world.mailer, self.till.app_url)
        self.flush()

    def sweep(self, back_s: float = 30 * DAY_S) -> None:
        """The events that the provider still has, as the daily sweep takes them."""
        with wiring.use(self.world):
            for event in list(self.till.billing.events(self.clock.now() - round(back_s * 1000))):
                take(event)

    # --- the other side

    def passes(self, seconds: float) -> None:
        """Time goes by, in steps of some hours at the provider, whose webhooks arrive as it goes."""
        end = self.clock.now() + round(seconds * 1000)
        while self.clock.now() < end:
            self.clock.at = min(end, self.clock.now() + STEP_S * 1000)
            with self.fake.lock:
                catch_up(self.fake, self.fake.now())
            self.flush()

    def subscribes(self, plan: str = "starter", seats: int = 3, card: str = GOOD, tenant: TenantId = A) -> str:
        """Choose a plan and pay on the page; returns where the page leads."""
        answer = self.asks("POST", "/checkout", tenant, json={"plan": plan, "seats": seats, "email": MAIL})
        assert answer.status == 202, answer.body
        return self.pays(answer.json()["url"].rpartition("/")[2], card)

    def pays(self, session: str, card: str = GOOD, confirmed: bool = False) -> str:
        """Somebody fills in the page."""
        leads = sessions.pay(self.fake, session, Card(card, 12, 2040, confirmed))
        self.flush()
        return leads

    def changes_card(self, card: str = GOOD, tenant: TenantId = A) -> None:
        """Somebody changes the card in the portal."""
        url = self.asks("POST", "/portal", tenant).json()["url"]
        sessions.change_card(self.fake, url.rpartition("/")[2], Card(card, 12, 2040))
        self.flush()

    def pays_open_invoices(self, tenant: TenantId = A) -> None:
        """Somebody pays what is open, on the invoice's page."""
        customer = self.account(tenant).customer_id
        for invoice in list(self.fake.table("invoice").values()):
            if invoice["customer"] == customer and invoice["status"] == "open":
                sessions.pay_invoice(self.fake, invoice["id"])
        self.flush()

    def invoices(self, tenant: TenantId = A) -> list[dict[str, Any]]:
        """Of the tenant's customer, oldest first."""
        customer = self.account(tenant).customer_id
        return [one for one in self.fake.table("invoice").values() if one["customer"] == customer]

    @property
    def mails(self) -> list[str]:
        return [mail.template for mail in self.world.mails.sent]


def at(seconds: float) -> Instant:
    return NOON + round(seconds * 1000)
