"""Who a request is for: the tenant, resolved once at the edge, and the person, with their permissions."""

from dataclasses import dataclass

from offhook.domain.ids import AgentId, TenantId
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class TenantContext:
    """The tenant a request or record belongs to; every store is built from one.

    region: ISO country, decides the recording notice; caller_id: number shown to agents' telephones;
    status: where it is in its life; plan: a name of the plan catalogue; limits: those that are
    others than the plan's, by name.
    """

    id: TenantId
    name: str = ""
    time_zone: str = "UTC"
    language: str = "en-US"
    region: str = ""
    account_sid: str = ""
    caller_id: str = ""
    status: TenantStatus = TenantStatus.ACTIVE
    plan: str = "trial"
    limits: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """The person (or program) behind a request.

    role: a Role, or the id of a permission set; permissions: what they may do now; scope: whom and what they may see;
    withheld: why they may do less than their role says (the code of an error), "" = they do not; member_version: of the
    membership that their access token was made for; second_factor: whether they set one up.
    """

    tenant: TenantContext
    user_id: str
    agent_id: AgentId
    role: str
    permissions: frozenset[str] = frozenset()
    scope: Scope = EVERYTHING
    withheld: str = ""
    member_version: int = 0
    second_factor: bool = False
