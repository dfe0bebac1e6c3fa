"""Signing in at the user pool."""

from dataclasses import dataclass
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from offhook.domain.errors import StoreUnavailable, Unauthenticated

REFUSALS = frozenset(
    {
        "InvalidParameterException",
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)


class CognitoClient(Protocol):
    """What is used of boto3's Cognito client."""

    def initiate_auth(self, *, ClientId: str, AuthFlow: str, AuthParameters: dict[str, str]) -> dict[str, Any]:
        """As AWS documents it."""
        ...


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a person who signed in is given; a refresh gives no new refresh token."""

    access_token: str
    expires_in: int
    refresh_token: str | None = None
    token_type: str = "Bearer"


@dataclass(frozen=True, slots=True)
class Cognito:
    """One user pool's app client. Every refusal looks the same, so nobody learns who has an account."""

    client: CognitoClient
    client_id: str

    def sign_in(self, email: str, password: str) -> Tokens:
        """Tokens for an e-mail address and its password; raises Unauthenticated."""
        return self._start("USER_PASSWORD_AUTH", {"USERNAME": email, "PASSWORD": password})

    def refresh(self, refresh_token: str) -> Tokens:
        """A new access token; raises Unauthenticated."""
        return self._start("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh_token})

    def _start(self, flow: str, parameters: dict[str, str]) -> Tokens:
        try:
            answer = self.client.initiate_auth(ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters)
        except ClientError as refused:
            raise _meaning(refused) from refused
        except BotoCoreError as unreachable:
            raise StoreUnavailable("The user pool did not answer.") from unreachable
        result = answer.get("AuthenticationResult")
        if not result:
            raise Unauthenticated("Signing in needs a step that is not offered here.")
        return Tokens(result["AccessToken"], result["ExpiresIn"], result.get("RefreshToken"))


def _meaning(refused: ClientError) -> Exception:
    if refused.response["Error"]["Code"] in REFUSALS:
        return Unauthenticated("E-mail address or password is wrong.")
    return StoreUnavailable("The user pool did not answer.")
