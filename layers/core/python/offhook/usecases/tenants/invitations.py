"""Inviting somebody, and the invited one's coming in: one commit takes the seat, makes the member and their agent."""

from dataclasses import dataclass, replace
from typing import Protocol

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import AgentId, Instant, ProfileId
from offhook.domain.mail.message import Mail, Mailer
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.queues import AgentConfig, RoutingProfile
from offhook.domain.storage import Delete, Item, Items, Put
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.invitation import (
    MOST_OPEN,
    NO_PROFILE,
    VALID,
    Grant,
    Invitation,
    InvitationInvalid,
    checked_email,
    hash_of,
    invitation_id_of,
)
from offhook.domain.tenants.membership import Membership
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.config import kind_of
from offhook.stores.directory import Directory
from offhook.stores.memberships import Users
from offhook.stores.quotas import Quota, Quotas
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants.membership import members_of
from offhook.usecases.tenants.people import told
from offhook.usecases.tenants.rights import require_may_give

HANDLE = "INVITATION"


class Pool(Protocol):
    """The user pool as an invited person meets it."""

    def admit(self, email: str, password: str) -> tuple[str, bool]:
        """Subject and whether they have a second factor: of who has the password, or of the new person who gets it.

        Raises InvalidInput when the person is known and the password is another.
        """
        ...


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to be invited, as what. profile_id: their routing profile, "" = the tenant's first."""

    email: str
    grant: Grant
    name: str = ""
    profile_id: ProfileId = NO_PROFILE


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as the API shows it; nothing of the link is known any more."""

    id: str
    email: str
    name: str
    role: str
    permission_set: str
    profile_id: ProfileId
    expires_at: Instant
    version: int


@dataclass(frozen=True, slots=True)
class Post:
    """How an invitation reaches somebody.

    app_url: begins the link, whose secret stands behind a #, which reaches no log; by: who invites.
    """

    mailer: Mailer
    directory: Items
    app_url: str
    by: str = ""


def view_of(invitation: Invitation) -> InvitationView:
    """As shown."""
    one = invitation
    grant = one.grant
    return InvitationView(
        one.id, one.email, one.name, grant.role, grant.permission_set, one.profile_id, one.expires_at, one.version
    )


def open_invitations(deps: Deps) -> list[Invitation]:
    """Those that nobody accepted, also the expired, by id."""
    return [one for one in deps.config.list(Invitation) if not one.user_id]


def invite(deps: Deps, post: Post, actor: Identity, wish: Wish) -> Invitation:
    """Mail somebody a link; raises InvalidInput, AboveOwnRights, or Conflict when they are here or invited."""
    email = checked_email(wish.email)
    require_may_give(deps, actor, wish.grant)
    waiting = open_invitations(deps)
    if len(waiting) >= MOST_OPEN:
        raise Conflict("invitations_open", most=MOST_OPEN)
    if any(one.email == email for one in waiting):
        raise Conflict("person_invited", field="$.email")
    if any(one.email == email for one in members_of(deps).all()):
        raise Conflict("person_here", field="$.email")
    profile = _profile(deps, wish.profile_id)
    made = Invitation(deps.ids.new("inv"), email, wish.grant, wish.name.strip(), profile, invited_by=actor.user_id)
    return _mailed(deps, post, deps.config.create(made))


def resend(deps: Deps, post: Post, invitation_id: str) -> Invitation:
    """Mail a new link; the one before ends."""
    found = _open(deps, invitation_id)
    return _mailed(deps, post, found)


def withdraw(deps: Deps, directory: Items, invitation_id: str) -> None:
    """The link ends."""
    found = _open(deps, invitation_id)
    deps.items.commit(Delete(keys.config(deps.tenant.id, kind_of(Invitation), found.id), expect=found.version))
    _forget_link(directory, found)


def accept(deps: Deps, directory: Items, pool: Pool, link: str, password: str, name: str) -> Membership:
    """The holder of the link becomes a member; again with the same password: the same answer.

    Raises InvitationInvalid, QuotaReached when all seats are taken, InvalidInput for who has another password.
    """
    known = _shown(deps, link)
    user_id, second_factor = pool.admit(known.email, password)
    again_on_conflict(lambda: Users(directory).join(user_id, deps.tenant.id))
    return again_on_conflict(lambda: _accepted(deps, _shown(deps, link), user_id, second_factor, name.strip()))


def _accepted(deps: Deps, found: Invitation, user_id: str, second_factor: bool, name: str) -> Membership:
    members = members_of(deps)
    here = members.find(user_id)
    if here is not None:
        return here
    if found.user_id:
        raise InvitationInvalid()
    now = deps.clock.now()
    member = _member(found, user_id, AgentId(deps.ids.new("a")), name, now, second_factor)
    done = replace(found, user_id=user_id, version=found.version + 1)
    writes = [
        members.write(member, 0),
        _put(deps, done, found.version),
        _agent(deps, found, member),
        told(deps, user_id, member, "joined", now),
    ]
    if member.is_owner:
        owners = members.owners()
        writes.append(members.write_owners(owners, tuple(sorted({*owners.users, user_id}))))
    Quotas(deps.items, deps.tenant.id).commit(Quota.SEATS, deps.tenant, *writes)
    return member


def _member(
    found: Invitation, user_id: str, agent: AgentId, name: str, now: Instant, second_factor: bool
) -> Membership:
    grant = found.grant
    called = name or found.name or found.email.partition("@")[0]
    return Membership(
        user_id,
        agent,
        grant.role,
        grant.permission_set,
        grant.teams,
        grant.queues,
        second_factor=second_factor,
        email=found.email,
        name=called,
        since=now,
    )


def _agent(deps: Deps, found: Invitation, member: Membership) -> Put:
    """Whatever their role, they may take calls, in the browser to begin with."""
    endpoint = Endpoint(EndpointKind.BROWSER, f"client:{member.agent_id}")
    role = member.role or member.permission_set
    agent = AgentConfig(member.agent_id, member.name, member.email, found.profile_id, endpoint, role=role)
    return Put(Item(keys.config(deps.tenant.id, kind_of(AgentConfig), agent.id), body=encode(agent)), expect=0)


def _profile(deps: Deps, wanted: ProfileId) -> ProfileId:
    known = [one.id for one in deps.config.list(RoutingProfile)]
    if wanted and wanted not in known:
        raise InvalidInput("profile_unknown", field="$.profile_id")
    return wanted or next(iter(known), NO_PROFILE)


def _mailed(deps: Deps, post: Post, found: Invitation) -> Invitation:
    """The hash is kept before the mail leaves, so that a link that arrives is good."""
    link = f"{found.id}.{hash_of(deps.ids.new('i') + deps.ids.new('i'))}"
    changed = deps.config.change(replace(found, secret_hash=hash_of(link), expires_at=deps.clock.now() + VALID))
    Directory(post.directory).register(HANDLE, changed.secret_hash, deps.tenant.id)
    _forget_link(post.directory, found)
    values = {
        "company": deps.tenant.name,
        "inviter": post.by or deps.tenant.name,
        "link": f"{post.app_url}/invitation#{link}",
    }
    post.mailer.send(Mail(found.email, "invitation", deps.tenant.language, f"{found.id}-{changed.version}", values))
    return changed


def _forget_link(directory: Items, found: Invitation) -> None:
    if found.secret_hash:
        directory.commit(Delete(keys.directory(HANDLE, found.secret_hash)))


def _open(deps: Deps, invitation_id: str) -> Invitation:
    found = deps.config.find(Invitation, invitation_id)
    if found is None or found.user_id:
        raise InvitationInvalid()
    return found


def _shown(deps: Deps, link: str) -> Invitation:
    found = deps.config.find(Invitation, invitation_id_of(link))
    if found is None or not found.knows(link, deps.clock.now()):
        raise InvitationInvalid()
    return found


def _put(deps: Deps, invitation: Invitation, expect: int) -> Put:
    key = keys.config(deps.tenant.id, kind_of(Invitation), invitation.id)
    return Put(Item(key, version=invitation.version, body=encode(invitation)), expect=expect)
