"""Accounts, credentials, numbers, applications: who owns what, and who may act."""

import base64
import binascii
from typing import TYPE_CHECKING

from local.carrier import errors, ids
from local.carrier.model.account import Account, AccountStatus, ApiKey, Application, Bundle, PhoneNumber, UsageTrigger

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


class Accounts:
    """Everything that is owned; sids and secrets come from the engine's chance unless given."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.all: dict[str, Account] = {}
        self.keys: dict[str, ApiKey] = {}
        self.numbers: dict[str, PhoneNumber] = {}
        self.applications: dict[str, Application] = {}
        self.bundles: dict[str, Bundle] = {}
        self.triggers: dict[str, UsageTrigger] = {}

    def create(self, friendly_name: str, owner_sid: str = "", sid: str = "", auth_token: str = "") -> Account:
        """A parent account, or with owner_sid a subaccount with a token of its own."""
        rng = self._carrier.rng
        sid = sid or ids.sid(rng, "AC")
        token = auth_token or ids.secret(rng)
        account = Account(sid, token, friendly_name, owner_sid or sid, self._carrier.clock.now())
        self.all[sid] = account
        return account

    def create_key(self, account_sid: str, friendly_name: str = "", sid: str = "", secret: str = "") -> ApiKey:
        rng = self._carrier.rng
        key = ApiKey(
            sid or ids.sid(rng, "SK"), account_sid, secret or ids.secret(rng), friendly_name, self._carrier.clock.now()
        )
        self.keys[key.sid] = key
        return key

    def create_application(self, account_sid: str, friendly_name: str = "", sid: str = "") -> Application:
        sid = sid or ids.sid(self._carrier.rng, "AP")
        application = Application(sid, account_sid, friendly_name, self._carrier.clock.now())
        self.applications[sid] = application
        return application

    def buy_number(self, account_sid: str, phone_number: str, friendly_name: str = "") -> PhoneNumber:
        """Raises 21422 for a number that somebody owns already."""
        if self.number(phone_number) is not None:
            raise errors.RestError(21422, f"{phone_number} is not available")
        sid = ids.sid(self._carrier.rng, "PN")
        name = friendly_name or phone_number
        number = PhoneNumber(sid, account_sid, phone_number, name, self._carrier.clock.now())
        self.numbers[sid] = number
        return number

    def number(self, phone_number: str) -> PhoneNumber | None:
        for one in self.numbers.values():
            if one.phone_number == phone_number:
                return one
        return None

    def close(self, account: Account) -> None:
        """Irreversible: its numbers are released."""
        account.status = AccountStatus.CLOSED
        for number in [one for one in self.numbers.values() if one.account_sid == account.sid]:
            del self.numbers[number.sid]

    def token_of(self, account_sid: str) -> str:
        """The primary token: webhooks are signed with it, also while a second one is valid."""
        return self.all[account_sid].auth_token

    def actor(self, authorization: str) -> Account:
        """The account that a request's Basic credentials stand for; raises 20003."""
        user, password = _basic(authorization)
        account = self.all.get(user)
        if account is not None and account.accepts(password):
            return account
        key = self.keys.get(user)
        if key is not None and key.secret == password:
            return self.all[key.account_sid]
        raise errors.authenticate()

    def authorise(self, authorization: str, account_sid: str) -> Account:
        """The account of a path, if the credentials are its own or its parent's; raises 20003 otherwise."""
        actor = self.actor(authorization)
        account = self.all.get(account_sid)
        if account is None or (account_sid != actor.sid and account.owner_sid != actor.sid):
            raise errors.authenticate()
        return account


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise errors.authenticate() from error
    if scheme.lower() != "basic":
        raise errors.authenticate()
    return user, password
