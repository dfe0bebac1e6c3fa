"""People at the user pool: signing in and its challenges, second factor, passwords, sessions, and who there is."""

from dataclasses import dataclass, replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from offhook.adapters.guard import platform_scope
from offhook.domain.errors import Conflict, InvalidInput, NotFound, StoreUnavailable, Unauthenticated

TOTP = "SOFTWARE_TOKEN_MFA"
NEW_PASSWORD = "NEW_PASSWORD_REQUIRED"
REFUSALS = frozenset(
    {
        "CodeMismatchException",
        "ExpiredCodeException",
        "InvalidParameterException",
        "NotAuthorizedException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "UserNotFoundException",
    }
)
WRONG_CODES = frozenset({"CodeMismatchException", "ExpiredCodeException", "EnableSoftwareTokenMFAException"})
WEAK = frozenset({"InvalidPasswordException", "PasswordHistoryPolicyViolationException"})
WRONG = "E-mail address or password is wrong."


class WrongCode(InvalidInput):
    """The code is wrong or too old."""

    code = "wrong_code"


class WrongPassword(InvalidInput):
    """The present password is another."""

    code = "wrong_password"


class WeakPassword(InvalidInput):
    """The password is not good enough."""

    code = "weak_password"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a person who signed in is given; refreshed, the refresh token that is good from then on."""

    access_token: str
    expires_in: int
    refresh_token: str | None = None
    token_type: str = "Bearer"


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is still to be shown before the tokens. session: to be sent back with the answer; user: whose it is."""

    challenge: str
    session: str
    user: str


@dataclass(frozen=True, slots=True)
class User:
    """Somebody at the pool. id: the subject of their tokens; name: what the pool calls them."""

    id: str
    name: str
    email: str
    enabled: bool
    has_password: bool
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Cognito:
    """One user pool and its app client. Every refusal looks the same, so nobody learns who has an account."""

    client: Any  # boto3's: a method for each operation, which boto3 does not type
    client_id: str
    pool_id: str = ""

    # -- signing in and out

    def sign_in(self, email: str, password: str) -> Tokens | Challenge:
        """Tokens for an e-mail address and its password, or what else is asked for; raises Unauthenticated."""
        return self._start("USER_PASSWORD_AUTH", {"USERNAME": email, "PASSWORD": password})

    def refresh(self, refresh_token: str) -> Tokens:
        """A new access token; raises Unauthenticated."""
        tokens = self._start("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh_token})
        if isinstance(tokens, Challenge):
            raise Unauthenticated("Signing in is needed.")
        return replace(tokens, refresh_token=tokens.refresh_token or refresh_token)

    def answer(self, given: Challenge, answer: str) -> Tokens | Challenge:
        """Tokens, or the next challenge, for the answer (a code, a new password); raises Unauthenticated."""
        name = given.challenge.upper()
        field = {TOTP: "SOFTWARE_TOKEN_MFA_CODE", NEW_PASSWORD: "NEW_PASSWORD"}.get(name)
        if field is None:
            raise InvalidInput("challenge_unknown", field="$.challenge")
        asked = {"ChallengeName": name, "Session": given.session, "ClientId": self.client_id}
        responses = {"USERNAME": given.user, field: answer}
        return _signed_in(self._ask("respond_to_auth_challenge", **asked, ChallengeResponses=responses))

    def sign_out(self, refresh_token: str) -> None:
        """End the session of a refresh token; one that is none, or none of ours, is no error."""
        try:
            self._ask("revoke_token", Token=refresh_token, ClientId=self.client_id)
        except (Unauthenticated, InvalidInput):
            return

    def sign_out_everywhere(self, user_id: str) -> None:
        """No refresh token of the person is good any more."""
        self._ask("admin_user_global_sign_out", UserPoolId=self.pool_id, Username=user_id)

    # -- second factor

    def new_secret(self, access_token: str) -> str:
        """A TOTP secret (base 32) that counts once a code of it was shown."""
        return str(self._ask("associate_software_token", AccessToken=access_token)["SecretCode"])

    def confirm_secret(self, access_token: str, code: str) -> None:
        """From now on signing in asks for a code; raises WrongCode."""
        self._ask("verify_software_token", AccessToken=access_token, UserCode=code)
        wanted = {"Enabled": True, "PreferredMfa": True}
        self._ask("set_user_mfa_preference", AccessToken=access_token, SoftwareTokenMfaSettings=wanted)

    def drop_second_factor(self, user_id: str) -> None:
        """Signing in asks for no code until another secret is set up."""
        self._ask(
            "admin_set_user_mfa_preference",
            UserPoolId=self.pool_id,
            Username=user_id,
            SoftwareTokenMfaSettings={"Enabled": False, "PreferredMfa": False},
        )

    # -- passwords

    def forgot(self, email: str) -> None:
        """The pool mails a code; nobody learns whether there is such a person."""
        try:
            self._ask("forgot_password", ClientId=self.client_id, Username=email)
        except (Unauthenticated, InvalidInput):
            return

    def reset(self, email: str, code: str, password: str) -> None:
        """A new password for the mailed code; raises WrongCode or WeakPassword."""
        try:
            self._ask(
                "confirm_forgot_password",
                ClientId=self.client_id,
                Username=email,
                ConfirmationCode=code,
                Password=password,
            )
        except Unauthenticated as refused:
            raise WrongCode(field="$.code") from refused

    # -- people

    def find(self, email_or_id: str) -> User | None:
        """Somebody by e-mail address or subject."""
        try:
            found = self._ask("admin_get_user", UserPoolId=self.pool_id, Username=email_or_id)
        except (Unauthenticated, NotFound):
            return None
        said = {one["Name"]: one["Value"] for one in found["UserAttributes"]}
        ready = found["UserStatus"] != "FORCE_CHANGE_PASSWORD"
        factors = found.get("UserMFASettingList", ())
        return User(said["sub"], found["Username"], said.get("email", ""), found["Enabled"], ready, TOTP in factors)

    def register(self, email: str) -> str:
        """The subject of a new person with a proven address and no password yet; of who is there, theirs."""
        attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
        known = self.find(email)
        if known is None:
            self._ask(
                "admin_create_user",
                UserPoolId=self.pool_id,
                Username=email,
                UserAttributes=attributes,
                MessageAction="SUPPRESS",
            )
            known = self.find(email)
        if known is None:
            raise StoreUnavailable("The user pool did not answer.")
        return known.id

    def set_password(self, user_id: str, password: str) -> None:
        """The person's password; raises WeakPassword."""
        self._ask(
            "admin_set_user_password", UserPoolId=self.pool_id, Username=user_id, Password=password, Permanent=True
        )

    def forget_user(self, user_id: str) -> None:
        """The person is gone for good; again is no error."""
        try:
            self._ask("admin_delete_user", UserPoolId=self.pool_id, Username=user_id)
        except (Unauthenticated, NotFound):
            return

    # -- for the use cases

    def admit(self, email: str, password: str) -> tuple[str, bool]:
        """Subject and second factor of who has the password, or of the new person who gets it.

        Raises WrongPassword when the person is known and the password is another, WeakPassword.
        """
        known = self.find(email)
        if known is not None and known.has_password:
            self.require_password(email, password)
            return known.id, known.second_factor
        user_id = self.register(email)
        self.set_password(user_id, password)
        return user_id, False

    def require_password(self, email: str, password: str) -> None:
        """Raise WrongPassword unless the password is right; what it opened is closed again."""
        signed_in = self._proven(email, password)
        if isinstance(signed_in, Tokens) and signed_in.refresh_token:
            self.sign_out(signed_in.refresh_token)

    def email_of(self, user_id: str) -> str:
        """The person's address; raises NotFound for who is not there."""
        found = self.find(user_id)
        if found is None:
            raise NotFound("This person is not at the user pool.")
        return found.email

    def own_token(self, email: str, password: str) -> str:
        """An access token for the person themselves; raises WrongPassword, or Conflict when a code is asked for."""
        signed_in = self._proven(email, password)
        if isinstance(signed_in, Challenge):
            raise Conflict("second_factor_there")
        return signed_in.access_token

    def _proven(self, email: str, password: str) -> Tokens | Challenge:
        try:
            return self.sign_in(email, password)
        except Unauthenticated as refused:
            raise WrongPassword(field="$.password") from refused

    def _start(self, flow: str, parameters: dict[str, str]) -> Tokens | Challenge:
        return _signed_in(self._ask("initiate_auth", ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters))

    def _ask(self, operation: str, **asked: Any) -> dict[str, Any]:
        """The pool belongs to no tenant."""
        try:
            with platform_scope():
                answer: dict[str, Any] = getattr(self.client, operation)(**asked)
                return answer
        except ClientError as refused:
            raise _meaning(operation, refused) from refused
        except BotoCoreError as unreachable:
            raise StoreUnavailable("The user pool did not answer.") from unreachable


def _signed_in(answer: dict[str, Any]) -> Tokens | Challenge:
    result = answer.get("AuthenticationResult")
    if result:
        return Tokens(result["AccessToken"], result["ExpiresIn"], result.get("RefreshToken"))
    name = answer.get("ChallengeName", "")
    if name not in (TOTP, NEW_PASSWORD):
        raise Unauthenticated("Signing in needs a step that is not offered here.")
    return Challenge(str(name).lower(), answer["Session"], answer["ChallengeParameters"]["USER_ID_FOR_SRP"])


def _meaning(operation: str, refused: ClientError) -> Exception:
    code = refused.response["Error"]["Code"]
    if code in WEAK:
        return WeakPassword("password_refused", field="$.password", said=_sentence(refused))
    if code in WRONG_CODES and operation in ("verify_software_token", "confirm_forgot_password"):
        return WrongCode(field="$.code")
    if code == "UsernameExistsException":
        return Conflict("person_known")
    if code in REFUSALS:
        return Unauthenticated("The code is wrong or too old." if operation.startswith("respond") else WRONG)
    return StoreUnavailable("The user pool did not answer.")


def _sentence(refused: ClientError) -> str:
    """What the password lacks, in the pool's words; they hold nothing of the password."""
    return str(refused.response["Error"].get("Message") or "The password is not good enough.")
