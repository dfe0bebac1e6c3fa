"""What is asked for before a first deployment is checked before it is kept."""

import json

import pytest

from infra import preflight
from infra.preflight import NotReady


@pytest.mark.parametrize("domain", ["contact.example.com", "a-b.example.co"])
def test_a_domain_is_accepted(domain: str) -> None:
    assert preflight.valid_domain(domain)


@pytest.mark.parametrize("domain", ["", "example", "https://example.com", "-a.example.com", "exa mple.com", "a..com"])
def test_what_is_no_domain_is_refused(domain: str) -> None:
    assert not preflight.valid_domain(domain)


def test_carrier_credentials_are_kept_as_one_document() -> None:
    document = json.loads(preflight.carrier_document("AC" + "0" * 32, "f" * 32))
    assert document == {"account_sid": "AC" + "0" * 32, "auth_token": "f" * 32}


@pytest.mark.parametrize(
    ("sid", "token"), [("AC123", "f" * 32), ("SK" + "0" * 32, "f" * 32), ("AC" + "0" * 32, "short")]
)
def test_what_cannot_be_credentials_is_refused(sid: str, token: str) -> None:
    with pytest.raises(ValueError):
        preflight.carrier_document(sid, token)


@pytest.mark.parametrize("stage", ["local", "Prod", "p", "prod-eu", "averyverylongname"])
def test_a_stage_that_cannot_be_deployed_to_aws_is_refused_before_anything_is_called(stage: str) -> None:
    with pytest.raises(NotReady):
        preflight.check(stage, ask=False)
