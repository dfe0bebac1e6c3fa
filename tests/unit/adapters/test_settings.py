"""Settings are read once, and what is missing is named."""

import pytest
from offhook.settings import SettingMissing, parse

LEAST = {
    "OFFHOOK_STAGE": "dev",
    "OFFHOOK_TABLE_PREFIX": "offhook-dev-",
    "AWS_REGION": "eu-central-1",
    "OFFHOOK_PUBLIC_API_URL": "https://api.example.com/",
}


def test_the_least_that_a_function_needs_is_enough():
    settings = parse(LEAST)
    assert settings.public_api_url == "https://api.example.com"
    assert settings.carrier_url == "https://api.twilio.com"
    assert settings.endpoint_url == ""


@pytest.mark.parametrize("name", LEAST)
def test_what_is_missing_is_named(name):
    with pytest.raises(SettingMissing, match=name):
        parse({key: value for key, value in LEAST.items() if key != name})


def test_what_only_some_need_is_named_when_it_is_needed():
    with pytest.raises(SettingMissing, match="OFFHOOK_EVENT_STREAM"):
        parse(LEAST).need("event_stream")


def test_the_region_may_come_from_the_default():
    others = {key: value for key, value in LEAST.items() if key != "AWS_REGION"}
    assert parse(others | {"AWS_DEFAULT_REGION": "us-east-1"}).region == "us-east-1"


def test_the_pools_keys_are_at_the_endpoint_and_its_tokens_say_aws():
    pool = parse(LEAST | {"OFFHOOK_USER_POOL_ID": "eu-central-1_x"})
    local = parse(LEAST | {"OFFHOOK_USER_POOL_ID": "eu-central-1_x", "AWS_ENDPOINT_URL": "http://127.0.0.1:4566"})
    assert pool.jwks_url == "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x/.well-known/jwks.json"
    assert local.jwks_url == "http://127.0.0.1:4566/eu-central-1_x/.well-known/jwks.json"
    assert local.token_issuer == pool.token_issuer == "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x"
