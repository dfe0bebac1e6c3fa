"""Whether the parts of a deployment are there and at work: tables, queues, schedules, user pool, mail, carrier."""

from typing import Any

from offhook_cli import aws
from offhook_cli.checks.finding import Wrong

TABLES = ("directory", "config", "live", "records", "ledger", "pulse")
QUEUES = ("work", "jobs", "deliveries", "provisioning")
DEAD = (*(f"{queue}-dead" for queue in QUEUES), "failures")
SCHEDULED = (
    "integrations-sweep", "operator-compact", "operator-due", "operator-keep", "routing-sweep", "tenants-billing_day",
    "tenants-metering_hour", "tenants-numbers_nightly", "tenants-sign_ups", "tenants-statuses",
)  # fmt: skip
"""Functions that are woken by the clock."""


def tables() -> str:
    """All are active."""
    client = aws.client("dynamodb")
    for table in TABLES:
        name = f"{aws.prefix()}-{table}"
        status = client.describe_table(TableName=name)["Table"]["TableStatus"]
        if status != "ACTIVE":
            raise Wrong(f"the table {name} is {status}; wait, or deploy the data stack.")
    return f"{len(TABLES)} tables"


def queues() -> str:
    """How much waits in each; only whoever knows the load can say how much is too much."""
    waiting = {name: _depth(name) for name in QUEUES}
    return ", ".join(f"{name} {number}" for name, number in waiting.items())


def dead_letters() -> str:
    """There are none."""
    dead = {name: number for name in DEAD if (number := _depth(name))}
    if dead:
        told = ", ".join(f"{number} in {name}" for name, number in dead.items())
        raise Wrong(f"{told}; see `offhook dead-letters list` and the runbook.")
    return "none"


def schedules() -> str:
    """Every function of the clock is the target of a rule that is switched on."""
    client = aws.client("events")
    awake = {arn.rpartition(":function:")[2] for arn in _targets(client)}
    asleep = [name for name in SCHEDULED if f"{aws.prefix()}-{name}" not in awake]
    if asleep:
        told = ", ".join(asleep)
        raise Wrong(f"no rule that is switched on wakes {told}; enable it in EventBridge, or deploy the backend stack.")
    return f"{len(SCHEDULED)} rules"


def user_pool() -> str:
    """It asks us what its people may do."""
    pool = aws.client("cognito-idp").describe_user_pool(UserPoolId=_parameter("user-pool-id"))["UserPool"]
    hooks = pool.get("LambdaConfig", {})
    if not (hooks.get("PreTokenGenerationConfig") or hooks.get("PreTokenGeneration")):
        raise Wrong("the pool asks nobody who its people are (no token trigger); deploy the data stack.")
    return "asks tenants-claims"


def mail() -> str:
    """Somebody may send."""
    found = aws.client("sesv2").list_email_identities().get("EmailIdentities", [])
    if not any(one.get("SendingEnabled", True) for one in found):
        raise Wrong("no sender of mails is verified; verify the domain of OFFHOOK_MAIL_FROM in SES.")
    return ", ".join(str(one["IdentityName"]) for one in found)


def carrier() -> str:
    """Only whether its account is there: what is in it is a secret."""
    if not _parameter("carrier").strip("{} "):
        raise Wrong("the carrier's account is not known; see docs/deploy.md for the parameter `carrier`.")
    return "its account is known"


def _targets(client: Any) -> list[str]:
    """What the enabled rules lead to."""
    rules = client.get_paginator("list_rules").paginate().build_full_result()["Rules"]
    names = [rule["Name"] for rule in rules if rule["State"] == "ENABLED" and rule.get("ScheduleExpression")]
    return [target["Arn"] for name in names for target in client.list_targets_by_rule(Rule=name)["Targets"]]


def _depth(name: str) -> int:
    client, asked = aws.client("sqs"), "ApproximateNumberOfMessages"
    url = client.get_queue_url(QueueName=f"{aws.prefix()}-{name}")["QueueUrl"]
    return int(client.get_queue_attributes(QueueUrl=url, AttributeNames=[asked])["Attributes"][asked])


def _parameter(name: str) -> str:
    found = aws.client("ssm").get_parameter(Name=f"/{aws.prefix()}/{name}", WithDecryption=True)
    return str(found["Parameter"]["Value"])
