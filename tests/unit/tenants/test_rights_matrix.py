"""Who may do what: the table of the code against the one that was agreed, then every route for every role."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from offhook.domain.operators.right import OperatorRight
from offhook.domain.tenants.permissions import ADMINISTRATIVE, LEAVING, TABLE, Permission, Role
from offhook.web.testing import Response

from infra.apps import APPS
from tests.unit.isolation.centre import A, centre, user
from tests.unit.isolation.probes import Probe, Prober, places
from tests.unit.isolation.rows import ROWS, Route
from tests.unit.web.worlds import add_member
from tests.world.world import app_of

AGREED = """
                    owner admin supervisor quality agent analyst
profile.own           x     x       x         x      x      x
calls.take            x     x       x         -      x      -
calls.monitor         x     x       x         -      -      -
floor.watch           x     x       x         -      -      -
agents.read           x     x       x         x      -      x
agents.control        x     x       x         -      -      -
callbacks.read        x     x       x         -      x      -
callbacks.write       x     x       x         -      x      -
voicemails.read       x     x       x         -      x      -
voicemails.play       x     x       x         -      x      -
voicemails.write      x     x       x         -      x      -
contacts.own          x     x       x         -      x      -
contacts.read         x     x       x         x      -      x
customers.read        x     x       x         x      x      -
customers.write       x     x       x         -      x      -
recordings.play       x     x       x         x      -      -
recordings.delete     x     x       -         -      -      -
flows.read            x     x       x         -      -      x
flows.write           x     x       x         -      -      -
flows.publish         x     x       -         -      -      -
routing.read          x     x       x         x      x      x
routing.write         x     x       x         -      -      -
surveys.read          x     x       x         x      -      x
surveys.write         x     x       x         x      -      -
numbers.read          x     x       x         -      -      -
numbers.write         x     x       -         -      -      -
numbers.buy           x     x       -         -      -      -
reports.own           x     x       x         -      x      -
reports.read          x     x       x         x      -      x
costs.read            x     x       -         -      -      x
people.read           x     x       x         -      -      -
people.write          x     x       -         -      -      -
auth.policy           x     x       -         -      -      -
audit.read            x     x       -         -      -      -
keys.read             x     x       x         -      -      -
keys.write            x     x       -         -      -      -
webhooks.read         x     x       x         -      -      -
webhooks.write        x     x       -         -      -      -
outbound              x     x       x         -      x      -
budgets.write         x     x       -         -      -      -
boards.write          x     x       x         -      -      -
person.erase          x     x       -         -      -      -
plan.manage           x     -       -         -      -      -
ownership.transfer    x     -       -         -      -      -
tenant.export         x     -       -         -      -      -
tenant.erase          x     -       -         -      -      -
tenant.close          x     -       -         -      -      -
"""


def agreed() -> dict[str, set[str]]:
    """Permission to the roles that have it."""
    heads, *lines = [line.split() for line in AGREED.strip().splitlines()]
    return {name: {role for role, mark in zip(heads, marks, strict=True) if mark == "x"} for name, *marks in lines}


def registered() -> dict[Route, Permission | OperatorRight | None]:
    """Every route of every app with the permission it asks for."""
    areas = {area for area, _, _ in ROWS}
    return {(a, m, path): asked for a in areas for (path, m), asked in app_of(a).permissions.items()}


def of_tenants() -> dict[Route, Permission]:
    """The routes for people of tenants."""
    return {route: asked for route, asked in registered().items() if isinstance(asked, Permission)}


@pytest.fixture(scope="module")
def prober() -> Iterator[Prober]:
    """Two tenants at work."""
    with centre() as made:
        add_member(made.world.aws, A, "unenrolled", Role.OWNER, second_factor=False)
        made.keep()
        yield Prober(made)


def refused(answer: Response) -> str:
    """Why nothing of the route was run, "" when it was."""
    if answer.status not in (401, 403):
        return ""
    code = str(json.loads(answer.body)["code"])
    return code if code in ("unauthenticated", "forbidden", "second_factor_needed", "session_outdated") else ""


def test_the_table_is_the_agreed_one() -> None:
    assert {p: {r for r in Role if p in TABLE[r]} for p in Permission} == agreed()


def test_what_administers_is_what_only_owner_and_admin_have() -> None:
    everybody_else = set(Role) - {Role.OWNER, Role.ADMIN}
    for permission, roles in agreed().items():
        assert (permission in ADMINISTRATIVE) == (Role.ADMIN in roles and not roles & everybody_else)


def test_in_a_tenant_at_rest_nothing_is_changed_but_what_leads_out_of_it() -> None:
    changing = {p for p in LEAVING if p.rpartition(".")[2] in ("write", "publish", "control", "take", "erase", "buy")}
    assert changing == {Permission.TENANT_ERASE}
    assert {Permission.PLAN_MANAGE, Permission.TENANT_EXPORT, Permission.PROFILE_OWN} <= LEAVING


def test_every_route_asks_for_a_permission_or_says_why_not() -> None:
    reasons = {app.area: app.open_routes for app in APPS}
    without = [
        route
        for route, permission in registered().items()
        if permission is None and not any(re.fullmatch(p, route[2]) for p in reasons[route[0]])
    ]
    assert without == []


@pytest.mark.parametrize("role", Role)
def test_every_route_is_run_for_exactly_the_roles_that_have_its_permission(prober: Prober, role: Role) -> None:
    """Whose ids are named makes no difference to that: own ones, and every other tenant's in every place."""
    wrong, asked = [], 0
    for route, permission in of_tenants().items():
        may = role in agreed()[permission]
        for probe in _probes(prober, route, user(A, role)):
            asked += 1
            if (refused(prober.send(probe)) == "") != may:
                wrong.append(str(probe))
    assert wrong == []
    assert asked > len(of_tenants())


@pytest.mark.parametrize("role", Role)
def test_the_platforms_own_routes_are_nowhere_for_people_of_tenants(prober: Prober, role: Role) -> None:
    for route, asked in registered().items():
        if isinstance(asked, OperatorRight):
            assert prober.send(Probe(route, user(A, role), ("none",), "", "")).status == 404, route


@pytest.mark.parametrize(
    ("who", "reason"), [("", "unauthenticated"), ("nobody", "unauthenticated"), ("unenrolled", "second_factor_needed")]
)
def test_strangers_run_nothing_and_who_must_enrol_only_what_is_theirs(prober: Prober, who: str, reason: str) -> None:
    for route, permission in of_tenants().items():
        own = permission is Permission.PROFILE_OWN and who == "unenrolled"
        answer = prober.send(Probe(route, who, ("none",), "", ""))
        assert refused(answer) == ("" if own else reason), (route, answer.body)


def _probes(prober: Prober, route: Route, who: str) -> Iterator[Probe]:
    """With the tenant's own ids, then with one of the other tenant's in each place."""
    own = Probe(route, who, ("none",), "", "")
    yield own
    for place, kind in places(route):
        found = prober.centre.foreign(kind) if place[0] in ("path", "body") else []
        yield from (replace(own, place=place, kind=kind, value=value) for value in found[:1])
