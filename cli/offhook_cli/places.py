"""Where the system is and who asks: from the environment, else from what a local run left behind."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offhook_cli.totp import totp

CHECKOUT = Path(__file__).resolve().parents[2]
DEFAULT_PORT = 8080


class NotSetUp(Exception):
    """An address or a login is missing; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who signs in. address: where an agent is rung, "" for others; totp_secret: of the authenticator, "" = none."""

    email: str
    password: str
    role: str = ""
    agent_id: str = ""
    address: str = ""
    totp_secret: str = ""

    def answer_to(self, challenge: str) -> str:
        """The code that is asked for; raises NotSetUp when there is no way to know it."""
        if challenge != "software_token_mfa" or not self.totp_secret:
            raise NotSetUp(f"Signing in asks for {challenge}: set OFFHOOK_TOTP_SECRET to the authenticator's secret.")
        return totp(self.totp_secret)


def base_url() -> str:
    """OFFHOOK_URL, or this machine at PORT, or where the last local run was."""
    given = os.environ.get("OFFHOOK_URL")
    if given:
        return given.rstrip("/")
    return f"http://127.0.0.1:{os.environ.get('PORT') or _local('run.json').get('port', DEFAULT_PORT)}"


def login() -> Login:
    """OFFHOOK_EMAIL and OFFHOOK_PASSWORD (and OFFHOOK_TOTP_SECRET), or the demo's owner; raises NotSetUp."""
    email, password = os.environ.get("OFFHOOK_EMAIL"), os.environ.get("OFFHOOK_PASSWORD")
    if email and password:
        return Login(email, password, totp_secret=os.environ.get("OFFHOOK_TOTP_SECRET", ""))
    for one in demo_logins():
        if one.role == "owner":
            return one
    raise NotSetUp("Nobody to sign in as: run `make run`, or set OFFHOOK_EMAIL and OFFHOOK_PASSWORD.")


def demo_logins() -> list[Login]:
    """Everybody of the demo tenant; empty before the first local run."""
    return [Login(**one) for one in _local("credentials.json").get("logins", [])]


def demo_number() -> str:
    """The demo tenant's number; raises NotSetUp."""
    number = str(_local("credentials.json").get("number", ""))
    if not number:
        raise NotSetUp("There is no demo number yet: run `make run`, or name a number.")
    return number


def carrier_account() -> tuple[str, str] | None:
    """Sid and token that sign a tenant's webhooks: OFFHOOK_CARRIER_SID and _TOKEN, or the demo's; None: unknown."""
    sid, token = os.environ.get("OFFHOOK_CARRIER_SID"), os.environ.get("OFFHOOK_CARRIER_TOKEN")
    if sid and token:
        return sid, token
    known = None if os.environ.get("OFFHOOK_URL") else _local("credentials.json").get("account")
    return (known["sid"], known["token"]) if known else None


def aws_endpoint() -> str | None:
    """Where the embedded AWS of the local run listens; None: the real AWS."""
    port = _local("run.json").get("aws_port")
    return f"http://127.0.0.1:{port}" if port and not os.environ.get("OFFHOOK_URL") else None


def _local(name: str) -> dict[str, Any]:
    path = Path(os.environ.get("OFFHOOK_STATE") or CHECKOUT / ".local") / name
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found
