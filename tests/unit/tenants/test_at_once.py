"""A change of a person is felt at once, also by what they have open; two changes at once leave one truth."""

from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from offhook.domain.tenants.membership import Membership
from offhook.usecases.tenants.membership import members_of
from offhook.web import tenancy
from offhook.web.live import PROTOCOL, handle

from tests.unit.tenants.people_world import PeopleWorld, people_world
from tests.unit.web.conftest import environment
from tests.unit.web.worlds import A

__all__ = ["environment"]
BOSS, SECOND, AGENT = "boss@example.com", "second@example.com", "agent@example.com"


@pytest.fixture
def place() -> Iterator[PeopleWorld]:
    """Two owners and an agent."""
    with people_world() as made:
        for email, role in ((BOSS, "owner"), (SECOND, "owner"), (AGENT, "agent")):
            made.join(email, role)
        members = members_of(made.deps())
        other = members.get("owner-of-t_a")  # of the common world
        changed = other.changed(role="agent")
        made.deps().items.commit(members.write(changed, other.version), *members.owning(changed))
        yield made


def member(place: PeopleWorld, email: str) -> Membership:
    return next(one for one in members_of(place.deps()).all() if one.email == email)


def event(route: str, body: str | None = None, **more: Any) -> dict[str, Any]:
    return {"requestContext": {"routeKey": route, "connectionId": "c1"}, "body": body, **more}


def beat() -> int:
    said = '{"action": "heartbeat", "session_id": "s_1"}'
    return int(handle(event("$default", said), None)["statusCode"])


def connected(place: PeopleWorld) -> list[str]:
    return [one.id for one in place.world.live_channel(place.world.tenant_context(A)).connections.all()]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/people/{}/access", {"role": "supervisor"}),
        ("PUT", "/people/{}/status", {"status": "disabled"}),
        ("DELETE", "/people/{}", None),
    ],
)
def test_an_open_connection_hears_and_says_nothing_more(
    place: PeopleWorld, method: str, path: str, body: object
) -> None:
    offered = {"Sec-WebSocket-Protocol": f"{PROTOCOL}, {place.token(AGENT)}"}
    assert handle(event("$connect", headers=offered), None)["statusCode"] == 200
    assert (beat(), connected(place)) == (200, ["c1"])
    found = member(place, AGENT)
    place.ask(place.token(BOSS), method, path.format(found.id), body, {"If-Match": f'"{found.version}"'})
    assert (beat(), connected(place)) == (401, [])


def test_another_process_notices_within_ten_seconds(place: PeopleWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of a member is younger than five seconds, configuration younger than five."""
    assert tenancy.MEMBERS_KEPT_S + 5.0 <= 10.0
    now = [100.0]
    monkeypatch.setattr(tenancy._members, "_now", lambda: now[0])
    token, found = place.token(AGENT), member(place, AGENT)
    assert place.ask(token, "GET", "/me").status == 200
    members = members_of(place.deps())
    place.deps().items.commit(members.write(found.changed(status="disabled"), found.version))  # by somebody else
    assert place.ask(token, "GET", "/me").status == 200
    now[0] += tenancy.MEMBERS_KEPT_S + 0.1
    assert place.ask(token, "GET", "/me").status == 401


def test_of_two_owners_who_leave_at_the_same_moment_one_stays(place: PeopleWorld) -> None:
    tokens = {email: place.token(email) for email in (BOSS, SECOND)}
    users = {email: member(place, email).id for email in tokens}
    together = Barrier(2)
    waited: list[int] = []

    def wait(*_: object) -> None:
        if len(waited) < 2:  # both have read before either writes
            waited.append(1)
            together.wait(10)

    place.world.store.before_commit = wait
    statuses: list[int] = []
    leaving = [
        Thread(
            target=lambda who=email: statuses.append(place.ask(tokens[who], "DELETE", f"/people/{users[who]}").status)
        )
        for email in tokens
    ]
    for one in leaving:
        one.start()
    for one in leaving:
        one.join()
    place.world.store.before_commit = None
    assert sorted(statuses) == [204, 409]
    assert len(members_of(place.deps()).owners().users) == 1
