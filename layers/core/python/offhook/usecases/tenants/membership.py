"""Who somebody is in a tenant: what their next access token says, and what an access token lets them do now."""

from dataclasses import dataclass, replace

from offhook.domain.ids import TenantId
from offhook.domain.storage import Items
from offhook.domain.tenants.membership import Membership, MemberStatus, PermissionSet
from offhook.domain.tenants.scope import Scope, Team
from offhook.stores.memberships import Memberships, Users, UserTenants
from offhook.stores.quotas import Quota, Quotas
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

UNLIMITED = 1_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A member with what their role and scope mean at this moment."""

    member: Membership
    custom: PermissionSet | None
    scope: Scope


def members_of(deps: Deps) -> Memberships:
    """The members of the tenant."""
    return Memberships(deps.items, deps.tenant.id)


def standing_of(deps: Deps, user_id: str) -> Standing | None:
    """The member who may come in; None for strangers and for those who are disabled."""
    member = members_of(deps).find(user_id)
    if member is None or member.status is not MemberStatus.ACTIVE:
        return None
    custom = deps.config.find(PermissionSet, member.permission_set) if member.permission_set else None
    return Standing(member, custom, scope_of(deps, member))


def scope_of(deps: Deps, member: Membership) -> Scope:
    """Whom and what the member may see: the agents of their teams and themselves, their queues."""
    agents = None
    if member.teams:
        teams = [deps.config.find(Team, team_id) for team_id in member.teams]
        agents = frozenset({member.agent_id, *(agent for team in teams if team for agent in team.agents)})
    return Scope(agents, frozenset(member.queues) if member.queues else None)


def admit(deps: Deps, directory: Items, member: Membership) -> None:
    """Make somebody a member at once (the first owner, seeding); again changes nothing but what differs."""
    again_on_conflict(lambda: Users(directory).join(member.id, deps.tenant.id))
    again_on_conflict(lambda: _admit(deps, member))


def _admit(deps: Deps, member: Membership) -> None:
    """With a seat, whatever the plan allows: a tenant has its first people."""
    members, quotas = members_of(deps), Quotas(deps.items, deps.tenant.id)
    found = members.find(member.id)
    if found is not None:
        member = replace(member, version=found.version)
        if member == found:
            return
        member = member.changed()
    had = found is not None and found.status is MemberStatus.ACTIVE
    has = member.status is MemberStatus.ACTIVE
    seats = [quotas.take(Quota.SEATS, UNLIMITED)] if has and not had else []
    if had and not has:
        seats = [quotas.give_back(Quota.SEATS)]
    deps.items.commit(members.write(member, found.version if found else 0), *members.owning(member), *seats)


def tenants_of(directory: Items, user_id: str) -> UserTenants:
    """The tenants that the user belongs to, perhaps as somebody disabled."""
    return Users(directory).of(user_id)


def claims_of(tenant: TenantId, member: Membership) -> dict[str, str]:
    """What an access token says of the member."""
    return {"tid": tenant, "role": member.role or member.permission_set, "mver": str(member.version)}
