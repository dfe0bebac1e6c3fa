"""Members of a tenant as others see and change them; each change ends the sessions that were made before it."""

from dataclasses import dataclass, replace

from offhook.domain.errors import Conflict, PreconditionFailed
from offhook.domain.ids import AgentId, Instant, QueueId
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.storage import Delete, Items, Put, Write
from offhook.domain.tenant_events import PersonChanged
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.invitation import Grant
from offhook.domain.tenants.membership import LastOwner, Membership, MemberStatus
from offhook.domain.tenants.permissions import Role
from offhook.domain.tenants.scope import TeamId
from offhook.stores import keys
from offhook.stores.config import kind_of
from offhook.stores.memberships import NOBODY, Users
from offhook.stores.outbox import facts
from offhook.stores.quotas import Quota, Quotas
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants.membership import members_of
from offhook.usecases.tenants.rights import require_may_give, require_over


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the API shows them."""

    user_id: str
    agent_id: AgentId
    name: str
    email: str
    role: str
    permission_set: str
    teams: tuple[TeamId, ...]
    queues: tuple[QueueId, ...]
    status: MemberStatus
    second_factor: bool
    since: Instant
    version: int


def person_of(member: Membership) -> Person:
    """The member as shown."""
    return Person(
        member.id,
        member.agent_id,
        member.name,
        member.email,
        member.role,
        member.permission_set,
        member.teams,
        member.queues,
        member.status,
        member.second_factor,
        member.since,
        member.version,
    )


def people(deps: Deps, actor: Identity) -> list[Person]:
    """Everybody the actor may see, by id."""
    return [person_of(m) for m in members_of(deps).all() if actor.scope.may_see_agent(m.agent_id)]


def person(deps: Deps, actor: Identity, user_id: str) -> Person:
    """One of them; raises NotFound."""
    found = members_of(deps).get(user_id)
    actor.scope.require_agent(found.agent_id, NOBODY)
    return person_of(found)


def change_access(deps: Deps, actor: Identity, user_id: str, grant: Grant, version: int) -> Person:
    """Make the member something else. version: as read; raises PreconditionFailed, AboveOwnRights, LastOwner."""
    found = _reached(deps, actor, user_id)
    if found.version != version:
        raise PreconditionFailed("The version given is not the current one.", field="version")
    require_may_give(deps, actor, grant)
    fields = {"role": grant.role, "permission_set": grant.permission_set, "teams": grant.teams, "queues": grant.queues}
    return person_of(_commit(deps, actor, found, found.changed(**fields), "access"))


def set_status(deps: Deps, actor: Identity, user_id: str, status: MemberStatus) -> Person:
    """Let the member in or keep them out; as they are already: nothing. Who is kept out gives their seat back."""

    def attempt() -> Membership:
        found = _reached(deps, actor, user_id)
        if found.status is status:
            return found
        changed = found.changed(status=status)
        if status is MemberStatus.ACTIVE:
            return _commit(deps, actor, found, changed, "enabled", seats=1)
        return _commit(deps, actor, found, changed, "disabled", seats=-1)

    return person_of(again_on_conflict(attempt))


def remove(deps: Deps, directory: Items, actor: Identity, user_id: str) -> Membership:
    """The member belongs to the tenant no more; what they did stays under their agent's id."""

    def attempt() -> Membership:
        found = _reached(deps, actor, user_id)
        agent = Delete(keys.config(deps.tenant.id, kind_of(AgentConfig), found.agent_id))
        seats = -1 if found.status is MemberStatus.ACTIVE else 0
        _commit(deps, actor, found, None, "removed", agent, seats=seats)
        return found

    removed = again_on_conflict(attempt)
    again_on_conflict(lambda: Users(directory).leave(user_id, deps.tenant.id))
    return removed


def hand_over(deps: Deps, actor: Identity, user_id: str) -> Person:
    """Somebody else becomes owner in the actor's place, who becomes admin; both or neither."""

    def attempt() -> Membership:
        members, now = members_of(deps), deps.clock.now()
        mine, theirs = members.get(actor.user_id), members.get(user_id)
        if mine.id == theirs.id or theirs.status is not MemberStatus.ACTIVE:
            raise Conflict("ownership_to_whom")
        whole = {"permission_set": "", "teams": (), "queues": ()}
        given, kept = theirs.changed(role=Role.OWNER, **whole), mine.changed(role=Role.ADMIN, **whole)
        owners = members.owners()
        users = tuple(sorted({*owners.users, given.id} - {kept.id}))
        deps.items.commit(
            members.write(kept, mine.version),
            members.write(given, theirs.version),
            members.write_owners(owners, users),
            *(_told(deps, actor, one, "ownership", now) for one in (given, kept)),
        )
        return given

    return person_of(again_on_conflict(attempt))


def end_sessions(deps: Deps, user_id: str, **fields: object) -> Membership | None:
    """The member's sessions end, perhaps because something about them changed; None when they are no member."""

    def attempt() -> Membership | None:
        found = members_of(deps).find(user_id)
        if found is None:
            return None
        changed = found.changed(**fields)
        deps.items.commit(members_of(deps).write(changed, found.version))
        return changed

    return again_on_conflict(attempt)


def told(deps: Deps, by: str, member: Membership, change: str, now: Instant) -> Put:
    """The write that tells of a change of the member. by: who made it, a user's id."""
    role = member.role or member.permission_set
    event = PersonChanged(at=now, agent_id=member.agent_id, user_id=member.id, change=change, role=role, by=by)
    return facts(deps.tenant.id, f"person-{member.id}-{member.version}-{now}", [event], now)


def _told(deps: Deps, actor: Identity, member: Membership, change: str, now: Instant) -> Put:
    return told(deps, actor.user_id, member, change, now)


def _reached(deps: Deps, actor: Identity, user_id: str) -> Membership:
    found = members_of(deps).get(user_id)
    require_over(deps, actor, found)
    return found


def _commit(
    deps: Deps,
    actor: Identity,
    found: Membership,
    changed: Membership | None,
    change: str,
    *more: Write,
    seats: int = 0,
) -> Membership:
    """Commit a change (None: a removal) with who owns the tenant, the seats and the fact."""
    members = members_of(deps)
    after = changed or replace(found, version=found.version + 1)
    writes = [members.write(changed, found.version) if changed else members.removal(found), *more]
    writes += _owners(deps, found, changed)
    writes.append(_told(deps, actor, after, change, deps.clock.now()))
    quotas = Quotas(deps.items, deps.tenant.id)
    if seats > 0:
        quotas.commit(Quota.SEATS, deps.tenant, *writes)
    else:
        deps.items.commit(*writes, *([quotas.give_back(Quota.SEATS)] if seats else []))
    return after


def _owners(deps: Deps, found: Membership, changed: Membership | None) -> list[Put]:
    """The write of who owns the tenant when that changes; raises LastOwner when nobody would."""
    was, is_now = found.is_owner, changed is not None and changed.is_owner
    if was == is_now:
        return []
    members = members_of(deps)
    owners = members.owners()
    users = {*owners.users, found.id} if is_now else {*owners.users} - {found.id}
    if not users:
        raise LastOwner()
    return [members.write_owners(owners, tuple(sorted(users)))]
