"""Clients of AWS are made once each, in whatever order a function needs them."""

import pytest
from offhook.wiring.clients import UNHURRIED, Clients

ROLE = "arn:aws:iam::000000000000:role/tenant"
ORDER = tuple(sorted(UNHURRIED))


@pytest.mark.parametrize("order", [ORDER, ORDER[::-1]], ids="-".join)
@pytest.mark.parametrize("role", ["", ROLE], ids=["own keys", "tenant role"])
def test_clients_are_made_in_any_order(order: tuple[str, ...], role: str) -> None:
    clients = Clients("us-east-1", "http://127.0.0.1:9", tenant_role=role)
    made = [clients.get(service) for service in order]
    assert [clients.get(service) for service in order] == made
    assert clients.own("s3") is not clients.get("s3")
