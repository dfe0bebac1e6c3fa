"""The carrier simulator of a run: its process, the tenant's subaccount and the number that leads to us."""

from dataclasses import replace
from functools import partial
from typing import Any

import requests
from offhook.domain import paths

from local.runner import credentials, detached
from local.runner.credentials import Account, Credentials
from local.runner.home import Home, Run, RunError

API = "/2010-04-01/Accounts"
START_LIMIT_S = 20.0


def start(at: Home, run: Run, known: Credentials) -> None:
    """Start it and wait until it answers."""
    command = ["local.carrier.server", "--port", str(run.carrier_port), "--state-dir", str(at.carrier)]
    command += ["--account-sid", known.parent.sid, "--auth-token", known.parent.token]
    detached.start(at, "carrier", command)
    detached.await_answer(at, "carrier", partial(answers, run), "The carrier simulator does not answer", START_LIMIT_S)


def answers(run: Run) -> bool:
    """Whether it is there."""
    try:
        return requests.get(f"{run.carrier_url}/_carrier/health", timeout=2).ok
    except requests.RequestException:
        return False


def ensure_account(at: Home, run: Run, known: Credentials) -> Credentials:
    """The tenant's subaccount with a key for browsers; made when the carrier does not know them."""
    account = known.account
    if account is None or _request(run, account, "GET", account.sid, check=False) is None:
        made = _request(run, known.parent, "POST", "", {"FriendlyName": "Demo"}) or {}
        account = Account(made["sid"], made["auth_token"])
    if not account.browser_key or not _knows_key(run, account):
        key = _request(run, account, "POST", f"{account.sid}/Keys", {"FriendlyName": "Browsers"}) or {}
        account = replace(account, browser_key=f"{key['sid']} {key['secret']}")
    return known if account == known.account else credentials.with_account(at, known, account)


def _knows_key(run: Run, account: Account) -> bool:
    sid = account.browser_key.partition(" ")[0]
    return _request(run, account, "GET", f"{account.sid}/Keys/{sid}", check=False) is not None


def lead_number(run: Run, known: Credentials) -> None:
    """Let calls to the demo number come to the public address of this run."""
    account = known.account
    assert account is not None
    url = f"{account.sid}/IncomingPhoneNumbers"
    found = (_request(run, account, "GET", url, {"PhoneNumber": known.number}) or {})["incoming_phone_numbers"]
    settings = {
        "VoiceUrl": run.public_url + paths.ANSWER,
        "VoiceFallbackUrl": run.public_url + paths.CALL_FALLBACK,
        "StatusCallback": run.public_url + paths.CALL_STATUS,
    }
    if found:
        _request(run, account, "POST", f"{url}/{found[0]['sid']}", settings)
    else:
        _request(run, account, "POST", url, {"PhoneNumber": known.number, **settings})


def _request(
    run: Run, account: Account, method: str, path: str, form: dict[str, str] | None = None, *, check: bool = True
) -> dict[str, Any] | None:
    """The answer, or None when it refuses and that is no error."""
    url = f"{run.carrier_url}{API}{'/' if path else ''}{path}.json"
    given = {"params" if method == "GET" else "data": form}
    answer = requests.request(method, url, auth=(account.sid, account.token), timeout=10, **given)  # type: ignore[arg-type]  # one of two keywords
    if answer.ok:
        found: dict[str, Any] = answer.json()
        return found
    if check:
        raise RunError(f"The carrier simulator refused {method} {path}: {answer.text}")
    return None
