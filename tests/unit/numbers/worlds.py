"""A tenant on the starter plan, with its account at the simulated carrier, used through the unmodified client."""

from dataclasses import dataclass, field
from typing import Any

from offhook import wiring
from offhook.adapters.carrier.twilio.numbers import TwilioNumbers
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.ids import TenantId
from offhook.domain.numbers.line import Line, LineState, Order, OrderState
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.codec import decode_events
from offhook.stores.quotas import Quota
from offhook.usecases.ivr.numbers import HANDLE
from offhook.usecases.numbers.desk import NumberDesk
from offhook.wiring.memory import MemoryWorld
from twilio.rest import Client

from local.carrier.inprocess import InProcessHttpClient
from local.carrier.model.account import Account
from local.carrier.testing import World, world

NO_CARRIER: Any = None
ME, OTHER = TenantId("t_one"), TenantId("t_two")
PUBLIC = "https://api.offhook.test"


@dataclass
class Shop:
    """aws: stores; carrier: the simulator; accounts: by tenant."""

    plan: str = "starter"
    carrier: World = field(default_factory=world)
    accounts: dict[str, Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.carrier.carrier.accounts.numbers.clear()
        self.aws = MemoryWorld(telephony=lambda _tenant: NO_CARRIER, numbers=self._numbers)
        for tenant in (ME, OTHER):
            account = self.carrier.carrier.accounts.create(tenant)
            self.accounts[account.sid] = account
            self.aws.add_tenant(Tenant(tenant, plan=self.plan, region="DE", account_sid=account.sid))

    @property
    def clock(self) -> FrozenClock:
        clock = self.aws.clock
        assert isinstance(clock, FrozenClock)
        return clock

    def desk(self, tenant: TenantId = ME) -> NumberDesk:
        with wiring.use(self.aws):
            return self.aws.number_desk(self.aws.tenant_context(tenant))

    def account(self, tenant: TenantId = ME) -> Account:
        return self.accounts[self.aws.tenant_context(tenant).account_sid]

    def bought(self, tenant: TenantId = ME) -> list[str]:
        """What the tenant has at the carrier."""
        numbers = self.carrier.carrier.accounts.numbers.values()
        return sorted(one.phone_number for one in numbers if one.account_sid == self.account(tenant).sid)

    def lines(self, tenant: TenantId = ME) -> list[str]:
        return [one.id for one in self.desk(tenant).deps.config.list(Line) if one.state is LineState.ACTIVE]

    def used(self, tenant: TenantId = ME) -> int:
        return self.desk(tenant).quotas.used(Quota.NUMBERS)

    def true(self, tenant: TenantId = ME) -> bool:
        """Carrier, books, directory and counter agree, and nothing is under way."""
        desk = self.desk(tenant)
        under_way = [one for one in desk.deps.config.list(Order) if one.state is OrderState.RESERVED]
        owned = all(desk.owner(number) == tenant for number in self.bought(tenant))
        same = self.bought(tenant) == self.lines(tenant) == [one.id for one in desk.deps.config.list(Line)]
        return not under_way and owned and same and self.used(tenant) == len(self.bought(tenant))

    def led(self) -> set[str]:
        """Every number that the directory knows."""
        return {key.pk.removeprefix(f"{HANDLE}#") for key in self.aws.store.rows if key.pk.startswith(f"{HANDLE}#")}

    def facts(self) -> list[str]:
        rows = [record.new for record in self.aws.store.stream if record.new is not None]
        return [fact["type"] for row in rows for fact in decode_events(row.events)]

    def restatus(self, tenant: TenantId = ME, **fields: Any) -> None:
        """Change the tenant's own item."""
        context = self.aws.tenant_context(tenant)
        self.aws.add_tenant(
            Tenant(tenant, **{"plan": self.plan, "region": "DE", "account_sid": context.account_sid, **fields})
        )

    def _numbers(self, tenant: TenantContext) -> TwilioNumbers:
        account = self.accounts[tenant.account_sid]
        client = Client(account.sid, account.auth_token, http_client=InProcessHttpClient(self.carrier.carrier))
        return TwilioNumbers(account.sid, lambda: (account.auth_token,), "https://unused.invalid", PUBLIC, client)
