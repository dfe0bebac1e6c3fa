"""Guessing: strangers are stopped at the open endpoints, by address and by account, and learn nothing from it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from offhook.adapters.memory.clock import FrozenClock
from offhook.web import limits
from offhook.web.testing import event_for

from functions.tenants.app import app
from tests.unit.tenants.people_world import PASSWORD, PeopleWorld, people_world
from tests.unit.web.conftest import environment

__all__ = ["environment"]
ADA, NOBODY = "ada@example.com", "nobody@example.com"
QUOTA = limits.OPEN["sign_in"].quota


@pytest.fixture
def place() -> Iterator[PeopleWorld]:
    with people_world() as made:
        made.world.limited = True
        made.join(ADA, "agent", second_factor=False)
        yield made


def ask(path: str, body: dict[str, Any], address: str = "127.0.0.1", method: str = "POST") -> dict[str, Any]:
    event = event_for(app, method, path, None, {"Content-Type": "application/json"})
    event["requestContext"]["identity"] = {"sourceIp": address}
    event["body"] = json.dumps(body)
    answer: dict[str, Any] = app(event, None)
    return answer


def sign_in(email: str, password: str = "wrong", address: str = "127.0.0.1") -> dict[str, Any]:
    return ask("/sessions", {"email": email, "password": password}, address)


def statuses(times: int, email: str, password: str = "wrong", address: str = "127.0.0.1") -> list[int]:
    return [sign_in(email, password, address)["statusCode"] for _ in range(times)]


def test_passwords_of_an_account_are_guessed_so_often_and_no_more(place: PeopleWorld) -> None:
    assert statuses(QUOTA + 1, ADA) == [401] * QUOTA + [429]
    refused = sign_in(ADA, PASSWORD)
    assert refused["statusCode"] == 429
    assert int(refused["headers"]["Retry-After"]) >= 1
    assert refused["headers"]["RateLimit-Policy"].startswith('"sign_in"')


def test_another_account_is_not_touched(place: PeopleWorld) -> None:
    statuses(QUOTA + 1, NOBODY)
    assert sign_in(ADA, PASSWORD)["statusCode"] == 200


def test_a_refusal_does_not_tell_whether_there_is_such_an_account(place: PeopleWorld) -> None:
    told = [[(a["statusCode"], a["body"]) for a in map(sign_in, [who] * (QUOTA + 2))] for who in (ADA, NOBODY)]
    assert told[0] == told[1]


def test_who_signs_in_rightly_may_do_so_as_often_as_they_like(place: PeopleWorld) -> None:
    assert statuses(2 * QUOTA, ADA, PASSWORD) == [200] * 2 * QUOTA
    assert statuses(QUOTA + 5, ADA, PASSWORD, "198.51.100.9") == [200] * (QUOTA + 5)


def test_time_gives_tries_back(place: PeopleWorld) -> None:
    statuses(QUOTA + 1, ADA)
    assert isinstance(place.world.clock, FrozenClock)
    place.world.clock.advance(limits.OPEN["sign_in"].window_s)
    assert sign_in(ADA, PASSWORD)["statusCode"] == 200


def test_an_address_that_tries_many_accounts_is_stopped(place: PeopleWorld) -> None:
    tried = [sign_in(f"{n}@example.com", address="198.51.100.7")["statusCode"] for n in range(QUOTA + 1)]
    assert tried == [401] * QUOTA + [429]
    assert sign_in(ADA, PASSWORD, "198.51.100.8")["statusCode"] == 200


def test_codes_of_the_second_factor_and_of_a_reset_are_guessed_so_often_and_no_more(place: PeopleWorld) -> None:
    challenge = {"challenge": "software_token_mfa", "session": "s", "user": ADA, "answer": "000000"}
    codes = [ask("/sessions/challenges", challenge)["statusCode"] for _ in range(QUOTA + 1)]
    assert codes == [401] * QUOTA + [429]
    reset = {"email": NOBODY, "code": "000000", "password": "Another-Horse-8"}
    resets = [ask("/passwords", reset, method="PUT")["statusCode"] for _ in range(QUOTA + 1)]
    assert resets[-1] == 429 and set(resets[:-1]) == {400}


def test_mails_are_asked_for_so_often_and_no_more_for_known_and_unknown_alike(place: PeopleWorld) -> None:
    most = limits.OPEN["mail"].quota
    for email in (ADA, NOBODY):
        told = [ask("/passwords/forgotten", {"email": email})["statusCode"] for _ in range(most + 1)]
        assert told == [204] * most + [429]
    told = [ask("/sign-ups/join_0123456789abcdefghij/mails", {})["statusCode"] for _ in range(most + 1)]
    assert told == [202] * most + [429]


def test_businesses_sign_up_so_often_from_an_address_and_with_an_address(place: PeopleWorld) -> None:
    def apply(email: str, address: str) -> int:
        wanted = {"company": "Acme", "country": "US", "time_zone": "America/New_York", "language": "en-US"}
        return int(ask("/sign-ups", {**wanted, "email": email}, address)["statusCode"])

    most = limits.OPEN["sign_up"].quota
    assert [apply(ADA, "127.0.0.1") for _ in range(most + 1)] == [202] * most + [429]
    tried = [apply(f"{n}@a{n}.example", "198.51.100.7") for n in range(most + 1)]
    assert tried == [202] * most + [429]


def test_links_are_tried_so_often_from_an_address(place: PeopleWorld) -> None:
    most = limits.OPEN["verify"].quota
    bodies = [{"link": f"link-{n}", "password": "Another-Horse-8"} for n in range(most + 1)]
    told = [ask("/invitations/accepted", body, "198.51.100.7")["statusCode"] for body in bodies]
    assert told[-1] == 429 and 429 not in told[:-1]
