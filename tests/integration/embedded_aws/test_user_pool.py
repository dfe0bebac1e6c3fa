"""The user pool: what a session is good for, whose code resets a password, and the trigger before each token."""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError
from offhook.adapters.memory.user_pool import totp

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

OLD, NEW = "Old-Horse-12345", "New-Horse-12345"
BOTH = pytest.mark.parametrize(("emulator", "opens"), [("stock", True), ("repaired", False)])
ADDS = """
def handler(event, context):
    said = {"claimsToAddOrOverride": {"tid": event["request"]["userAttributes"]["email"]}}
    suppressed = {"scopesToSuppress": ["aws.cognito.signin.user.admin"]}
    event["response"]["claimsAndScopeOverrideDetails"] = {"accessTokenGeneration": {**said, **suppressed}}
    return event
"""
FAILS = "def handler(event, context): raise KeyError('no tenant')"


@dataclass
class Pool:
    """A pool of its own with one person."""

    cognito: Any
    id: str
    client_id: str

    def start(self, password: str = OLD) -> dict[str, Any]:
        given = {"USERNAME": "ada@example.com", "PASSWORD": password}
        answer: dict[str, Any] = self.cognito.initiate_auth(
            ClientId=self.client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given
        )
        return answer

    def respond(self, name: str, session: str, **responses: str) -> dict[str, Any]:
        given = {"USERNAME": "ada@example.com", **responses}
        answer: dict[str, Any] = self.cognito.respond_to_auth_challenge(
            ClientId=self.client_id, ChallengeName=name, Session=session, ChallengeResponses=given
        )
        return answer


def made(endpoint: Endpoint, *, permanent: bool = True, trigger: str = "") -> Pool:
    cognito = kit.client(endpoint, "cognito-idp")
    config = {"PreTokenGenerationConfig": {"LambdaArn": trigger, "LambdaVersion": "V2_0"}} if trigger else {}
    pool = cognito.create_user_pool(
        PoolName=kit.unique("pool"), UsernameAttributes=["email"], MfaConfiguration="OPTIONAL", LambdaConfig=config
    )["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = cognito.create_user_pool_client(UserPoolId=pool, ClientName="web", ExplicitAuthFlows=flows)
    attributes = [{"Name": "email", "Value": "ada@example.com"}, {"Name": "email_verified", "Value": "true"}]
    cognito.admin_create_user(
        UserPoolId=pool, Username="ada@example.com", UserAttributes=attributes, MessageAction="SUPPRESS"
    )
    cognito.admin_set_user_password(UserPoolId=pool, Username="ada@example.com", Password=OLD, Permanent=permanent)
    return Pool(cognito, pool, client["UserPoolClient"]["ClientId"])


def arn(endpoint: Endpoint, source: str) -> str:
    name = kit.function(endpoint, source)
    return str(kit.client(endpoint, "lambda").get_function(FunctionName=name)["Configuration"]["FunctionArn"])


def claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def opened(attempt: Any) -> bool:
    try:
        return "AuthenticationResult" in attempt()
    except ClientError as refused:
        assert refused.response["Error"]["Code"] in ("NotAuthorizedException", "CodeMismatchException")
        return False


@BOTH
def test_a_code_without_the_session_of_a_password(request: pytest.FixtureRequest, emulator: str, opens: bool) -> None:
    pool = made(request.getfixturevalue(emulator))
    token = pool.start()["AuthenticationResult"]["AccessToken"]
    secret = pool.cognito.associate_software_token(AccessToken=token)["SecretCode"]
    pool.cognito.verify_software_token(AccessToken=token, UserCode=totp(secret))
    code = {"SOFTWARE_TOKEN_MFA_CODE": totp(secret)}
    assert opened(lambda: pool.respond("SOFTWARE_TOKEN_MFA", "x" * 40, **code)) is opens
    session = pool.start()["Session"]
    assert opened(lambda: pool.respond("SOFTWARE_TOKEN_MFA", session, **code))
    assert opened(lambda: pool.respond("SOFTWARE_TOKEN_MFA", session, **code)) is opens  # once


@BOTH
def test_a_new_password_without_the_old_one(request: pytest.FixtureRequest, emulator: str, opens: bool) -> None:
    pool = made(request.getfixturevalue(emulator), permanent=False)
    assert opened(lambda: pool.respond("NEW_PASSWORD_REQUIRED", "x" * 40, NEW_PASSWORD=NEW)) is opens
    if not opens:
        assert opened(lambda: pool.respond("NEW_PASSWORD_REQUIRED", pool.start()["Session"], NEW_PASSWORD=NEW))


@BOTH
def test_a_password_is_reset_with_any_code(request: pytest.FixtureRequest, emulator: str, opens: bool) -> None:
    pool = made(request.getfixturevalue(emulator))
    pool.cognito.forgot_password(ClientId=pool.client_id, Username="ada@example.com")
    wish = {"ClientId": pool.client_id, "Username": "ada@example.com", "Password": NEW}

    def attempt() -> dict[str, Any]:
        pool.cognito.confirm_forgot_password(ConfirmationCode="000000", **wish)
        return pool.start(NEW)

    assert opened(attempt) is opens


def test_the_trigger_adds_claims_to_access_tokens_and_takes_the_scope_away(repaired: Endpoint) -> None:
    pool = made(repaired, trigger=arn(repaired, ADDS))
    first = pool.start()["AuthenticationResult"]
    given = {"REFRESH_TOKEN": first["RefreshToken"]}
    again = pool.cognito.initiate_auth(ClientId=pool.client_id, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=given)[
        "AuthenticationResult"
    ]
    for token in (first["AccessToken"], again["AccessToken"]):
        assert claims(token)["tid"] == "ada@example.com"
        assert "admin" not in claims(token).get("scope", "")


def test_a_trigger_that_fails_refuses_the_token(repaired: Endpoint) -> None:
    pool = made(repaired, trigger=arn(repaired, FAILS))
    with pytest.raises(ClientError):
        pool.start()
