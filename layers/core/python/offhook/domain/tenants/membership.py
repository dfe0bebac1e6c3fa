"""A person in a tenant: what they are, whom they may see, whether they may come in; and what that lets them do."""

from dataclasses import dataclass, replace
from enum import StrEnum

from offhook.domain.errors import Conflict, Forbidden, InvalidInput
from offhook.domain.ids import AgentId, Instant, QueueId
from offhook.domain.tenants.lifecycle import EFFECTS, ApiAccess, TenantStatus
from offhook.domain.tenants.permissions import ADMINISTRATIVE, LEAVING, Permission, Role, permissions_of
from offhook.domain.tenants.scope import TeamId


class SecondFactorNeeded(Forbidden):
    """This person must set up a second factor before anything else."""

    code = "second_factor_needed"


class TenantAtRest(Forbidden):
    """The tenant is not active: reading, exporting and paying is all there is."""

    code = "tenant_not_active"


class AboveOwnRights(Forbidden):
    """Nobody may give, change or take away more than they have themselves."""

    code = "above_own_rights"


class LastOwner(Conflict):
    """A tenant keeps at least one owner."""

    code = "last_owner"


class MemberStatus(StrEnum):
    """Whether a person may come in."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in one tenant. id: their subject in the user pool; version: `mver` of their access tokens.

    role: a Role, or "" when permission_set names a PermissionSet; teams, queues: the scope, empty = all of them;
    second_factor: whether they set one up.
    """

    id: str
    agent_id: AgentId
    role: str = ""
    permission_set: str = ""
    teams: tuple[TeamId, ...] = ()
    queues: tuple[QueueId, ...] = ()
    status: MemberStatus = MemberStatus.ACTIVE
    second_factor: bool = False
    email: str = ""
    name: str = ""
    since: Instant = 0
    version: int = 1

    @property
    def is_owner(self) -> bool:
        """Whether they own the tenant and may come in."""
        return self.role == Role.OWNER and self.status is MemberStatus.ACTIVE

    def changed(self, **fields: object) -> "Membership":
        """With other fields, at the next version: tokens of the version before end."""
        return replace(self, version=self.version + 1, **fields)  # type: ignore[arg-type]  # fields of this class


@dataclass(frozen=True, slots=True)
class PermissionSet:
    """A role that the tenant made itself."""

    id: str
    name: str
    permissions: tuple[Permission, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody may do now. withheld: why it is less than their role says, "" = it is not."""

    permissions: frozenset[Permission]
    withheld: str = ""


def rights_of(role: str, custom: PermissionSet | None) -> frozenset[Permission]:
    """What the role says, or the permission set in its place."""
    return permissions_of(role) if role else frozenset(custom.permissions if custom else ()) | {Permission.PROFILE_OWN}


def access_of(member: Membership, custom: PermissionSet | None, status: TenantStatus) -> Access:
    """What the person may do, given the second factor they have and the state of their tenant."""
    rights = rights_of(member.role, custom)
    if rights & ADMINISTRATIVE and not member.second_factor:
        return Access(frozenset({Permission.PROFILE_OWN}), SecondFactorNeeded.code)
    match EFFECTS[status].api:
        case ApiAccess.FULL:
            return Access(rights)
        case ApiAccess.LEAVE:
            return Access(rights & LEAVING, TenantAtRest.code)
        case ApiAccess.STATUS:
            return Access(rights & {Permission.PROFILE_OWN}, TenantAtRest.code)
        case ApiAccess.NOTHING:
            return Access(frozenset(), TenantAtRest.code)


def require_not_above(mine: frozenset[str], theirs: frozenset[Permission]) -> None:
    """Raise AboveOwnRights unless I may do all that they may."""
    if not theirs <= mine:
        raise AboveOwnRights()


def check_permission_set(wanted: PermissionSet, mine: frozenset[str]) -> None:
    """A name, and nothing that its maker may not do; raises InvalidInput or AboveOwnRights."""
    if not 1 <= len(wanted.name.strip()) <= 80:
        raise InvalidInput("name_length", field="$.name", most=80)
    if not wanted.permissions or len(set(wanted.permissions)) != len(wanted.permissions):
        raise InvalidInput("permission_set_empty", field="$.permissions")
    require_not_above(mine, frozenset(wanted.permissions))
