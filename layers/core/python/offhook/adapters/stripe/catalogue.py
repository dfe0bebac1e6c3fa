"""Our plans as Stripe's products, prices and meters: found by lookup key, made when they are first needed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offhook.adapters.stripe.errors import stripe_errors
from offhook.domain.billing.offer import Price, event_name, plan_named, usage_prices
from offhook.domain.billing.port import BillingRefused, BillingUnavailable

if TYPE_CHECKING:
    from stripe import StripeClient

AT_ONCE = 10  # lookup keys in one request


@dataclass
class Catalogue:
    """One account's prices and meters; ids are remembered, for they never change."""

    client: "StripeClient"
    prices: dict[str, str] = field(default_factory=dict)
    meters: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def name(self, price_id: str) -> str:
        """What the price of that id is for, such as seat; "" for none and for one that is not ours."""
        if price_id and price_id not in self.names:
            with stripe_errors():
                self.names[price_id] = plan_named(str(self.client.v1.prices.retrieve(price_id).lookup_key or ""))[1]
        return self.names.get(price_id, "")

    def ids(self, wanted: Iterable[Price]) -> dict[str, str]:
        """The ids of the prices by lookup key."""
        all_wanted = list(wanted)
        missing = [price for price in all_wanted if price.lookup_key not in self.prices]
        for first in range(0, len(missing), AT_ONCE):
            self._find([price.lookup_key for price in missing[first : first + AT_ONCE]])
        for price in missing:
            if price.lookup_key not in self.prices:
                self.prices[price.lookup_key] = self._make(price)
        return {price.lookup_key: self.prices[price.lookup_key] for price in all_wanted}

    def meter(self, name: str) -> str:
        """The id of a meter."""
        if name not in self.meters:
            with stripe_errors():
                for found in self.client.v1.billing.meters.list({"limit": 100, "status": "active"}).auto_paging_iter():
                    self.meters[found.event_name] = found.id
        event = event_name(name)
        if event not in self.meters:
            self.meters[event] = self._make_meter(name)
        self.meters[name] = self.meters[event]
        return self.meters[name]

    def _find(self, keys: list[str]) -> None:
        with stripe_errors():
            for found in self.client.v1.prices.list({"lookup_keys": keys, "active": True, "limit": 100}).data:
                self.prices[str(found.lookup_key)] = found.id

    def _make(self, price: Price) -> str:
        meter = self.meter(price.meter) if price.meter else ""
        product = _slug(price.lookup_key)
        with stripe_errors():
            if not self.client.v1.products.list({"ids": [product]}).data:
                self.client.v1.products.create(
                    {"id": product, "name": price.label}, {"idempotency_key": f"product:{price.lookup_key}"}
                )
            made = self.client.v1.prices.create(
                {
                    "product": product,
                    "currency": price.currency.lower(),
                    "lookup_key": price.lookup_key,
                    "unit_amount_decimal": price.cents.normalize(),
                    "metadata": {"name": price.name},
                    "recurring": {"interval": "month", "usage_type": "metered", "meter": meter}
                    if meter
                    else {"interval": "month", "usage_type": "licensed"},
                },
                {"idempotency_key": f"price:{price.lookup_key}"},
            )
        return made.id

    def _make_meter(self, name: str) -> str:
        label = next(price.label for price in usage_prices("USD") if price.meter == name)
        try:
            with stripe_errors():
                made = self.client.v1.billing.meters.create(
                    {
                        "display_name": label,
                        "event_name": event_name(name),
                        "default_aggregation": {"formula": "sum"},
                        "customer_mapping": {"type": "by_id", "event_payload_key": "stripe_customer_id"},
                        "value_settings": {"event_payload_key": "value"},
                    },
                    {"idempotency_key": f"meter:{name}"},
                )
        except BillingRefused as taken:  # somebody else made it just now: the next attempt finds it
            raise BillingUnavailable() from taken
        return made.id


def _slug(lookup_key: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in lookup_key)
