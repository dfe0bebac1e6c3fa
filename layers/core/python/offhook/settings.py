"""The only reader of the environment: read once, complained about by name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

REAL_CARRIER = "https://api.twilio.com"


class SettingMissing(LookupError):
    """A variable that this function needs is not set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where one deployment's things are; every field names its variable. "" where a function does not need it."""

    stage: str = field(metadata={"variable": "OFFHOOK_STAGE"})
    table_prefix: str = field(metadata={"variable": "OFFHOOK_TABLE_PREFIX"})
    region: str = field(metadata={"variable": "AWS_REGION", "or": "AWS_DEFAULT_REGION"})
    public_api_url: str = field(metadata={"variable": "OFFHOOK_PUBLIC_API_URL"})
    carrier_url: str = field(default=REAL_CARRIER, metadata={"variable": "OFFHOOK_CARRIER_URL"})
    endpoint_url: str = field(default="", metadata={"variable": "AWS_ENDPOINT_URL"})
    key_arn: str = field(default="", metadata={"variable": "OFFHOOK_KEY_ARN"})
    work_queue_url: str = field(default="", metadata={"variable": "OFFHOOK_WORK_QUEUE_URL"})
    jobs_queue_url: str = field(default="", metadata={"variable": "OFFHOOK_JOBS_QUEUE_URL"})
    provisioning_queue_url: str = field(default="", metadata={"variable": "OFFHOOK_PROVISIONING_QUEUE_URL"})
    deliveries_queue_url: str = field(default="", metadata={"variable": "OFFHOOK_DELIVERIES_QUEUE_URL"})
    local_receivers: str = field(default="", metadata={"variable": "OFFHOOK_LOCAL_RECEIVERS"})
    event_stream: str = field(default="", metadata={"variable": "OFFHOOK_EVENT_STREAM"})
    lake_bucket: str = field(default="", metadata={"variable": "OFFHOOK_LAKE_BUCKET"})
    lake_database: str = field(default="", metadata={"variable": "OFFHOOK_LAKE_DATABASE"})
    athena_workgroup: str = field(default="", metadata={"variable": "OFFHOOK_ATHENA_WORKGROUP"})
    recordings_bucket: str = field(default="", metadata={"variable": "OFFHOOK_RECORDINGS_BUCKET"})
    results_bucket: str = field(default="", metadata={"variable": "OFFHOOK_RESULTS_BUCKET"})
    exports_bucket: str = field(default="", metadata={"variable": "OFFHOOK_EXPORTS_BUCKET"})
    audit_bucket: str = field(default="", metadata={"variable": "OFFHOOK_AUDIT_BUCKET"})
    audit_key_arn: str = field(default="", metadata={"variable": "OFFHOOK_AUDIT_KEY_ARN"})
    links_at: str = field(default="", metadata={"variable": "OFFHOOK_LINKS_AT"})
    erasure_settles_s: int = field(default=1200, metadata={"variable": "OFFHOOK_ERASURE_SETTLES_S"})
    user_pool_id: str = field(default="", metadata={"variable": "OFFHOOK_USER_POOL_ID"})
    user_pool_client_id: str = field(default="", metadata={"variable": "OFFHOOK_USER_POOL_CLIENT_ID"})
    live_endpoint: str = field(default="", metadata={"variable": "OFFHOOK_LIVE_ENDPOINT"})
    tenant_role_arn: str = field(default="", metadata={"variable": "OFFHOOK_TENANT_ROLE_ARN"})
    mail_from: str = field(default="", metadata={"variable": "OFFHOOK_MAIL_FROM"})
    app_url: str = field(default="", metadata={"variable": "OFFHOOK_APP_URL"})
    memory_mb: int = field(default=0, metadata={"variable": "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"})
    stripe_url: str = field(default="https://api.stripe.com", metadata={"variable": "OFFHOOK_STRIPE_URL"})
    billing_parameter: str = field(default="", metadata={"variable": "OFFHOOK_BILLING_PARAMETER"})
    carrier_parameter: str = field(default="", metadata={"variable": "OFFHOOK_CARRIER_PARAMETER"})

    def need(self, name: str) -> str:
        """A field that is not "" here; raises SettingMissing."""
        value = str(getattr(self, name))
        if not value:
            raise SettingMissing(f"{_variable(name)} is not set.")
        return value

    @property
    def token_issuer(self) -> str:
        """Who signs access tokens (the `iss` of AWS, also of the embedded pool)."""
        return f"https://cognito-idp.{self.region}.amazonaws.com/{self.need('user_pool_id')}"

    @property
    def jwks_url(self) -> str:
        """Where the pool's public keys are."""
        base = (
            f"{self.endpoint_url.rstrip('/')}/{self.need('user_pool_id')}" if self.endpoint_url else self.token_issuer
        )
        return f"{base}/.well-known/jwks.json"


@cache
def settings() -> Settings:
    """The settings of this process; `settings.cache_clear()` reads again (tests)."""
    return parse(os.environ)


def parse(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment; raises SettingMissing with the variable's name."""
    values: dict[str, Any] = {}
    for one in fields(Settings):
        given = environment.get(one.metadata["variable"]) or environment.get(one.metadata.get("or", ""))
        if given:
            values[one.name] = _value(one.name, given)
        elif one.name in ("stage", "table_prefix", "region", "public_api_url"):
            raise SettingMissing(f"{one.metadata['variable']} is not set.")
    return Settings(**values)


def _value(name: str, given: str) -> str | int:
    if name.endswith(("_mb", "_s")):
        return int(given)
    return given.rstrip("/") if name.endswith("_url") else given


def _variable(name: str) -> str:
    return next(str(one.metadata["variable"]) for one in fields(Settings) if one.name == name)
