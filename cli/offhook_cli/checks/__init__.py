"""What `offhook doctor` looks at, in the order in which trouble follows from trouble."""

from offhook_cli.checks import deployment, reach, round_trips
from offhook_cli.checks.finding import Check

CHECKS: dict[str, Check] = {
    "versions": reach.versions,
    "address": reach.address,
    "clock": reach.clock,
    "signing in": reach.sign_in,
    "tables": deployment.tables,
    "queues": deployment.queues,
    "dead letters": deployment.dead_letters,
    "schedules": deployment.schedules,
    "user pool": deployment.user_pool,
    "mail": deployment.mail,
    "carrier": deployment.carrier,
    "webhooks in": round_trips.webhooks_in,
    "webhooks out": round_trips.webhooks_out,
}
