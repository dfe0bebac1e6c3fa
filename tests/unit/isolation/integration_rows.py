"""The rows of what has to do with other systems: webhooks, their deliveries, API keys and connectors."""

from tests.unit.isolation.slots import Route, Row, Slot

_WEBHOOK = {"endpoint_id": "endpoint"}
_DELIVERY = {**_WEBHOOK, "delivery_id": "delivery"}
_KEY = {"key_id": "api_key"}
_CONNECTOR = {"connector_id": "connector"}
ASKED = {"name": "CRM", "url": "https://crm.example.com/{x}", "fields": {"tier": "$.tier"}, "secret_header": "x-key"}
KEY = {"name": "Ours", "scopes": ["reports.read"]}
HOOK = {
    "url": "https://hooks.example.com/", "events": ["contact.ended"], "description": Slot("endpoint"), "ordered": True,
}  # fmt: skip
INTEGRATIONS: dict[Route, Row] = {
    ("integrations", "GET", "/event-types"): Row(),
    ("integrations", "GET", "/connectors"): Row(),
    ("integrations", "POST", "/connectors"): Row(body=ASKED),
    ("integrations", "GET", "/connectors/{connector_id}"): Row(_CONNECTOR),
    ("integrations", "PUT", "/connectors/{connector_id}"): Row(_CONNECTOR, body=ASKED, tagged=True),
    ("integrations", "DELETE", "/connectors/{connector_id}"): Row(_CONNECTOR),
    ("integrations", "POST", "/connectors/{connector_id}/test"): Row(_CONNECTOR, body={"variables": {"x": "1"}}),
    ("integrations", "GET", "/keys"): Row(),
    ("integrations", "POST", "/keys"): Row(body=KEY),
    ("integrations", "GET", "/keys/{key_id}"): Row(_KEY),
    ("integrations", "DELETE", "/keys/{key_id}"): Row(_KEY),
    ("integrations", "GET", "/webhooks"): Row(),
    ("integrations", "POST", "/webhooks"): Row(body=HOOK),
    ("integrations", "GET", "/webhooks/{endpoint_id}"): Row(_WEBHOOK),
    ("integrations", "PUT", "/webhooks/{endpoint_id}"): Row(_WEBHOOK, body=HOOK, tagged=True),
    ("integrations", "DELETE", "/webhooks/{endpoint_id}"): Row(_WEBHOOK),
    ("integrations", "POST", "/webhooks/{endpoint_id}/secret"): Row(_WEBHOOK),
    ("integrations", "POST", "/webhooks/{endpoint_id}/test"): Row(_WEBHOOK, body={"type": "contact.ended"}),
    ("integrations", "POST", "/webhooks/{endpoint_id}/replay"): Row(
        _WEBHOOK, body={"since": 0, "until": 9_000_000_000_000, "states": ["delivered"]}
    ),
    ("integrations", "GET", "/webhooks/{endpoint_id}/deliveries"): Row(
        _WEBHOOK, query={"contact": "contact", "cursor": "cursor"}
    ),
    ("integrations", "GET", "/webhooks/{endpoint_id}/deliveries/{delivery_id}"): Row(_DELIVERY),
    ("integrations", "POST", "/webhooks/{endpoint_id}/deliveries/{delivery_id}/replay"): Row(_DELIVERY),
}
