"""A provider's bill, shared between tenants and the platform to the cent, by declared policies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from offhook.domain.metering.price import Price
from offhook.domain.metering.shares import whole_parts

PLATFORM = "platform"
PICOS_A_CENT = 10**10


class Spread(StrEnum):
    """How the rest of a line is spread that no tenant was metered for."""

    PROPORTIONAL = "proportional"
    EVEN = "even"
    FIXED = "fixed"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Policy:
    """meters: whose cost is the weight when proportional; shares: weights by tenant when fixed.

    Where nobody has weight, the platform pays.
    """

    spread: Spread = Spread.PLATFORM
    meters: tuple[str, ...] = ()
    shares: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line: its id names provider, invoice, service, usage type and day or month. amount: cents, < 0 = a credit.

    meters: which meters measure it; direct: whether they measure all of it, so that the rest is unexplained.
    """

    id: str
    amount: int
    meters: tuple[str, ...] = ()
    policy: Policy = Policy()
    direct: bool = False


@dataclass(frozen=True, slots=True)
class LineShares:
    """A line, shared: cents by tenant and the platform's sum to the amount. measured: picos by tenant, as metered."""

    line: str
    amount: int
    charged: Mapping[str, int]
    platform: int
    measured: Mapping[str, int]
    direct: bool = False

    @property
    def unexplained(self) -> int:
        """Picos of the line that nobody was metered for; < 0: metered beyond the line."""
        return self.amount * PICOS_A_CENT - sum(self.measured.values())


Costs = Mapping[str, Mapping[str, int]]  # tenant to meter to picos


def share(line: BillLine, costs: Costs) -> LineShares:
    """Who pays the line: each what it was metered, and of the rest what the policy says."""
    measured = {tenant: _of(meters, line.meters) for tenant, meters in sorted(costs.items())}
    rest = line.amount * PICOS_A_CENT - sum(measured.values())
    weights = _weights(line.policy, costs)
    whole = sum(weights.values())
    targets = {PLATFORM: 0} | {tenant: picos * (whole or 1) for tenant, picos in measured.items()}
    for tenant, weight in weights.items() if whole else [(PLATFORM, 1)]:
        targets[tenant] += rest * weight
    cents = whole_parts(targets, PICOS_A_CENT * (whole or 1), line.amount)
    platform = cents.pop(PLATFORM)
    return LineShares(line.id, line.amount, cents, platform, measured, line.direct)


def share_all(lines: Iterable[BillLine], costs: Costs) -> tuple[LineShares, ...]:
    """Every line, in order of id."""
    return tuple(share(line, costs) for line in sorted(lines, key=lambda line: line.id))


def at_blended_rate(price: Price, quantities: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Dollars by tenant of a tiered price: tiers are the account's, so each pays the same rate. Sums to the total."""
    rate = price.blended(sum((Fraction(q) for q in quantities.values()), Fraction(0)))
    return {tenant: Fraction(quantity) * rate for tenant, quantity in quantities.items()}


def _weights(policy: Policy, costs: Costs) -> dict[str, int]:
    tenants = sorted(tenant for tenant in costs if tenant != PLATFORM)
    match policy.spread:
        case Spread.PROPORTIONAL:
            return {tenant: max(0, _of(costs[tenant], policy.meters)) for tenant in tenants}
        case Spread.EVEN:
            return {tenant: 1 for tenant in tenants if any(costs[tenant].values())}
        case Spread.FIXED:
            return {tenant: max(0, policy.shares.get(tenant, 0)) for tenant in tenants}
        case Spread.PLATFORM:
            return {}


def _of(costs: Mapping[str, int], meters: tuple[str, ...]) -> int:
    """The cost of these meters; a name that ends in a dot stands for all that begin so."""
    return sum(
        picos
        for meter, picos in costs.items()
        if any(meter == one or (one.endswith(".") and meter.startswith(one)) for one in meters)
    )
