"""The demo tenant of a run: there as soon as its owner can sign in, seeded when not."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, replace
from typing import Any

import requests
from offhook_cli.totp import totp

from local.runner import credentials, deployment, detached, people
from local.runner.credentials import Credentials, Login
from local.runner.home import ROOT, Home, Run, RunError

ATTEMPTS, PAUSE_S = 5, 3.0


def ensure(at: Home, run: Run, known: Credentials, *, anew: bool) -> bool:
    """Seed unless everything is there; anew: whatever is there. Returns whether it did."""
    if not anew and can_sign_in(run, known.owner):
        return False
    environment = deployment.function_environment(run)
    members = people.ensure(run, known, environment["OFFHOOK_USER_POOL_ID"])
    _seed(at, environment, {subject: asdict(login) for subject, login in members.items()})
    enrol(at, run, known)
    return True


def can_sign_in(run: Run, login: Login) -> bool:
    """Whether the public API takes this person for a member of a tenant who may do what the role says."""
    headers = signed_in(run, login)
    me = _asked("GET", f"{run.public_url}/v1/tenants/me", headers=headers) if headers else None
    return me is not None and me.ok and not me.json()["withheld"]


def signed_in(run: Run, login: Login) -> dict[str, str]:
    """The headers of a request by this person; empty when the sign-in is refused. Raises RunError, too."""
    body = {"email": login.email, "password": login.password}
    answer = _asked("POST", f"{run.public_url}/v1/tenants/sessions", json=body)
    if answer.ok and "challenge" in answer.json():
        if not login.totp_secret:
            return {}
        shown = {**answer.json(), "answer": totp(login.totp_secret)}
        answer = _asked("POST", f"{run.public_url}/v1/tenants/sessions/challenges", json=shown)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"} if answer.ok else {}


def _asked(method: str, url: str, **given: Any) -> requests.Response:
    """The answer of a system that can give one; raises RunError: who is too busy to say yes has not said no."""
    for _ in range(ATTEMPTS):
        answer = requests.request(method, url, timeout=60, **given)
        if answer.status_code < 500 and answer.status_code != 429:
            return answer
        time.sleep(PAUSE_S)
    raise RunError(f"{url} answers {answer.status_code}: {answer.text}")


def enrol(at: Home, run: Run, known: Credentials) -> None:
    """The owner's second factor, set up as any owner does it; the secret is kept with the password."""
    me, owner = f"{run.public_url}/v1/tenants/me/second-factor", replace(known.owner, totp_secret="")
    headers, body = signed_in(run, owner), {"password": owner.password}
    begun = _asked("POST", me, json=body, headers=headers)
    if not begun.ok:
        raise RunError(f"The demo's owner cannot be enrolled: {begun.text}")
    secret = str(begun.json()["secret"])
    done = _asked("PUT", me, json={**body, "code": totp(secret)}, headers=headers)
    if not done.ok:
        raise RunError(f"The demo's owner cannot be enrolled: {done.text}")
    credentials.with_secret(at, known, owner.email, secret)


def _seed(at: Home, environment: dict[str, str], members: dict[str, dict[str, str]]) -> None:
    log = at.log("seed")
    log.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "local.runner.seed"],
        cwd=ROOT,
        env={
            **os.environ,
            **environment,
            "OFFHOOK_STATE": str(at.folder),
            "PYTHONPATH": os.pathsep.join(map(str, detached.PATHS)),
        },
        input=json.dumps(members).encode(),
        capture_output=True,
        check=False,
    )
    log.write_bytes(done.stdout + done.stderr)
    if done.returncode != 0:
        raise RunError(f"The demo tenant could not be seeded; see {log}.")
