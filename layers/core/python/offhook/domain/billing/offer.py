"""A plan of the catalogue as prices of the provider; usage is billed in cents that we rated ourselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from offhook.domain.metering.statement import METERS
from offhook.domain.tenants.plans import Plan, plan_of

CENTS = 100
BASE, SEAT, NUMBER, USAGE = "base", "seat", "number", "usage"
_SAY = {BASE: "Offhook {plan}", SEAT: "Seats, Offhook {plan}", NUMBER: "Telephone numbers, Offhook {plan}"}


@dataclass(frozen=True, slots=True)
class Price:
    """A price for a month. name: what it is for; cents: for each of the quantity; meter: "" = a quantity is agreed."""

    plan: str
    name: str
    label: str
    cents: Decimal
    currency: str
    meter: str = ""

    @property
    def lookup_key(self) -> str:
        """How the provider finds it; a price never changes under its key."""
        return f"offhook:{self.name}" if self.meter else f"offhook:{self.plan}:{self.name}"


def prices_of(plan_id: str) -> tuple[Price, ...]:
    """Every price that a subscription to the plan has an item of; raises UnknownPlan."""
    plan = plan_of(plan_id)
    return (*_fees(plan), *usage_prices(plan.currency))


def usage_prices(currency: str) -> tuple[Price, ...]:
    """One price for each meter of the statement: a cent a unit, for the statement has rated it."""
    found = sorted(METERS.items())
    return tuple(Price("", f"{USAGE}:{name}", meter.description, Decimal(1), currency, name) for name, meter in found)


def quantity_of(price: Price, seats: int, numbers: int) -> int:
    """How many of it a subscription has; 0 = the item is left out."""
    return {BASE: 1, SEAT: seats, NUMBER: numbers}.get(price.name, 0)


def event_name(meter: str) -> str:
    """The provider's name of a meter."""
    return "offhook_" + meter.replace(".", "_")


def plan_named(lookup_key: str) -> tuple[str, str]:
    """The plan and the name in a lookup key of ours; ("", name) for usage, ("", "") for a foreign one."""
    parts = lookup_key.split(":")
    if parts[0] != "offhook":
        return "", ""
    if parts[1] == USAGE:
        return "", ":".join(parts[1:])
    return parts[1], parts[2]


def _fees(plan: Plan) -> Iterator[Price]:
    for name, dollars in ((BASE, plan.base_fee), (SEAT, plan.per_seat), (NUMBER, plan.per_number)):
        if dollars:
            label = _SAY[name].format(plan=plan.name.replace("_", " "))
            yield Price(plan.id, name, label, dollars * CENTS, plan.currency)
