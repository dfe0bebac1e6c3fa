"""People of a tenant: who they are and what they may do, teams, permission sets, and the ownership."""

from typing import Annotated, Any

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.adapters.live_channel import Connections
from offhook.domain.errors import Conflict
from offhook.domain.ids import AgentId, QueueId
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.invitation import Grant
from offhook.domain.tenants.membership import MemberStatus, PermissionSet, check_permission_set
from offhook.domain.tenants.permissions import Permission as P
from offhook.domain.tenants.permissions import Role
from offhook.domain.tenants.scope import Team, TeamId, check_team
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import people
from offhook.usecases.tenants.membership import members_of
from offhook.usecases.tenants.rights import require_over
from offhook.web import tenancy
from offhook.web.app import OffhookApp
from offhook.web.resources import Resource, parsed
from offhook.web.responses import listed, no_content, ok

Id = Annotated[str, Meta(min_length=1, max_length=128)]


class AccessGiven(Struct, forbid_unknown_fields=True):
    """A role or a permission set; teams and queues limit what is seen, empty = all."""

    role: Role | None = None
    permission_set: Annotated[str, Meta(max_length=128)] = ""
    teams: Annotated[list[Id], Meta(max_length=100)] = []
    queues: Annotated[list[Id], Meta(max_length=100)] = []

    def grant(self) -> Grant:
        """As the use cases take it."""
        teams, queues = map(TeamId, self.teams), map(QueueId, self.queues)
        return Grant(self.role or "", self.permission_set, tuple(teams), tuple(queues))


class StatusGiven(Struct, forbid_unknown_fields=True):
    """Whether the person may come in."""

    status: MemberStatus


class NewOwner(Struct, forbid_unknown_fields=True):
    """Who becomes owner."""

    user_id: Id


class Roles(Struct):
    """What each role may do; permissions: all that there are."""

    roles: dict[str, list[str]]
    permissions: list[str]


class OwnPermissionSets(Resource[PermissionSet]):
    """Nobody makes, changes or removes a set of more than they may do themselves; one in use stays."""

    def _parsed(self, app: OffhookApp, entity_id: str, version: int) -> PermissionSet:
        thing = parsed(self.cls, app.body(dict[str, Any]), id=entity_id, version=version)
        mine = app.identity().permissions
        check_permission_set(thing, mine)
        known = app.deps().config.find(PermissionSet, entity_id)
        if known is not None:
            check_permission_set(known, mine)
        return thing

    def _delete(self, app: OffhookApp, entity_id: str) -> Response:
        found = app.deps().config.get(PermissionSet, entity_id)
        check_permission_set(found, app.identity().permissions)
        if any(member.permission_set == entity_id for member in members_of(app.deps()).all()):
            raise Conflict("permission_set_in_use")
        return Resource._delete(self, app, entity_id)


def routes(app: OffhookApp) -> None:
    """/people, /ownership, /teams, /permission-sets, /roles."""
    Resource(Team, "/teams", "team", P.PEOPLE_READ, P.AUTH_POLICY, check_team).register(app)
    sets = OwnPermissionSets(PermissionSet, "/permission-sets", "set", P.PEOPLE_READ, P.AUTH_POLICY, lambda _: None)
    sets.register(app)

    @app.api("/roles", permission=P.PEOPLE_READ)
    def roles() -> Response:
        """Every role with what it may do, and every permission there is."""
        from offhook.domain.tenants.permissions import TABLE

        return ok(Roles({role: sorted(TABLE[role]) for role in Role}, sorted(P)))

    @app.api("/people", permission=P.PEOPLE_READ)
    def everybody() -> Response:
        """Everybody the caller may see."""
        return listed(people.people(app.deps(), app.identity()))

    @app.api("/people/{user_id}", methods=["GET"], permission=P.PEOPLE_READ)
    def one(user_id: str) -> Response:
        """One person."""
        found = people.person(app.deps(), app.identity(), user_id)
        return ok(found, version=found.version)

    @app.api("/people/{user_id}", methods=["DELETE"], permission=P.PEOPLE_WRITE)
    def remove(user_id: str) -> Response:
        """The person belongs here no more; their sessions end."""
        gone = people.remove(app.deps(), wiring.edge_items(), app.identity(), user_id)
        cut_off(app.deps(), gone.agent_id)
        return no_content()

    @app.api("/people/{user_id}/access", methods=["PUT"], permission=P.PEOPLE_WRITE)
    def change_access(user_id: str) -> Response:
        """Another role, permission set or scope; within ten seconds the old one is over."""
        grant, version = app.body(AccessGiven).grant(), app.expected_version()
        return _changed(app.deps(), people.change_access(app.deps(), app.identity(), user_id, grant, version))

    @app.api("/people/{user_id}/status", methods=["PUT"], permission=P.PEOPLE_WRITE)
    def set_status(user_id: str) -> Response:
        """Disable or enable."""
        status = app.body(StatusGiven).status
        return _changed(app.deps(), people.set_status(app.deps(), app.identity(), user_id, status))

    @app.api("/people/{user_id}/second-factor", methods=["DELETE"], permission=P.PEOPLE_WRITE)
    def reset_second_factor(user_id: str) -> Response:
        """For who lost theirs: they set up another when they next sign in."""
        _reset_second_factor(app.deps(), app.identity(), user_id)
        return no_content()

    @app.api("/ownership", methods=["PUT"], permission=P.OWNERSHIP_TRANSFER)
    def hand_over() -> Response:
        """Somebody else becomes owner in the caller's place."""
        return _changed(app.deps(), people.hand_over(app.deps(), app.identity(), app.body(NewOwner).user_id))


def cut_off(deps: Deps, agent_id: AgentId) -> None:
    """Nothing more is told to the person's open connections; what they say is refused by itself."""
    tenancy.forget_members()
    connections = Connections(deps.items, deps.tenant)
    for connection in connections.all():
        if connection.agent_id == agent_id:
            connections.remove(connection.id)


def _changed(deps: Deps, person: people.Person) -> Response:
    cut_off(deps, person.agent_id)
    return ok(person, version=person.version)


def _reset_second_factor(deps: Deps, actor: Identity, user_id: str) -> None:
    """Only of who belongs here alone: what they are elsewhere is not ours to weaken."""
    from offhook.stores.memberships import Users

    found = members_of(deps).get(user_id)
    require_over(deps, actor, found)
    if Users(wiring.edge_items()).of(user_id).tenants != (deps.tenant.id,):
        raise Conflict("person_elsewhere")
    wiring.user_pool().drop_second_factor(user_id)
    changed = people.end_sessions(deps, user_id, second_factor=False)
    cut_off(deps, changed.agent_id if changed else found.agent_id)
