"""Codes of an authenticator, against the values that the standard prints."""

import base64

import pytest
from offhook.adapters.memory import user_pool
from offhook_cli.totp import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("at_s", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(at_s: int, code: str) -> None:
    assert totp(SECRET, at_s) == code
    assert user_pool.totp(SECRET, at_s) == code


def test_a_secret_without_padding_is_taken() -> None:
    assert len(totp("MFRGGZDFMZTWQ2LK")) == len(totp("mfrgg")) == 6
