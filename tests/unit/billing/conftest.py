"""The settings of a deployment, and access tokens that are their user's name."""

from collections.abc import Iterator

import pytest
from offhook.settings import settings
from offhook.web.testing import claims_by_name

from tests.unit.billing.kit import Shop

SETTINGS = {
    "OFFHOOK_STAGE": "test",
    "OFFHOOK_TABLE_PREFIX": "offhook-test-",
    "OFFHOOK_PUBLIC_API_URL": "https://api.offhook.test",
    "OFFHOOK_USER_POOL_ID": "us-east-1_pool",
    "OFFHOOK_USER_POOL_CLIENT_ID": "client",
    "AWS_REGION": "us-east-1",
}


@pytest.fixture(autouse=True)
def signed_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def shop() -> Shop:
    return Shop()
