"""The operator function: the platform's own people and what they may touch."""

from offhook.web.app import OffhookApp
from offhook.web.operator import tenants

app = OffhookApp("operator")
for group in (tenants,):
    group.routes(app)
