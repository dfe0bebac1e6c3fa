"""A second tenant beside the demo's: its own number, carrier account, people and state folder on the same system."""

from dataclasses import replace
from pathlib import Path

from local.runner import carrier, credentials, tenant
from local.runner.credentials import Credentials
from local.runner.home import Home, read_run

NUMBER = "+14155550300"


def move_in(state: Path) -> Credentials:
    """There when this returns; again changes nothing."""
    run, at = read_run(Home(state)), Home(state / "neighbour")
    assert run is not None
    known = credentials.load_or_make(at)
    logins = tuple(replace(one, email=one.email.replace("demo", "neighbour")) for one in known.logins)
    known = replace(known, number=NUMBER, parent=credentials.load_or_make(Home(state)).parent, logins=logins)
    credentials.store(at, known)
    before = known.account
    known = carrier.ensure_account(at, run, known)
    carrier.lead_number(run, known)
    tenant.ensure(at, run, known, anew=known.account != before)
    return credentials.load_or_make(at)
