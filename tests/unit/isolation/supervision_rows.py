"""The rows of supervision: supervisors in calls, live control of agents and queues, and help."""

from tests.unit.isolation.slots import Route, Row, Slot

SUPERVISION: dict[Route, Row] = {
    ("routing", "PUT", "/contacts/{contact_id}/monitoring"): Row({"contact_id": "contact"}, body={"mode": "listen"}),
    ("routing", "DELETE", "/contacts/{contact_id}/monitoring"): Row({"contact_id": "contact"}),
    ("routing", "POST", "/contacts/{contact_id}/takeover"): Row({"contact_id": "contact"}),
    ("routing", "POST", "/contacts/{contact_id}/end"): Row({"contact_id": "contact"}),
    ("routing", "POST", "/contacts/{contact_id}/help"): Row({"contact_id": "contact"}, body={"note": Slot("person")}),
    ("routing", "DELETE", "/contacts/{contact_id}/help"): Row({"contact_id": "contact"}),
    ("routing", "PUT", "/agents/{agent_id}/state"): Row(
        {"agent_id": "person"}, body={"state": "away", "reason": Slot("person")}
    ),
    ("routing", "DELETE", "/agents/{agent_id}/wrap-up"): Row({"agent_id": "person"}),
    ("routing", "PUT", "/agents/{agent_id}/profile"): Row({"agent_id": "person"}, body={"profile_id": Slot("profile")}),
    ("routing", "DELETE", "/agents/{agent_id}/profile"): Row({"agent_id": "person"}),
    ("routing", "PUT", "/queues/{entity_id}/closing"): Row({"entity_id": "queue"}, body={"closed": True}),
    ("routing", "GET", "/supervision-rules"): Row(),
    ("routing", "PUT", "/supervision-rules"): Row(body={"private_listening": True}, tagged=True),
}
