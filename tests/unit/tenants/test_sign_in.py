"""Second factor, passwords and sign-out: what a pool asks, and what the edge grants until it is answered."""

from collections.abc import Iterator

import pytest
from offhook.adapters.memory.user_pool import RESET_CODE, SELF_SERVICE, totp
from offhook.web.testing import Response

from tests.unit.tenants.people_world import PASSWORD, PeopleWorld, people_world
from tests.unit.web.conftest import environment
from tests.unit.web.worlds import B

__all__ = ["environment"]
BOSS, AGENT = "boss@example.com", "agent@example.com"
NEW = "Another-Horse-8"


@pytest.fixture
def place() -> Iterator[PeopleWorld]:
    """An owner who has no second factor yet, and an agent."""
    with people_world() as made:
        made.join(BOSS, "owner", second_factor=False)
        made.join(AGENT, "agent", second_factor=False)
        yield made


def code(answer: Response) -> str:
    return f"{answer.status} {answer.json()['code']}"


def enrol(place: PeopleWorld, email: str) -> str:
    token = place.token(email)
    secret: str = place.ask(token, "POST", "/me/second-factor", {"password": PASSWORD}).json()["secret"]
    done = place.ask(token, "PUT", "/me/second-factor", {"password": PASSWORD, "code": totp(secret)})
    assert done.status == 204, done.body
    return secret


def test_an_owner_gets_nothing_but_enrolment_until_enrolled(place: PeopleWorld) -> None:
    token = place.token(BOSS)
    assert code(place.ask(token, "GET", "/people")) == "403 second_factor_needed"
    assert place.ask(token, "GET", "/me").json()["withheld"] == "second_factor_needed"
    enrol(place, BOSS)
    assert code(place.ask(token, "GET", "/me")) == "401 session_outdated"
    assert place.ask(place.token(BOSS), "GET", "/people").status == 200
    assert place.ask(place.token(BOSS), "GET", "/me").json()["second_factor"] is True


def test_an_agent_needs_no_second_factor(place: PeopleWorld) -> None:
    me = place.ask(place.token(AGENT), "GET", "/me").json()
    assert "calls.take" in me["permissions"] and me["second_factor"] is False


def test_who_is_enrolled_shows_a_code_to_sign_in(place: PeopleWorld) -> None:
    secret = enrol(place, BOSS)
    asked = place.ask("", "POST", "/sessions", {"email": BOSS, "password": PASSWORD}).json()
    assert asked["challenge"] == "software_token_mfa"
    wrong = place.ask("", "POST", "/sessions/challenges", {**asked, "answer": "000000"})
    assert code(wrong) == "401 unauthenticated"
    given = place.ask("", "POST", "/sessions/challenges", {**asked, "answer": totp(secret)})
    assert given.json()["refresh_token"]


def test_the_session_of_a_challenge_is_good_for_its_own_person_only(place: PeopleWorld) -> None:
    secret = enrol(place, BOSS)
    asked = place.ask("", "POST", "/sessions", {"email": BOSS, "password": PASSWORD}).json()
    for change in ({"session": "session-0"}, {"user": "sub-x"}, {"challenge": "new_password_required"}):
        answer = place.ask("", "POST", "/sessions/challenges", {**asked, "answer": totp(secret), **change})
        assert code(answer) == "401 unauthenticated"
    unknown = place.ask("", "POST", "/sessions/challenges", {**asked, "answer": "1", "challenge": "device_srp_auth"})
    assert code(unknown) == "400 invalid_input"


def test_enrolling_needs_the_password_and_a_right_code(place: PeopleWorld) -> None:
    token = place.token(BOSS)
    assert code(place.ask(token, "POST", "/me/second-factor", {"password": "wrong"})) == "400 wrong_password"
    place.ask(token, "POST", "/me/second-factor", {"password": PASSWORD})
    answer = place.ask(token, "PUT", "/me/second-factor", {"password": PASSWORD, "code": "000000"})
    assert code(answer) == "400 wrong_code"
    assert place.ask(token, "GET", "/me").json()["withheld"] == "second_factor_needed"


def test_a_second_enrolment_is_refused_while_there_is_a_second_factor(place: PeopleWorld) -> None:
    enrol(place, BOSS)
    answer = place.ask(place.token(BOSS), "POST", "/me/second-factor", {"password": PASSWORD})
    assert code(answer) == "409 conflict"


def test_no_token_that_is_handed_out_may_change_its_person_at_the_pool(place: PeopleWorld) -> None:
    enrol(place, BOSS)
    handed_out = {place.token(BOSS), place.token(AGENT)}
    assert all(SELF_SERVICE not in place.pool.claims[token]["scopes"] for token in handed_out)
    assert sum(SELF_SERVICE in said["scopes"] for said in place.pool.claims.values()) == 2


def test_a_second_factor_counts_in_every_tenant(place: PeopleWorld) -> None:
    place.join(BOSS, "owner", B, second_factor=False)
    enrol(place, BOSS)
    said = place.sign_in(BOSS)
    wish = {"tenant_id": B, "refresh_token": said["refresh_token"]}
    other = place.ask(said["access_token"], "POST", "/sessions/tenant", wish).json()["access_token"]
    assert place.ask(other, "GET", "/me").json()["withheld"] == ""


def test_who_lost_their_second_factor_is_helped_by_the_owner_unless_they_belong_elsewhere(place: PeopleWorld) -> None:
    user = place.join("admin@example.com", "admin", second_factor=False)
    enrol(place, BOSS)
    enrol(place, "admin@example.com")
    assert place.ask(place.token(BOSS), "DELETE", f"/people/{user}/second-factor").status == 204
    assert place.ask(place.token("admin@example.com"), "GET", "/me").json()["withheld"] == "second_factor_needed"
    place.join("admin@example.com", "owner", B)
    assert code(place.ask(place.token(BOSS), "DELETE", f"/people/{user}/second-factor")) == "409 conflict"


def test_a_forgotten_password_is_set_anew_with_the_mailed_code_and_every_session_ends(place: PeopleWorld) -> None:
    said = place.sign_in(AGENT)
    assert place.ask("", "POST", "/passwords/forgotten", {"email": AGENT}).status == 204
    assert place.pool.mailed == [AGENT]
    wrong = place.ask("", "PUT", "/passwords", {"email": AGENT, "code": "000000", "password": NEW})
    assert code(wrong) == "400 wrong_code"
    weak = place.ask("", "PUT", "/passwords", {"email": AGENT, "code": RESET_CODE, "password": "short"})
    assert code(weak) == "400 weak_password"
    assert place.ask("", "PUT", "/passwords", {"email": AGENT, "code": RESET_CODE, "password": NEW}).status == 204
    assert code(place.ask(said["access_token"], "GET", "/me")) == "401 session_outdated"
    refreshed = place.ask("", "POST", "/sessions/refresh", {"refresh_token": said["refresh_token"]})
    assert code(refreshed) == "401 unauthenticated"
    assert "access_token" in place.sign_in(AGENT, NEW)


def test_a_forgotten_password_tells_nobody_who_is_there(place: PeopleWorld) -> None:
    for path, method, more in (
        ("/passwords/forgotten", "POST", {}),
        ("/passwords", "PUT", {"code": "1", "password": NEW}),
    ):
        known, unknown = (place.ask("", method, path, {"email": who, **more}) for who in (AGENT, "no@example.com"))
        assert (known.status, known.body) == (unknown.status, unknown.body)


def test_a_changed_password_needs_the_present_one_and_ends_every_session(place: PeopleWorld) -> None:
    said = place.sign_in(AGENT)
    wrong = place.ask(said["access_token"], "PUT", "/me/password", {"password": "wrong", "new_password": NEW})
    assert code(wrong) == "400 wrong_password"
    weak = place.ask(said["access_token"], "PUT", "/me/password", {"password": PASSWORD, "new_password": "short"})
    assert (code(weak), weak.json()["errors"][0]["field"]) == ("400 weak_password", "$.new_password")
    done = place.ask(said["access_token"], "PUT", "/me/password", {"password": PASSWORD, "new_password": NEW})
    assert done.status == 204
    assert code(place.ask(said["access_token"], "GET", "/me")) == "401 session_outdated"


def test_who_signed_out_gets_no_new_access_token(place: PeopleWorld) -> None:
    said = place.sign_in(AGENT)
    for _ in range(2):
        assert place.ask("", "DELETE", "/sessions", {"refresh_token": said["refresh_token"]}).status == 204
    refreshed = place.ask("", "POST", "/sessions/refresh", {"refresh_token": said["refresh_token"]})
    assert code(refreshed) == "401 unauthenticated"
