"""The tenants function: its groups of routes and its handlers."""

from typing import Any

from offhook.web import claims as trigger
from offhook.web.app import OffhookApp
from offhook.web.tenants import plans, sessions

app = OffhookApp("tenants")
for group in (plans, sessions):
    group.routes(app)


@app.lambda_function(name="claims")
def claims(event: dict[str, Any], context: object) -> dict[str, Any]:
    """What the user pool asks before it signs a token."""
    return trigger.answer(event, context)
