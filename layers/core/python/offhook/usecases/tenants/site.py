"""What setting a tenant up may touch beside the tenant's own stores."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from offhook.domain.mail.message import Mailer
from offhook.domain.storage import Items
from offhook.domain.tenants.carrier_accounts import Account, CarrierAccounts, Telco
from offhook.domain.tenants.context import TenantContext
from offhook.stores.sign_ups import SignUps
from offhook.usecases.deps import Deps
from offhook.usecases.numbers.desk import NumberDesk


class TenantSecrets(Protocol):
    """The tenant's secrets by name."""

    def get(self, name: str) -> str | None:
        """None when it was never put."""
        ...

    def put(self, name: str, value: str) -> None:
        """Store or replace it."""
        ...

    def carrier_tokens(self) -> tuple[str, ...]:
        """The newest first."""
        ...

    def put_carrier_token(self, token: str) -> None:
        """The account's newest token."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """One tenant's stores; the directory; its secrets; the carrier; the mail; where people find our pages."""

    deps: Deps
    directory: Items
    secrets: TenantSecrets
    carrier: CarrierAccounts
    mailer: Mailer
    app_url: str
    number_desk: Callable[[TenantContext], NumberDesk]

    @property
    def sign_ups(self) -> SignUps:
        """The tenant's own sign-up."""
        return SignUps(self.deps.items, self.deps.tenant.id)

    @property
    def telco(self) -> Telco:
        """What the tenant has at the carrier."""
        tenant = self.deps.tenant.id
        return self.deps.config.find(Telco, tenant) or Telco(tenant, version=0)

    def account(self) -> Account:
        """The tenant's carrier account, with the token that is kept as a secret."""
        tokens = self.secrets.carrier_tokens()
        return Account(self.telco.account_sid, tokens[0] if tokens else "")
