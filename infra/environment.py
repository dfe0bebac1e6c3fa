"""The environment of every function; `offhook.settings` is the only reader of it."""

from infra.names import Names
from infra.settings import LOCAL, Settings


def environment(
    settings: Settings,
    names: Names,
    *,
    key_arn: str,
    audit_key_arn: str,
    user_pool_id: str,
    user_pool_client_id: str,
    live_endpoint: str,
) -> dict[str, str]:
    """Names and addresses of one deployment; no secret among them."""
    return {
        "OFFHOOK_STAGE": settings.stage,
        "OFFHOOK_TABLE_PREFIX": f"{names.prefix}-",
        "OFFHOOK_KEY_ARN": key_arn,
        "OFFHOOK_WORK_QUEUE_URL": names.queue_url("work"),
        "OFFHOOK_JOBS_QUEUE_URL": names.queue_url("jobs"),
        "OFFHOOK_PROVISIONING_QUEUE_URL": names.queue_url("provisioning"),
        "OFFHOOK_DELIVERIES_QUEUE_URL": names.queue_url("deliveries"),
        "OFFHOOK_LOCAL_RECEIVERS": "yes" if settings.stage == LOCAL else "",
        "OFFHOOK_EVENT_STREAM": names.of("events"),
        "OFFHOOK_LAKE_BUCKET": names.bucket("lake"),
        "OFFHOOK_RECORDINGS_BUCKET": names.bucket("recordings"),
        "OFFHOOK_EXPORTS_BUCKET": names.bucket("exports"),
        "OFFHOOK_RESULTS_BUCKET": names.bucket("results"),
        "OFFHOOK_AUDIT_BUCKET": names.bucket("audit"),
        "OFFHOOK_AUDIT_KEY_ARN": audit_key_arn,
        "OFFHOOK_LINKS_AT": f"{settings.app_url}/_media" if settings.stage == LOCAL else "",
        "OFFHOOK_ERASURE_SETTLES_S": "5" if settings.stage == LOCAL else "1200",
        "OFFHOOK_LAKE_DATABASE": names.database(),
        "OFFHOOK_ATHENA_WORKGROUP": names.of("reports"),
        "OFFHOOK_USER_POOL_ID": user_pool_id,
        "OFFHOOK_USER_POOL_CLIENT_ID": user_pool_client_id,
        "OFFHOOK_LIVE_ENDPOINT": live_endpoint,
        "OFFHOOK_PUBLIC_API_URL": settings.public_api_url,
        "OFFHOOK_CARRIER_URL": settings.carrier_url,
        "OFFHOOK_TENANT_ROLE_ARN": names.tenant_role_arn(),
        "OFFHOOK_MAIL_FROM": settings.mail_from,
        "OFFHOOK_APP_URL": settings.app_url,
        "OFFHOOK_CARRIER_PARAMETER": names.parameter("carrier"),
        "OFFHOOK_STRIPE_URL": settings.stripe_url,
        "OFFHOOK_BILLING_PARAMETER": names.parameter("billing"),
        "POWERTOOLS_METRICS_NAMESPACE": "Offhook",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
