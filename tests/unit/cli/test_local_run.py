"""`make run` on a machine that has a lot to do."""

from urllib.parse import urlsplit

import pytest

from local.runner import tenant
from local.runner.credentials import Login
from local.runner.home import Run
from tests.unit.cli.conftest import Address

OWNER = Login("ada@demo.example", "secret", "owner", "u_owner")
BUSY = (504, {"code": "backend_timeout"})


def can_sign_in(address: Address, *answers: object) -> bool:
    address.answers["POST", "/v1/tenants/sessions"] = list(answers)
    address.answers["GET", "/v1/tenants/me"] = {"role": "owner"}
    return tenant.can_sign_in(Run(port=urlsplit(address.url).port or 0), OWNER)


def test_a_demo_that_is_there_is_not_made_anew_because_the_system_is_busy(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenant, "PAUSE_S", 0.0)
    assert can_sign_in(address, BUSY, (429, {}), {"access_token": "token"}) is True
    assert can_sign_in(address, (401, {"code": "unauthenticated"})) is False
