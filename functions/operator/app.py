"""The operator function: the platform's own people and what they may touch, and the jobs that sweep whole tables."""

from offhook.web.app import OffhookApp
from offhook.web.operator import desk, money, tenants
from offhook.web.operator import jobs as work

app = OffhookApp("operator")
for group in (desk, tenants, money):
    group.routes(app)

jobs = app.on_sqs_message(queue="jobs", name="jobs")(work.jobs)
due = app.schedule("rate(1 hour)", name="due")(work.due)
keep = app.schedule("cron(25 0 * * ? *)", name="keep")(work.keep)
compact = app.schedule("cron(15 1 * * ? *)", name="compact")(work.compact)
