"""The port OwnerAccounts on the user pool: the first person of a tenant, with the password they chose."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from offhook.adapters.guard import platform_scope
from offhook.domain.errors import InvalidInput, StoreUnavailable

NEVER_SIGNED_IN = "FORCE_CHANGE_PASSWORD"


@dataclass(frozen=True, slots=True)
class PoolOwners:
    """client: makes the pool's client with the first use."""

    client: Callable[[], Any]
    pool_id: str

    def ensure(self, email: str, name: str, password: str) -> str:
        """Create without a mail of the pool's own, then set the password; the verified link was proof of the address.

        Addresses are kept in small letters, as the pool compares them. A person without a password is what an attempt
        left that died in between.
        """
        try:
            with platform_scope():
                return self._ensure(email.lower(), name, password)
        except ClientError as refused:
            raise _meaning(refused) from refused
        except BotoCoreError as unreachable:
            raise StoreUnavailable("The user pool did not answer.") from unreachable

    def _ensure(self, email: str, name: str, password: str) -> str:
        client = self.client()
        with suppress(client.exceptions.UsernameExistsException):
            client.admin_create_user(
                UserPoolId=self.pool_id,
                Username=email,
                UserAttributes=_attributes(email, name),
                MessageAction="SUPPRESS",
            )
        found = client.admin_get_user(UserPoolId=self.pool_id, Username=email)
        if found.get("UserStatus") == NEVER_SIGNED_IN:
            client.admin_set_user_password(UserPoolId=self.pool_id, Username=email, Password=password, Permanent=True)
        return next(str(one["Value"]) for one in found["UserAttributes"] if one["Name"] == "sub")


def _attributes(email: str, name: str) -> list[dict[str, str]]:
    values = {"email": email, "email_verified": "true", "name": name}
    return [{"Name": key, "Value": value} for key, value in values.items()]


def _meaning(refused: ClientError) -> Exception:
    if refused.response["Error"]["Code"] in ("InvalidPasswordException", "InvalidParameterException"):
        return InvalidInput("password_weak", field="$.password")
    return StoreUnavailable("The user pool did not answer.")
