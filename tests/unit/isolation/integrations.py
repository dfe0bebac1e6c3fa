"""What a tenant of the isolation tests has to do with other systems: an endpoint, deliveries, a key, a connector."""

from dataclasses import replace
from typing import Any

from offhook import wiring
from offhook.domain.integrations.api_keys import ApiKey
from offhook.domain.integrations.connector import Connector
from offhook.domain.integrations.endpoint import Endpoint as Webhook
from offhook.domain.integrations.endpoint import SecretRef
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.fan_out import fan_out


def be_told(deps: Deps, mark: Any) -> None:
    """An endpoint with some deliveries behind it."""
    secret = SecretRef(f"webhook_{deps.tenant.id}")
    wiring.secrets(deps.tenant).put(secret.name, mark("webhook.secret"))
    hook = Webhook(
        deps.ids.new("we"), 1, f"https://{mark('webhook.url')}.example.com/", secrets=(secret,), ordered=True
    )
    deps.config.put(
        replace(hook, description=mark("webhook.description"), notify=f"{mark('webhook.notify')}@a.example")
    )
    key = ApiKey(deps.ids.new("k")[2:14], 1, mark("key.name"), (), "digest", mark("key.maker"), 0)
    deps.config.put(key)
    url = f"https://crm.example.com/{mark('connector.url')}"
    deps.config.put(Connector(deps.ids.new("cn"), 1, mark("connector.name"), url, fields={"a": "$.a"}))
    for n in range(2):
        event = {"event_id": f"contact:{mark(f'event.{n}')}:1:0", "type": "contact_ended", "at": n + 1}
        fan_out(deps, wiring.deliveries(), [event])
