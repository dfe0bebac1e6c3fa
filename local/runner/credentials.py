"""The demo's logins and carrier credentials: made at the first run, kept for the owner of the machine only."""

import json
import secrets
import string
from dataclasses import asdict, dataclass, replace

from offhook.domain.tenants.permissions import Role

from local.demo.plan import people
from local.runner.home import Home, write_json

NUMBER = "+14155550100"
AGENTS = 12
DOMAIN = "demo.example"
_SIGNS = "-_.+!"


@dataclass(frozen=True, slots=True)
class Login:
    """A person of the demo tenant who can sign in. totp_secret: of the second factor, made when they are enrolled."""

    email: str
    password: str
    role: str
    agent_id: str
    address: str = ""
    totp_secret: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A carrier account. browser_key: sid and secret of the API key that signs browsers' tokens, "" = none yet."""

    sid: str
    token: str
    browser_key: str = ""


@dataclass(frozen=True, slots=True)
class Credentials:
    """parent: the carrier account of the platform; account: the tenant's own, None until the carrier made it."""

    tenant_id: str
    number: str
    parent: Account
    account: Account | None
    logins: tuple[Login, ...]

    @property
    def owner(self) -> Login:
        return next(login for login in self.logins if login.role == Role.OWNER)


def load_or_make(at: Home) -> Credentials:
    """The stored ones, or new ones, stored."""
    if at.credentials_file.exists():
        return _read(json.loads(at.credentials_file.read_text()))
    made = _made()
    store(at, made)
    return made


def store(at: Home, credentials: Credentials) -> None:
    write_json(at.credentials_file, asdict(credentials))


def with_account(at: Home, credentials: Credentials, account: Account) -> Credentials:
    """The same with the tenant's carrier account, stored."""
    changed = replace(credentials, account=account)
    store(at, changed)
    return changed


def with_secret(at: Home, credentials: Credentials, email: str, totp_secret: str) -> Credentials:
    """The same with somebody's second factor, stored."""
    logins = (replace(one, totp_secret=totp_secret) if one.email == email else one for one in credentials.logins)
    changed = replace(credentials, logins=tuple(logins))
    store(at, changed)
    return changed


def _made() -> Credentials:
    letters = string.ascii_lowercase + string.digits
    tenant = "t_" + "".join(secrets.choice(letters) for _ in range(20))
    return Credentials(tenant, NUMBER, Account("AC" + secrets.token_hex(16), secrets.token_hex(16)), None, _logins())


def _logins() -> tuple[Login, ...]:
    leaders = [Login(f"{role}@{DOMAIN}", _password(), role, f"u_{role}") for role in (Role.OWNER, Role.SUPERVISOR)]
    agents = [Login(one.email, _password(), Role.AGENT, one.id, one.endpoint.address) for one in people(AGENTS, DOMAIN)]
    return (*leaders, *agents)


def _password() -> str:
    """Twenty signs with each kind that the pool asks for."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, _SIGNS)
    signs = [secrets.choice(kind) for kind in kinds for _ in range(5)]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def _read(stored: dict[str, object]) -> Credentials:
    import msgspec

    return msgspec.convert(stored, Credentials)
