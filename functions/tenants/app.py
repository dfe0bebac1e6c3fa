"""The tenants function: its groups of routes and its handlers."""

from typing import Any

from offhook.web import claims as trigger
from offhook.web.app import OffhookApp
from offhook.web.tenants import (
    audit,
    billing,
    erasure,
    exports,
    invitations,
    life,
    onboarding,
    operator_access,
    people,
    plans,
    retention,
    sessions,
    sign_up,
    upkeep,
)

app = OffhookApp("tenants")
for group in (
    audit,
    billing,
    erasure,
    exports,
    invitations,
    life,
    onboarding,
    operator_access,
    people,
    plans,
    retention,
    sessions,
    sign_up,
):
    group.routes(app)


@app.lambda_function(name="claims")
def claims(event: dict[str, Any], context: object) -> dict[str, Any]:
    """What the user pool asks before it signs a token."""
    return trigger.answer(event, context)


provision = app.on_sqs_message(queue="provisioning", name="provision")(upkeep.provision)
sign_ups = app.schedule("rate(5 minutes)", name="sign_ups")(sign_up.sign_ups)
statuses = app.schedule("rate(1 hour)", name="statuses")(upkeep.statuses)
metering_hour = app.schedule("cron(5 * * * ? *)", name="metering_hour")(upkeep.metering_hour)
billing_day = app.schedule("cron(20 2 * * ? *)", name="billing_day")(upkeep.billing_day)
numbers_nightly = app.schedule("cron(40 2 * * ? *)", name="numbers_nightly")(upkeep.numbers_nightly)
