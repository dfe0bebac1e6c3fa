"""A user pool in memory that answers as boto3's Cognito client does: challenges, TOTP, revocation, the trigger."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

SELF_SERVICE = "aws.cognito.signin.user.admin"
TOTP = "SOFTWARE_TOKEN_MFA"
RESET_CODE = "654321"
Trigger = Callable[[dict[str, Any]], dict[str, Any]]


def totp(secret: str, at_s: float | None = None) -> str:
    """The six digits of RFC 6238 for a base-32 secret, at a time (default: now)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    counter = int((time.time() if at_s is None else at_s) // 30)
    mac = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


@dataclass
class Somebody:
    """A person of the pool."""

    sub: str
    email: str
    password: str = ""
    status: str = "FORCE_CHANGE_PASSWORD"
    enabled: bool = True
    secret: str = ""
    pending: str = ""
    second_factor: bool = False
    reset_code: str = ""


@dataclass
class MemoryUserPool:
    """trigger: asked before each access token, as the pool's pre-token-generation trigger.

    claims: what each access token that was given says; mailed: whom a reset code was mailed to.
    """

    trigger: Trigger
    people: dict[str, Somebody] = field(default_factory=dict)
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, tuple[str, str]] = field(default_factory=dict)
    mailed: list[str] = field(default_factory=list)
    count: int = 0

    # -- signing in

    def initiate_auth(self, *, ClientId: str, AuthFlow: str, AuthParameters: dict[str, str]) -> dict[str, Any]:
        """USER_PASSWORD_AUTH and REFRESH_TOKEN_AUTH."""
        if AuthFlow == "REFRESH_TOKEN_AUTH":
            sub = self.refresh_tokens.get(AuthParameters["REFRESH_TOKEN"])
            if sub is None or not self.people[sub].enabled:
                raise _refused("NotAuthorizedException")
            return {"AuthenticationResult": self._tokens(self.people[sub], refresh=False)}
        person = self._known(AuthParameters["USERNAME"], "NotAuthorizedException")
        if not person.enabled or person.password != AuthParameters["PASSWORD"]:
            raise _refused("NotAuthorizedException")
        if person.status == "FORCE_CHANGE_PASSWORD":
            return self._challenge("NEW_PASSWORD_REQUIRED", person)
        if person.second_factor:
            return self._challenge(TOTP, person)
        return {"AuthenticationResult": self._tokens(person)}

    def respond_to_auth_challenge(
        self, *, ClientId: str, ChallengeName: str, Session: str, ChallengeResponses: dict[str, str]
    ) -> dict[str, Any]:
        """A session is good for the one challenge and person that it was made for."""
        person = self.people.get(ChallengeResponses["USERNAME"])
        if person is None or self.sessions.get(Session) != (ChallengeName, person.sub):
            raise _refused("NotAuthorizedException")
        if ChallengeName == TOTP:
            if not self._fits(person.secret, ChallengeResponses["SOFTWARE_TOKEN_MFA_CODE"]):
                raise _refused("CodeMismatchException")
        else:
            _require_strong(ChallengeResponses["NEW_PASSWORD"])
            person.password, person.status = ChallengeResponses["NEW_PASSWORD"], "CONFIRMED"
        del self.sessions[Session]
        return {"AuthenticationResult": self._tokens(person)}

    def revoke_token(self, *, Token: str, ClientId: str) -> dict[str, Any]:
        """An unknown token is no error."""
        self.refresh_tokens.pop(Token, None)
        return {}

    def admin_user_global_sign_out(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        """Every refresh token of the person ends."""
        sub = self._known(Username).sub
        self.refresh_tokens = {token: who for token, who in self.refresh_tokens.items() if who != sub}
        return {}

    # -- second factor

    def associate_software_token(self, *, AccessToken: str) -> dict[str, Any]:
        """Needs a token that may change its person."""
        person = self._self(AccessToken)
        person.pending = base64.b32encode(hashlib.sha256(f"{person.sub}{self._next()}".encode()).digest()[:20]).decode()
        return {"SecretCode": person.pending}

    def verify_software_token(self, *, AccessToken: str, UserCode: str) -> dict[str, Any]:
        """Of the secret that was associated last."""
        person = self._self(AccessToken)
        if not self._fits(person.pending, UserCode):
            raise _refused("EnableSoftwareTokenMFAException")
        person.secret, person.pending = person.pending, ""
        return {"Status": "SUCCESS"}

    def set_user_mfa_preference(self, *, AccessToken: str, SoftwareTokenMfaSettings: dict[str, bool]) -> dict[str, Any]:
        """Needs a verified secret."""
        person = self._self(AccessToken)
        if not person.secret:
            raise _refused("InvalidParameterException")
        person.second_factor = SoftwareTokenMfaSettings["Enabled"]
        return {}

    def admin_set_user_mfa_preference(
        self, *, UserPoolId: str, Username: str, SoftwareTokenMfaSettings: dict[str, bool]
    ) -> dict[str, Any]:
        """By us."""
        self._known(Username).second_factor = SoftwareTokenMfaSettings["Enabled"]
        return {}

    # -- passwords and people

    def forgot_password(self, *, ClientId: str, Username: str) -> dict[str, Any]:
        """Nothing is said of who is not there."""
        person = self._find(Username)
        if person is not None:
            person.reset_code = RESET_CODE
            self.mailed.append(person.email)
        return {}

    def confirm_forgot_password(
        self, *, ClientId: str, Username: str, ConfirmationCode: str, Password: str
    ) -> dict[str, Any]:
        """A code is good once."""
        person = self._find(Username)
        if person is None or not person.reset_code or person.reset_code != ConfirmationCode:
            raise _refused("CodeMismatchException")
        _require_strong(Password)
        person.password, person.reset_code, person.status = Password, "", "CONFIRMED"
        return {}

    def admin_create_user(
        self, *, UserPoolId: str, Username: str, UserAttributes: list[dict[str, str]], MessageAction: str
    ) -> dict[str, Any]:
        """The address is what they sign in with."""
        if self._find(Username) is not None:
            raise _refused("UsernameExistsException")
        person = Somebody(f"sub-{hashlib.sha256(Username.encode()).hexdigest()[:24]}", Username.lower())
        self.people[person.sub] = person
        return {"User": {"Attributes": self._attributes(person)}}

    def admin_set_user_password(
        self, *, UserPoolId: str, Username: str, Password: str, Permanent: bool
    ) -> dict[str, Any]:
        """By us."""
        person = self._known(Username)
        _require_strong(Password)
        person.password, person.status = Password, "CONFIRMED" if Permanent else "FORCE_CHANGE_PASSWORD"
        return {}

    def admin_get_user(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        """By address or subject."""
        person = self._known(Username)
        return {
            "Username": person.sub,
            "UserAttributes": self._attributes(person),
            "Enabled": person.enabled,
            "UserStatus": person.status,
            "UserMFASettingList": [TOTP] if person.second_factor else [],
        }

    def admin_delete_user(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        """By us."""
        del self.people[self._known(Username).sub]
        return {}

    # -- inside

    def _tokens(self, person: Somebody, *, refresh: bool = True) -> dict[str, Any]:
        event = self.trigger({"request": {"userAttributes": {"sub": person.sub, "email": person.email}}})
        generation = event["response"]["claimsAndScopeOverrideDetails"]["accessTokenGeneration"]
        scopes = {SELF_SERVICE} - set(generation["scopesToSuppress"])
        access = f"access-{person.sub}-{self._next()}"
        self.claims[access] = {"sub": person.sub, "scopes": scopes, **generation["claimsToAddOrOverride"]}
        result = {"AccessToken": access, "ExpiresIn": 900}
        if refresh:
            result["RefreshToken"] = f"refresh-{person.sub}-{self._next()}"
            self.refresh_tokens[str(result["RefreshToken"])] = person.sub
        return result

    def _challenge(self, name: str, person: Somebody) -> dict[str, Any]:
        session = f"session-{self._next()}"
        self.sessions[session] = (name, person.sub)
        return {"ChallengeName": name, "Session": session, "ChallengeParameters": {"USER_ID_FOR_SRP": person.sub}}

    def _self(self, access_token: str) -> Somebody:
        claims = self.claims.get(access_token)
        if claims is None or SELF_SERVICE not in claims["scopes"]:
            raise _refused("NotAuthorizedException")
        return self.people[claims["sub"]]

    def _find(self, name: str) -> Somebody | None:
        wanted = name.lower()
        return next((p for p in self.people.values() if wanted in (p.sub.lower(), p.email)), None)

    def _known(self, name: str, otherwise: str = "UserNotFoundException") -> Somebody:
        person = self._find(name)
        if person is None:
            raise _refused(otherwise)
        return person

    def _fits(self, secret: str, code: str) -> bool:
        now = time.time()
        return bool(secret) and code in {totp(secret, now + drift) for drift in (-30, 0, 30)}

    def _attributes(self, person: Somebody) -> list[dict[str, str]]:
        said = {"sub": person.sub, "email": person.email, "email_verified": "true"}
        return [{"Name": name, "Value": value} for name, value in said.items()]

    def _next(self) -> int:
        self.count += 1
        return self.count


def _require_strong(password: str) -> None:
    kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    if len(password) < 12 or not all(any(kind(sign) for sign in password) for kind in kinds):
        raise _refused("InvalidPasswordException")


def _refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "Refused."}}, "Operation")
