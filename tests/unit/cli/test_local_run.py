"""`make run` on a machine that has a lot to do."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from local.runner import credentials, tenant
from local.runner.credentials import Login
from local.runner.home import Home, Run, RunError
from tests.unit.cli.conftest import Address

OWNER = Login("ada@demo.example", "secret", "owner", "u_owner")
BUSY = (504, {"code": "backend_timeout"})


def can_sign_in(address: Address, *answers: object, withheld: str = "") -> bool:
    address.answers["POST", "/v1/tenants/sessions"] = list(answers)
    address.answers["GET", "/v1/tenants/me"] = {"role": "owner", "withheld": withheld}
    return tenant.can_sign_in(Run(port=urlsplit(address.url).port or 0), OWNER)


def test_a_demo_that_is_there_is_not_made_anew_because_the_system_is_busy(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenant, "PAUSE_S", 0.0)
    assert can_sign_in(address, BUSY, (429, {}), {"access_token": "token"}) is True
    assert can_sign_in(address, (401, {"code": "unauthenticated"})) is False


def test_an_owner_without_the_second_factor_is_not_there_yet(address: Address) -> None:
    assert can_sign_in(address, {"access_token": "token"}, withheld="second_factor_needed") is False


def test_a_system_that_cannot_answer_stops_the_run_and_is_not_seeded_over(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenant, "PAUSE_S", 0.0)
    with pytest.raises(RunError, match="502"):
        can_sign_in(address, (502, {"message": "Worker init failed"}))


def test_the_owner_is_enrolled_although_the_system_is_busy(
    address: Address, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tenant, "PAUSE_S", 0.0)
    me = "/v1/tenants/me/second-factor"
    address.answers["POST", "/v1/tenants/sessions"] = {"access_token": "token"}
    address.answers["POST", me] = [BUSY, {"secret": "GEZDGNBVGY3TQOJQ"}]
    address.answers["PUT", me] = [BUSY, (204, None)]
    known = credentials.load_or_make(Home(tmp_path))
    tenant.enrol(Home(tmp_path), Run(port=urlsplit(address.url).port or 0), known)

    assert credentials.load_or_make(Home(tmp_path)).owner.totp_secret == "GEZDGNBVGY3TQOJQ"
