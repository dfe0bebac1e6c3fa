"""Signing in: every refusal looks the same."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from offhook.adapters.cognito import Challenge, Cognito, Tokens
from offhook.domain.errors import StoreUnavailable, Unauthenticated


class Pool:
    """Answers one request, as the user pool would."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer, self.asked = answer, dict[str, Any]()

    def initiate_auth(self, **asked: Any) -> dict[str, Any]:
        self.asked = asked
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "secret details"}}, "InitiateAuth")


def test_signing_in_gives_the_tokens() -> None:
    pool = Pool({"AuthenticationResult": {"AccessToken": "a", "ExpiresIn": 900, "RefreshToken": "r"}})
    assert Cognito(pool, "client").sign_in("ada@example.com", "pass") == Tokens("a", 900, "r")
    assert pool.asked == {
        "ClientId": "client",
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": "ada@example.com", "PASSWORD": "pass"},
    }


def test_refreshing_gives_a_new_access_token_and_the_refresh_token_that_stays_good() -> None:
    pool = Pool({"AuthenticationResult": {"AccessToken": "b", "ExpiresIn": 900}})
    assert Cognito(pool, "client").refresh("r") == Tokens("b", 900, "r")


@pytest.mark.parametrize("code", ["NotAuthorizedException", "UserNotFoundException", "UserNotConfirmedException"])
def test_every_refusal_looks_the_same(code: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        Cognito(Pool(refusal(code)), "client").sign_in("ada@example.com", "pass")
    assert refused.value.detail == "E-mail address or password is wrong."


@pytest.mark.parametrize("name", ["SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED"])
def test_a_challenge_is_handed_on(name: str) -> None:
    asked = {"ChallengeName": name, "Session": "s", "ChallengeParameters": {"USER_ID_FOR_SRP": "u"}}
    assert Cognito(Pool(asked), "client").sign_in("a", "b") == Challenge(name.lower(), "s", "u")


def test_a_challenge_that_we_do_not_offer_is_no_sign_in() -> None:
    with pytest.raises(Unauthenticated):
        Cognito(Pool({"ChallengeName": "SMS_MFA"}), "client").sign_in("a", "b")


@pytest.mark.parametrize(
    "failure", [refusal("TooManyRequestsException"), EndpointConnectionError(endpoint_url="http://pool")]
)
def test_a_pool_that_does_not_answer_is_not_the_persons_fault(failure: Exception) -> None:
    with pytest.raises(StoreUnavailable):
        Cognito(Pool(failure), "client").sign_in("a", "b")
