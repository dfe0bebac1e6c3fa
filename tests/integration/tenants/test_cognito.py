"""Our side of the user pool against the embedded one: the same answers that the pool in memory gives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from offhook.adapters import guard
from offhook.adapters.cognito import Challenge, Cognito, Tokens, WeakPassword, WrongCode, WrongPassword
from offhook.adapters.memory.user_pool import RESET_CODE, MemoryUserPool, totp
from offhook.domain.errors import Unauthenticated

from local.aws.testing import running_emulator

OLD, NEW = "Old-Horse-12345", "New-Horse-12345"
POLICY = {
    "MinimumLength": 12, "RequireUppercase": True, "RequireLowercase": True, "RequireNumbers": True,
    "RequireSymbols": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of an embedded pool."""
    with running_emulator(Path(tmp_path_factory.mktemp("people"))) as endpoint, guard.unguarded():
        yield boto3.client("cognito-idp", **endpoint.client_arguments)  # type: ignore[call-overload]  # plain strings


def open_event(event: dict[str, Any]) -> dict[str, Any]:
    """A trigger that changes nothing."""
    generation: dict[str, Any] = {"claimsToAddOrOverride": {}, "scopesToSuppress": []}
    return {**event, "response": {"claimsAndScopeOverrideDetails": {"accessTokenGeneration": generation}}}


@pytest.fixture(params=["memory", "embedded"])
def pool(request: pytest.FixtureRequest) -> Cognito:
    """A pool without people."""
    if request.param == "memory":
        return Cognito(MemoryUserPool(open_event), "client", "pool")
    client = request.getfixturevalue("embedded")
    made = client.create_user_pool(
        PoolName="people",
        UsernameAttributes=["email"],
        MfaConfiguration="OPTIONAL",
        Policies={"PasswordPolicy": POLICY},
    )["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    web = client.create_user_pool_client(
        UserPoolId=made, ClientName="web", ExplicitAuthFlows=flows, PreventUserExistenceErrors="ENABLED"
    )["UserPoolClient"]["ClientId"]
    return Cognito(client, web, made)


def tokens(answer: Tokens | Challenge) -> Tokens:
    assert isinstance(answer, Tokens)
    return answer


def test_a_new_person_gets_the_password_and_a_known_one_must_have_it(pool: Cognito) -> None:
    user_id, second_factor = pool.admit("ada@example.com", OLD)
    assert pool.admit("ada@example.com", OLD) == (user_id, second_factor) == (user_id, False)
    with pytest.raises(WrongPassword):
        pool.admit("ada@example.com", NEW)
    with pytest.raises(WeakPassword):
        pool.admit("eve@example.com", "short")
    assert pool.email_of(user_id) == "ada@example.com"


def test_signing_in_refreshing_and_signing_out(pool: Cognito) -> None:
    pool.admit("ada@example.com", OLD)
    given = tokens(pool.sign_in("ada@example.com", OLD))
    again = pool.refresh(given.refresh_token or "")
    assert again.access_token and pool.refresh(again.refresh_token or "").access_token, "and once more, with what came"
    pool.sign_out(given.refresh_token)
    with pytest.raises(Unauthenticated):
        pool.refresh(given.refresh_token)
    for email, password in (("ada@example.com", NEW), ("nobody@example.com", OLD)):
        with pytest.raises(Unauthenticated, match="E-mail address or password is wrong"):
            pool.sign_in(email, password)


def test_a_second_factor_is_set_up_asked_for_and_dropped(pool: Cognito) -> None:
    user_id, _ = pool.admit("ada@example.com", OLD)
    own = pool.own_token("ada@example.com", OLD)
    secret = pool.new_secret(own)
    with pytest.raises(WrongCode):
        pool.confirm_secret(own, "000000")
    pool.confirm_secret(own, totp(secret))
    asked = pool.sign_in("ada@example.com", OLD)
    assert isinstance(asked, Challenge) and asked.challenge == "software_token_mfa"
    with pytest.raises(Unauthenticated):
        pool.answer(asked, "000000")
    with pytest.raises(Unauthenticated):
        pool.answer(Challenge(asked.challenge, "x" * 40, asked.user), totp(secret))
    assert tokens(pool.answer(asked, totp(secret))).access_token
    known = pool.find(user_id)
    assert known is not None and known.second_factor
    pool.drop_second_factor(user_id)
    assert tokens(pool.sign_in("ada@example.com", OLD))


def test_a_forgotten_password(pool: Cognito) -> None:
    pool.admit("ada@example.com", OLD)
    for email in ("ada@example.com", "nobody@example.com"):
        pool.forgot(email)
        with pytest.raises(WrongCode):
            pool.reset(email, "000000", NEW)
    pool.reset("ada@example.com", RESET_CODE, NEW)
    assert tokens(pool.sign_in("ada@example.com", NEW))


def test_a_person_who_is_gone_is_nobody(pool: Cognito) -> None:
    user_id, _ = pool.admit("ada@example.com", OLD)
    for _ in range(2):
        pool.forget_user(user_id)
    assert pool.find("ada@example.com") is None and pool.find(user_id) is None
