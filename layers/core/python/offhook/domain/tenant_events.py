"""Events of a tenant as a customer of ours: its life, its plan, its spending, its people."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantStatusChanged(Event):
    """The tenant itself came into another state of its life; reason: who or what moved it."""

    type: ClassVar[str] = "tenant_status_changed"
    from_state: str
    to_state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingNoticed(Event):
    """The carrier itself noticed that the tenant's account cost more in a day than it should."""

    type: ClassVar[str] = "spending_noticed"
    limit_usd: str
    spent_usd: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged(Event):
    """The tenant is on another plan of the catalogue from now on."""

    type: ClassVar[str] = "plan_changed"
    previous_plan: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """Who a person is in the tenant changed; change: joined, access, disabled, enabled, removed or ownership."""

    type: ClassVar[str] = "person_changed"
    user_id: str
    change: str
    role: str
    by: str
