"""Inviting, accepting, changing and removing people: nobody above their rights, the last owner stays, at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.tenants.membership import Membership
from offhook.domain.tenants.permissions import Permission
from offhook.stores.quotas import Quota, Quotas
from offhook.usecases.tenants.membership import members_of
from offhook.web.testing import Response

from tests.unit.tenants.people_world import PASSWORD, PeopleWorld, people_world
from tests.unit.web.conftest import environment
from tests.unit.web.worlds import A, B

__all__ = ["environment"]
BOSS, ADMIN, AGENT = "boss@example.com", "admin@example.com", "agent@example.com"
SEATED = 5  # these three, and two of the common world


@pytest.fixture
def place() -> Iterator[PeopleWorld]:
    """An owner, an admin and an agent of A who signed in with a second factor where they need one."""
    with people_world() as made:
        for email, role in ((BOSS, "owner"), (ADMIN, "admin"), (AGENT, "agent")):
            made.join(email, role)
        members = members_of(made.deps())
        other = members.get("owner-of-t_a")  # of the common world; here the boss is the only owner
        changed = other.changed(role="agent")
        made.deps().items.commit(members.write(changed, other.version), *members.owning(changed))
        yield made


def subject(place: PeopleWorld, email: str) -> str:
    return next(one.sub for one in place.pool.people.values() if one.email == email)


def member(place: PeopleWorld, email: str) -> Membership:
    return members_of(place.deps()).get(subject(place, email))


def seats(place: PeopleWorld) -> int:
    return Quotas(place.deps().items, A).used(Quota.SEATS)


def code(answer: Response) -> str:
    return f"{answer.status} {answer.json()['code']}"


def invite(place: PeopleWorld, by: str, **wish: Any) -> Response:
    return place.ask(place.token(by), "POST", "/invitations", {"email": "new@example.com", "role": "agent", **wish})


def accept(place: PeopleWorld, link: str, password: str = PASSWORD, name: str = "New") -> Response:
    return place.ask("", "POST", "/invitations/accepted", {"link": link, "password": password, "name": name})


def access(place: PeopleWorld, by: str, of: str, **given: Any) -> Response:
    found = member(place, of)
    headers = {"If-Match": f'"{found.version}"'}
    return place.ask(place.token(by), "PUT", f"/people/{found.id}/access", given, headers)


def test_an_invited_person_becomes_a_member_with_a_seat_and_an_agent(place: PeopleWorld) -> None:
    assert invite(place, ADMIN, role="supervisor").status == 201
    assert accept(place, place.link("new@example.com")).status == 201
    me = place.ask(place.token("new@example.com"), "GET", "/me").json()
    assert (me["role"], me["tenant"]["id"]) == ("supervisor", A)
    agent = place.deps().config.get(AgentConfig, me["agent_id"])
    assert (agent.name, agent.email, agent.profile_id) == ("New", "new@example.com", "p_1")
    assert seats(place) == SEATED + 1
    assert place.ask(place.token(ADMIN), "GET", "/invitations").json()["data"] == []


def test_a_link_is_good_for_one_person_and_again_for_the_same_one(place: PeopleWorld) -> None:
    invite(place, ADMIN)
    link = place.link("new@example.com")
    first = accept(place, link)
    assert accept(place, link).body == first.body
    assert code(accept(place, link, password="Another-Horse-7")) == "400 wrong_password"
    assert seats(place) == SEATED + 1


@pytest.mark.parametrize("link", ["", "x", "inv_x.y", "." * 10, "é"])
def test_a_link_that_nobody_was_mailed_is_not_valid(place: PeopleWorld, link: str) -> None:
    assert code(accept(place, link or " ")) == "404 invitation_invalid"


def test_only_the_hash_of_a_link_is_kept(place: PeopleWorld) -> None:
    invite(place, ADMIN)
    secret = place.link("new@example.com").partition(".")[2]
    assert not [key for key, row in place.world.store.rows.items() if secret in f"{key} {row}"]


def test_a_mail_that_is_sent_again_ends_the_link_before(place: PeopleWorld) -> None:
    made = invite(place, ADMIN).json()
    first = place.link("new@example.com")
    assert place.ask(place.token(ADMIN), "POST", f"/invitations/{made['id']}/mails").status == 200
    assert code(accept(place, first)) == "404 invitation_invalid"
    assert accept(place, place.link("new@example.com")).status == 201


def test_a_withdrawn_invitation_is_not_valid(place: PeopleWorld) -> None:
    made = invite(place, ADMIN).json()
    assert place.ask(place.token(ADMIN), "DELETE", f"/invitations/{made['id']}").status == 204
    assert code(accept(place, place.link("new@example.com"))) == "404 invitation_invalid"


def test_who_has_an_account_joins_with_the_password_they_have(place: PeopleWorld) -> None:
    place.join("new@example.com", "agent", B)
    invite(place, ADMIN)
    link = place.link("new@example.com")
    assert code(accept(place, link, password="Thief-Horse-777")) == "400 wrong_password"
    assert accept(place, link).status == 201
    said = place.sign_in("new@example.com")
    assert [one["id"] for one in place.ask(said["access_token"], "GET", "/sessions/tenants").json()["data"]] == [B, A]


@pytest.mark.parametrize(
    ("by", "wish", "expected"),
    [
        (ADMIN, {"role": "owner"}, "403 above_own_rights"),
        (BOSS, {"role": "owner"}, "201"),
        (ADMIN, {"role": "king"}, "400 invalid_input"),
        (ADMIN, {"role": None}, "400 invalid_input"),
        (ADMIN, {"permission_set": "set_x"}, "400 invalid_input"),
        (ADMIN, {"role": None, "permission_set": "set_x"}, "400 invalid_input"),
        (ADMIN, {"teams": ["nowhere"]}, "400 invalid_input"),
        (ADMIN, {"queues": ["nowhere"]}, "400 invalid_input"),
        (ADMIN, {"profile_id": "nowhere"}, "400 invalid_input"),
        (ADMIN, {"email": "no address"}, "400 invalid_input"),
        (ADMIN, {"email": AGENT}, "409 conflict"),
        (AGENT, {}, "403 forbidden"),
    ],
)
def test_what_may_be_given_to_whom(place: PeopleWorld, by: str, wish: dict[str, Any], expected: str) -> None:
    before = len(place.world.mails.sent)
    answer = invite(place, by, **wish)
    assert (str(answer.status) if answer.status == 201 else code(answer)) == expected
    assert (len(place.world.mails.sent) > before) == (answer.status == 201)


@pytest.mark.parametrize(
    ("by", "of", "given", "expected"),
    [
        (ADMIN, AGENT, {"role": "supervisor"}, "200"),
        (ADMIN, AGENT, {"role": "owner"}, "403 above_own_rights"),
        (ADMIN, BOSS, {"role": "agent"}, "403 above_own_rights"),
        (BOSS, BOSS, {"role": "agent"}, "409 last_owner"),
        (AGENT, ADMIN, {"role": "agent"}, "403 forbidden"),
    ],
)
def test_who_may_make_whom_what(place: PeopleWorld, by: str, of: str, given: dict[str, Any], expected: str) -> None:
    before = member(place, of)
    answer = access(place, by, of, **given)
    assert (str(answer.status) if answer.status == 200 else code(answer)) == expected
    assert (member(place, of) != before) == (answer.status == 200)


def test_a_changed_role_ends_the_sessions_of_before_at_once(place: PeopleWorld) -> None:
    said = place.sign_in(AGENT)
    assert place.ask(said["access_token"], "GET", "/me").status == 200
    access(place, ADMIN, AGENT, role="supervisor")
    assert code(place.ask(said["access_token"], "GET", "/me")) == "401 session_outdated"
    fresh = place.ask("", "POST", "/sessions/refresh", {"refresh_token": said["refresh_token"]}).json()
    assert place.ask(fresh["access_token"], "GET", "/me").json()["role"] == "supervisor"


def test_who_is_disabled_is_out_until_enabled_and_gives_the_seat_back_meanwhile(place: PeopleWorld) -> None:
    invite(place, ADMIN)
    accept(place, place.link("new@example.com"))
    said, user = place.sign_in("new@example.com"), subject(place, "new@example.com")
    for _ in range(2):  # again changes nothing
        assert place.ask(place.token(ADMIN), "PUT", f"/people/{user}/status", {"status": "disabled"}).status == 200
        assert seats(place) == SEATED
    assert code(place.ask(said["access_token"], "GET", "/me")) == "401 unauthenticated"
    again = place.ask("", "POST", "/sessions/refresh", {"refresh_token": said["refresh_token"]}).json()
    assert code(place.ask(again["access_token"], "GET", "/me")) == "401 unauthenticated"
    assert place.ask(place.token(ADMIN), "PUT", f"/people/{user}/status", {"status": "active"}).status == 200
    assert seats(place) == SEATED + 1
    assert place.ask(place.token("new@example.com"), "GET", "/me").status == 200


def test_the_last_owner_is_neither_disabled_nor_removed(place: PeopleWorld) -> None:
    boss, token = subject(place, BOSS), place.token(BOSS)
    assert code(place.ask(token, "PUT", f"/people/{boss}/status", {"status": "disabled"})) == "409 last_owner"
    assert code(place.ask(token, "DELETE", f"/people/{boss}")) == "409 last_owner"
    assert member(place, BOSS).is_owner


def test_of_two_owners_who_go_one_stays(place: PeopleWorld) -> None:
    place.join("second@example.com", "owner")
    for email in (BOSS, "second@example.com"):
        place.ask(place.token(email), "DELETE", f"/people/{subject(place, email)}")
    assert len(members_of(place.deps()).owners().users) == 1


def test_ownership_goes_to_somebody_else_in_one_step(place: PeopleWorld) -> None:
    assert place.ask(place.token(BOSS), "PUT", "/ownership", {"user_id": subject(place, ADMIN)}).status == 200
    assert (member(place, BOSS).role, member(place, ADMIN).role) == ("admin", "owner")
    assert members_of(place.deps()).owners().users == (subject(place, ADMIN),)
    assert code(place.ask(place.token(BOSS), "PUT", "/ownership", {"user_id": subject(place, BOSS)})) == "403 forbidden"


def test_who_is_removed_keeps_their_other_tenants(place: PeopleWorld) -> None:
    user = place.join(AGENT, "agent", B)
    assert place.ask(place.token(ADMIN), "DELETE", f"/people/{user}").status == 204
    assert place.ask(place.token(AGENT), "GET", "/me").json()["tenant"]["id"] == B
    assert place.ask(place.token(ADMIN), "GET", f"/people/{user}").status == 404


def test_somebody_of_two_tenants_chooses_and_gets_tokens_for_that_one_only(place: PeopleWorld) -> None:
    place.join(AGENT, "supervisor", B)
    said = place.sign_in(AGENT)
    assert place.ask(said["access_token"], "GET", "/me").json()["tenant"]["id"] == A
    wish = {"tenant_id": B, "refresh_token": said["refresh_token"]}
    switched = place.ask(said["access_token"], "POST", "/sessions/tenant", wish).json()
    me = place.ask(switched["access_token"], "GET", "/me").json()
    assert (me["tenant"]["id"], me["role"]) == (B, "supervisor")
    assert place.ask(said["access_token"], "GET", "/me").json()["tenant"]["id"] == A


@pytest.mark.parametrize("tenant", [B, "t_nowhere"])
def test_a_tenant_of_others_and_one_that_is_nowhere_are_one_case(place: PeopleWorld, tenant: str) -> None:
    said = place.sign_in(AGENT)
    wish = {"tenant_id": tenant, "refresh_token": said["refresh_token"]}
    assert code(place.ask(said["access_token"], "POST", "/sessions/tenant", wish)) == "404 not_found"


def test_a_permission_set_gives_what_it_says_and_no_more_than_its_maker_has(place: PeopleWorld) -> None:
    token = place.token(ADMIN)
    too_much = {"name": "King", "permissions": [Permission.TENANT_ERASE]}
    assert code(place.ask(token, "POST", "/permission-sets", too_much)) == "403 above_own_rights"
    wish = {"name": "Listener", "permissions": [Permission.RECORDINGS_PLAY, Permission.CONTACTS_READ]}
    made = place.ask(token, "POST", "/permission-sets", wish).json()
    assert access(place, ADMIN, AGENT, permission_set=made["id"]).status == 200
    me = place.ask(place.token(AGENT), "GET", "/me").json()
    assert set(me["permissions"]) == {*wish["permissions"], Permission.PROFILE_OWN}
    assert code(place.ask(token, "DELETE", f"/permission-sets/{made['id']}")) == "409 conflict"


def test_a_permission_set_with_an_administrators_right_needs_a_second_factor(place: PeopleWorld) -> None:
    wish = {"name": "Keys", "permissions": [Permission.KEYS_WRITE]}
    made = place.ask(place.token(ADMIN), "POST", "/permission-sets", wish).json()
    place.join("keys@example.com", "", second_factor=False, permission_set=made["id"])
    me = place.ask(place.token("keys@example.com"), "GET", "/me").json()
    assert (me["permissions"], me["withheld"]) == (["profile.own"], "second_factor_needed")


def test_who_sees_some_teams_sees_and_reaches_only_those(place: PeopleWorld) -> None:
    token = place.token(ADMIN)
    team = place.ask(token, "POST", "/teams", {"name": "Red", "agents": ["a_agent"]}).json()
    place.join("lead@example.com", "supervisor", teams=(team["id"],))
    data = place.ask(place.token("lead@example.com"), "GET", "/people").json()["data"]
    assert {one["agent_id"] for one in data} == {"a_agent", "a_lead"}
    boss = subject(place, BOSS)
    assert place.ask(place.token("lead@example.com"), "GET", f"/people/{boss}").status == 404


def test_nobody_is_let_in_without_a_seat(place: PeopleWorld) -> None:
    invite(place, ADMIN)
    place.on_plan("trial")
    answer = accept(place, place.link("new@example.com"))
    assert code(answer) == "402 quota_reached"
    assert seats(place) == SEATED
    place.on_plan("growth")
    assert accept(place, place.link("new@example.com")).status == 201
