"""The port CarrierAccounts on Twilio's REST API: the parent account makes subaccounts, each then works by itself.

Twilio takes no idempotency keys. Everything we make is named after its tenant, and looked for by that name first.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from offhook.domain import paths
from offhook.domain.errors import CallerGone
from offhook.domain.ids import TenantId
from offhook.domain.tenants.carrier_accounts import Account, ApiKey

if TYPE_CHECKING:
    from twilio.rest import Client

LIVE = ("queued", "ringing", "in-progress")
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TwilioAccounts:
    """parent: makes the client of our own account with the first use; client_of: that of a tenant's account."""

    parent: Callable[[], "Client"]
    client_of: Callable[[Account], "Client"]
    public_api_url: str

    def account(self, tenant: TenantId) -> Account:
        """By name among ours; a closed one of that name is no account."""
        with _refusals():
            accounts = self.parent().api.v2010.accounts
            found = [one for one in accounts.list(friendly_name=tenant) if str(one.status) != CLOSED]
            made = found[0] if found else accounts.create(friendly_name=tenant)
            return Account(str(made.sid), str(made.auth_token))

    def fresh_key(self, account: Account, tenant: TenantId) -> ApiKey:
        """Keys of that name are of attempts that died before the secret was kept."""
        with _refusals():
            client = self.client_of(account)
            for old in client.keys.list():
                if old.friendly_name == tenant:
                    client.keys(old.sid).delete()
            made = client.new_keys.create(friendly_name=tenant)
            return ApiKey(str(made.sid), str(made.secret))

    def application(self, account: Account, tenant: TenantId) -> str:
        """Leads calls from browsers and of its numbers to our webhooks, also when our address changed since."""
        urls: dict[str, Any] = {
            "voice_url": self.public_api_url + paths.ANSWER,
            "voice_method": "POST",
            "voice_fallback_url": self.public_api_url + paths.CALL_FALLBACK,
            "voice_fallback_method": "POST",
            "status_callback": self.public_api_url + paths.CALL_STATUS,
            "status_callback_method": "POST",
        }
        with _refusals():
            applications = self.client_of(account).applications
            found = applications.list(friendly_name=tenant, limit=1)
            if found:
                return str(applications(found[0].sid).update(**urls).sid)
            return str(applications.create(friendly_name=tenant, **urls).sid)

    def usage_trigger(self, account: Account, tenant: TenantId, daily_usd: int) -> str:
        """On the price of everything, anew each day; the list says which are the tenant's."""
        with _refusals():
            triggers = self.client_of(account).usage.triggers
            found = [one for one in triggers.list() if one.friendly_name == tenant]
            if found:
                return str(found[0].sid)
            made = triggers.create(
                callback_url=self.public_api_url + paths.SPENDING,
                callback_method="POST",
                trigger_value=str(daily_usd),
                trigger_by="price",
                usage_category="totalprice",
                recurring="daily",
                friendly_name=tenant,
            )
            return str(made.sid)

    def end_calls(self, account: Account) -> None:
        """A suspended account's calls go on, so they are ended before; by our own account, which outlives that."""
        with _refusals():
            calls = self.parent().api.v2010.accounts(account.sid).calls
            for status in LIVE:
                for call in calls.list(status=status):
                    with suppress(CallerGone), _refusals():
                        calls(call.sid).update(status="completed")

    def set_status(self, account: Account, status: str) -> None:
        """Only the parent account may."""
        with _refusals():
            found = self.parent().api.v2010.accounts(account.sid)
            if str(found.fetch().status) not in (status, CLOSED):
                found.update(status=status)


@dataclass(frozen=True, slots=True)
class ParentAccount:
    """Our own account, read where the deployment keeps it; only provisioning may. read: that parameter's text."""

    read: Callable[[], str]
    carrier_url: str

    def client(self) -> "Client":
        """The unmodified client."""
        from offhook.adapters.carrier.twilio.client import carrier_client

        kept = json.loads(self.read())
        return carrier_client(kept["account_sid"], kept["auth_token"], self.carrier_url)

    def client_of(self, account: Account) -> "Client":
        """The client of a tenant's account, with its own token."""
        from offhook.adapters.carrier.twilio.client import carrier_client

        return carrier_client(account.sid, account.token, self.carrier_url)


@contextmanager
def _refusals() -> Iterator[None]:
    from offhook.adapters.carrier.twilio.client import carrier_errors

    with carrier_errors():
        yield
