"""The plan catalogue: what a tenant pays and how much it may have and do; a version of a plan never changes.

A plan is named with its version, such as `starter@2`; the bare name means version 1. A tenant keeps the version that
it chose until it chooses another, so that a new price or limit is a new version here and surprises nobody.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from offhook.domain.errors import InvalidInput, Refusal

if TYPE_CHECKING:
    from offhook.domain.tenants.context import TenantContext


class Quota(StrEnum):
    """What is counted: a plan says how many of each a tenant may have at a time."""

    SEATS = "seats"
    NUMBERS = "numbers"
    FLOWS = "flows"
    WEBHOOK_ENDPOINTS = "webhook_endpoints"
    API_KEYS = "api_keys"


class Pricing(StrEnum):
    """What the price of a plan mainly depends on."""

    FREE = "free"
    BY_SEAT = "by_seat"
    BY_MINUTE = "by_minute"
    PAY_PER_USE = "pay_per_use"


class Feature(StrEnum):
    """What a plan may leave out."""

    OUTBOUND = "outbound"
    SMS = "sms"
    RECORDING = "recording"
    WEBHOOKS = "webhooks"
    API_KEYS = "api_keys"
    CRM_LOOKUP = "crm_lookup"
    CUSTOM_ROLES = "custom_roles"
    AI = "ai"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a tenant may have at a time (the quotas), and do in a time (the rates)."""

    seats: int
    numbers: int
    flows: int
    webhook_endpoints: int
    api_keys: int
    concurrent_calls: int
    api_per_minute: int
    outbound_calls_per_second: int
    sms_per_second: int
    webhook_deliveries_in_flight: int
    athena_bytes_per_day: int
    ai_tokens_per_day: int

    def of(self, quota: Quota) -> int:
        """How many of it."""
        return int(getattr(self, quota.value))


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of a plan. Money in dollars, without tax.

    per_seat, per_number, base_fee: a month; per_minute: of carrier time beyond the included minutes of the month;
    offered: may be chosen by a tenant (the trial comes with the sign-up, an old version is kept and not chosen).
    """

    name: str
    version: int
    pricing: Pricing
    limits: Limits
    base_fee: Decimal = Decimal(0)
    per_seat: Decimal = Decimal(0)
    per_number: Decimal = Decimal(0)
    per_minute: Decimal = Decimal(0)
    included_minutes: int = 0
    currency: str = "USD"
    features: frozenset[Feature] = frozenset(Feature)
    offered: bool = True

    @property
    def id(self) -> str:
        """What a tenant keeps."""
        return f"{self.name}@{self.version}"


class UnknownPlan(InvalidInput):
    """There is no such plan."""

    code = "unknown_plan"


class QuotaReached(Refusal):
    """The plan allows no more of these.

    402: the request is right and will succeed on a larger plan, or when one is given back; trying again changes
    nothing, which is what tells it from a conflict (409) and from going too fast (429).
    """

    code = "quota_reached"
    status = 402

    def __init__(self, quota: Quota, limit: int, plan: str) -> None:
        super().__init__("plan_quota", plan=plan, limit=limit, quota=quota)
        self.quota, self.limit, self.plan = quota, limit, plan


class FeatureMissing(Refusal):
    """The plan does not include this."""

    code = "feature_not_in_plan"
    status = 402


MB = 1024**2
GB = 1024 * MB
D = Decimal
_TRIAL = Limits(5, 1, 10, 2, 2, 5, 600, 1, 1, 2, 1 * GB, 50_000)
_STARTER = Limits(25, 5, 50, 5, 5, 25, 1_200, 1, 1, 5, 10 * GB, 500_000)
_GROWTH = Limits(500, 100, 500, 25, 25, 500, 15_000, 5, 10, 25, 100 * GB, 10_000_000)
_PAY_PER_USE = Limits(5_000, 500, 500, 25, 25, 1_000, 120_000, 10, 25, 50, 200 * GB, 20_000_000)

CATALOGUE: tuple[Plan, ...] = (
    Plan(
        "trial", 1, Pricing.FREE, _TRIAL, included_minutes=100, offered=False,
        features=frozenset(Feature) - {Feature.CUSTOM_ROLES},
    ),
    Plan(
        "starter", 1, Pricing.BY_SEAT, _STARTER, per_seat=D("29"), per_number=D("2"), per_minute=D("0.025"),
        included_minutes=1_000, features=frozenset(Feature) - {Feature.CUSTOM_ROLES, Feature.AI},
    ),
    Plan(
        "growth", 1, Pricing.BY_MINUTE, _GROWTH, base_fee=D("199"), per_number=D("1.5"), per_minute=D("0.019"),
        included_minutes=10_000,
    ),
    Plan("pay_per_use", 1, Pricing.PAY_PER_USE, _PAY_PER_USE, per_number=D("2"), per_minute=D("0.035")),
)  # fmt: skip

_BY_ID = {plan.id: plan for plan in CATALOGUE}


def plan_of(plan_id: str) -> Plan:
    """The plan of that id; raises UnknownPlan."""
    found = _BY_ID.get(plan_id if "@" in plan_id else f"{plan_id}@1")
    if found is None:
        raise UnknownPlan("plan_unknown", field="$.plan")
    return found


def limits_of(plan_id: str) -> Limits:
    """What the plan allows; raises UnknownPlan."""
    return plan_of(plan_id).limits


def limits_for(tenant: "TenantContext") -> Limits:
    """What the tenant may have and do: what its plan allows, with what the operator desk set for it alone."""
    return replace(limits_of(tenant.plan), **dict(tenant.limits))


def offered() -> tuple[Plan, ...]:
    """What can be chosen today: the newest version of each plan on offer."""
    newest = {plan.name: plan for plan in sorted(CATALOGUE, key=lambda plan: plan.version)}
    return tuple(plan for plan in newest.values() if plan.offered)


def require(plan_id: str, feature: Feature) -> None:
    """Raises FeatureMissing unless the plan includes the feature."""
    if feature not in plan_of(plan_id).features:
        raise FeatureMissing("plan_feature", plan=plan_id, feature=feature)


def exceeded(limits: Limits, used: dict[Quota, int]) -> list[Quota]:
    """Of which quotas more is in use than the limits allow."""
    return [quota for quota in Quota if used.get(quota, 0) > limits.of(quota)]
