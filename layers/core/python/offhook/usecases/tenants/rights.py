"""What one member may do to another: nobody gives, changes or takes away more than they have, or reaches beyond."""

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import AgentId
from offhook.domain.routing.queues import Queue
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.invitation import Grant
from offhook.domain.tenants.membership import AboveOwnRights, Membership, PermissionSet, require_not_above, rights_of
from offhook.domain.tenants.permissions import Permission, Role
from offhook.domain.tenants.scope import Scope, Team
from offhook.stores.memberships import NOBODY
from offhook.usecases.deps import Deps
from offhook.usecases.tenants.membership import scope_of

MOST_IN_SCOPE = 100


def require_over(deps: Deps, actor: Identity, member: Membership) -> None:
    """Raise NotFound for who is out of the actor's sight, AboveOwnRights for who may do more than the actor."""
    actor.scope.require_agent(member.agent_id, NOBODY)
    require_not_above(actor.permissions, rights_of(member.role, _custom(deps, member.permission_set)))


def require_may_give(deps: Deps, actor: Identity, grant: Grant) -> None:
    """Raise InvalidInput naming the field when the grant is none, AboveOwnRights when it is more than the actor has."""
    require_not_above(actor.permissions, _rights(deps, grant))
    for team in grant.teams[: MOST_IN_SCOPE + 1]:
        if deps.config.find(Team, team) is None:
            raise InvalidInput("team_unknown", field="$.teams")
    for queue in grant.queues[: MOST_IN_SCOPE + 1]:
        if deps.config.find(Queue, queue) is None:
            raise InvalidInput("queue_unknown", field="$.queues")
    if max(len(grant.teams), len(grant.queues)) > MOST_IN_SCOPE:
        raise InvalidInput("scope_size", field="$.teams", most=MOST_IN_SCOPE)
    if not _scope(deps, grant).within(actor.scope):
        raise AboveOwnRights("Nobody may let others see more than they see themselves.")


def _rights(deps: Deps, grant: Grant) -> frozenset[Permission]:
    if bool(grant.role) == bool(grant.permission_set):
        raise InvalidInput("role_missing", field="$.role")
    if grant.role and grant.role not in set(Role):
        raise InvalidInput("role_unknown", field="$.role")
    custom = _custom(deps, grant.permission_set)
    if grant.permission_set and custom is None:
        raise InvalidInput("permission_set_unknown", field="$.permission_set")
    return rights_of(grant.role, custom)


def _custom(deps: Deps, permission_set: str) -> PermissionSet | None:
    return deps.config.find(PermissionSet, permission_set) if permission_set else None


def _scope(deps: Deps, grant: Grant) -> Scope:
    """Without the person's own agent, whom nobody hides from them."""
    seen = scope_of(deps, Membership("", AgentId(""), teams=grant.teams, queues=grant.queues))
    return Scope(None if seen.agents is None else seen.agents - {AgentId("")}, seen.queues)
