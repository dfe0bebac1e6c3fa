"""A tenant's account at the carrier as a port: made once, suspended, closed; every making looks for the thing first."""

from dataclasses import dataclass
from typing import Protocol

from offhook.domain.ids import TenantId


@dataclass(frozen=True, slots=True)
class Account:
    """An account below ours. token: signs its webhooks and its requests."""

    sid: str
    token: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of the account; its secret is shown once."""

    sid: str
    secret: str


@dataclass(frozen=True, slots=True)
class Telco:
    """What the tenant has at the carrier; id: the tenant's. status: of the account, as we last set it."""

    id: TenantId
    version: int = 1
    account_sid: str = ""
    api_key_sid: str = ""
    application_sid: str = ""
    trigger_sid: str = ""
    number_sid: str = ""
    number: str = ""
    status: str = "active"


class CarrierAccounts(Protocol):
    """The carrier as provisioning sees it. The carrier knows no idempotency keys: `tenant` is the name of each thing.

    Every method raises CarrierUnavailable when it may be tried again and InvalidInput when it may not.
    """

    def account(self, tenant: TenantId) -> Account:
        """The tenant's account, made when there is none."""
        ...

    def fresh_key(self, account: Account, tenant: TenantId) -> ApiKey:
        """A new key; keys of an earlier attempt, whose secrets nobody has, are deleted."""
        ...

    def application(self, account: Account, tenant: TenantId) -> str:
        """The sid of the voice application that leads to our webhooks."""
        ...

    def usage_trigger(self, account: Account, tenant: TenantId, daily_usd: int) -> str:
        """The sid of the trigger that tells us when a day costs more."""
        ...

    def end_calls(self, account: Account) -> None:
        """Complete every live call of the account."""
        ...

    def set_status(self, account: Account, status: str) -> None:
        """active, suspended or closed; closed is for ever, and again no error."""
        ...


class OwnerAccounts(Protocol):
    """The user pool as signing up sees it."""

    def ensure(self, email: str, name: str, password: str) -> str:
        """The subject of the person with that address; made with the password when there is none.

        Somebody who is there already keeps the password they have. Raises InvalidInput for a password that is too
        weak and StoreUnavailable.
        """
        ...
