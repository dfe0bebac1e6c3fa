"""The platform's account at the payment provider: its keys, from a parameter that only billing may read."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from offhook.adapters.guard import platform_scope
from offhook.domain.billing.port import BillingUnavailable
from offhook.domain.ids import MINUTE, Clock, Instant

if TYPE_CHECKING:
    from offhook.adapters.stripe.provider import StripeBilling

KEPT = 5 * MINUTE
REAL = "https://api.stripe.com"


@dataclass(frozen=True, slots=True)
class Keys:
    """api_key: for our requests; webhook_secrets: what signs theirs, two while they rotate."""

    api_key: str
    webhook_secrets: tuple[str, ...] = ()


@dataclass
class StripeAccount:
    """ssm: makes the client of the parameter store. The parameter: {"api_key": "...", "webhook_secrets": ["..."]}."""

    ssm: Callable[[], Any]
    parameter: str
    url: str
    app_url: str
    clock: Clock
    _kept: tuple[Instant, Keys] | None = field(default=None, repr=False)
    _billing: "tuple[str, StripeBilling] | None" = field(default=None, repr=False)

    def keys(self) -> Keys:
        """At most five minutes old; raises BillingUnavailable where no account is set up."""
        if self._kept is None or self._kept[0] <= self.clock.now():
            self._kept = (self.clock.now() + KEPT, self._read())
        return self._kept[1]

    def webhook_secrets(self) -> tuple[str, ...]:
        """See Till."""
        return self.keys().webhook_secrets

    def provider(self) -> "StripeBilling":
        """See Till; on the client of the present key."""
        from offhook.adapters.stripe.client import stripe_client
        from offhook.adapters.stripe.provider import StripeBilling

        key = self.keys().api_key
        if self._billing is None or self._billing[0] != key:
            self._billing = key, StripeBilling(stripe_client(key, self.url))
        return self._billing[1]

    def _read(self) -> Keys:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            with platform_scope():
                found = self.ssm().get_parameter(Name=self.parameter, WithDecryption=True)
            stored = json.loads(found["Parameter"]["Value"])
            return Keys(stored["api_key"], tuple(stored["webhook_secrets"]))
        except (ClientError, BotoCoreError, ValueError, KeyError) as missing:
            raise BillingUnavailable("Billing is not set up.") from missing
