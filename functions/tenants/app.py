"""The tenants function: its groups of routes and its handlers."""

from offhook.web.app import OffhookApp
from offhook.web.tenants import sessions

app = OffhookApp("tenants")
for group in (sessions,):
    group.routes(app)
