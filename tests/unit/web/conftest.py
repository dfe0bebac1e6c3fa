"""A world of two tenants in place, and access tokens that are their user's name."""

from collections.abc import Iterator
from io import StringIO
from logging import StreamHandler

import pytest
from offhook import wiring
from offhook.settings import settings
from offhook.web.observability import log
from offhook.web.testing import claims_by_name
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import PUBLIC, two_tenants


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings of a deployment at PUBLIC."""
    values = {
        "STAGE": "test",
        "TABLE_PREFIX": "offhook-test-",
        "PUBLIC_API_URL": PUBLIC,
        "USER_POOL_ID": "us-east-1_pool",
        "USER_POOL_CLIENT_ID": "client",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"OFFHOOK_{name}", value)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def world() -> Iterator[MemoryWorld]:
    """Two tenants."""
    with wiring.use(two_tenants()) as world:
        assert isinstance(world, MemoryWorld)
        yield world


@pytest.fixture
def names_as_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Access tokens are the user's name; test_tokens.py verifies real ones."""
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What is logged."""
    handler = log().registered_handler
    assert isinstance(handler, StreamHandler)
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)
