"""The matrix: where a request of every route can carry an id, and of which kind; a route without a row fails."""

from functools import cache
from typing import Any

from tests.unit.isolation.integration_rows import INTEGRATIONS
from tests.unit.isolation.slots import Route as Route  # one home for what is asked of the matrix
from tests.unit.isolation.slots import Row as Row
from tests.unit.isolation.slots import Slot as Slot
from tests.unit.isolation.supervision_rows import SUPERVISION
from tests.world.world import app_of

AREAS = ("ivr", "routing", "surveys", "analytics", "tenants", "customers", "operator", "integrations")


NAMED = {"name": "Somebody"}
DOCUMENT = {
    "name": "Main",
    "document": {
        "languages": ["en-US"],
        "start": "q",
        "fallback_queue": Slot("queue"),
        "nodes": {
            "q": {"type": "queue", "queue": Slot("queue"), "exits": {}},
            "h": {"type": "hours", "calendar": Slot("calendar"), "open": "q", "closed": "q"},
            "f": {"type": "sub_flow", "flow": Slot("flow"), "next": "q"},
            "s": {"type": "survey", "survey": Slot("survey"), "next": "q"},
        },
    },
}
WEEK = {"name": "Office", "time_zone": "UTC"}
QUEUE = {**NAMED, "hours": Slot("calendar"), "survey_id": Slot("survey"), "id": Slot("queue")}
PROFILE = {**NAMED, "queues": [Slot("queue")], "id": Slot("profile")}
PERSON = {
    **NAMED,
    "email": "x@example.com",
    "profile_id": Slot("profile"),
    "endpoint": {"kind": "browser", "address": Slot("person", "client:{}")},
    "id": Slot("person"),
}
QUESTION = {"id": "a", "kind": "resolved", "text": {"en-US": "Yes 1, no 2?"}, "low": 1, "high": 2}
SURVEY = {**NAMED, "questions": [QUESTION]}
CUSTOMER = {**NAMED, "numbers": [Slot("phone")], "tags": [Slot("customer")]}
CALL = {"CallSid": "call", "From": "phone", "To": "number", "CallStatus": "in-progress"}
ENDED = {**CALL, "CallStatus": "completed"}
LEG = {"CallSid": "call", "CallStatus": "in-progress", "ConferenceSid": "call"}
OFFER = {"contact_id": "contact", "offer_id": "offer"}
ATTEMPT = {"contact_id": "contact", "attempt": "1"}
PARTY = {"contact_id": "contact", "party_id": "offer"}
VOICEMAIL = {"voicemail_id": "voicemail"}
FLOW = {"flow_id": "flow"}
INCIDENT = {"name": "Storm", "text": {"en-US": "A storm."}, "queues": [Slot("queue")], "numbers": ["+14155550100"]}
PORT = {"numbers": ["+14155550188"], "carrier": "Another", "documents": [Slot("port")]}
MEMBER = {"user_id": "user"}
INVITATION = {"invitation_id": "invitation"}
SPOKEN = {"name": "Welcome", "text": {"en-US": "Welcome."}}
PROMPT = {"prompt_id": "prompt"}
SPOKEN_IN = {**PROMPT, "language": "en-US"}
NEW_PASSWORD = "Another-Horse-8"
ACCESS = {"role": "agent", "teams": [Slot("team")], "queues": [Slot("queue")]}
BOARD_TILE = {"kind": "number", "measure": "waiting", "queue": Slot("queue"), "title": "Waiting"}
REPORT = {"queue": "queue", "agent": "person", "flow": "flow"}


def _resource(path: str, kind: str, body: Any, area: str = "routing") -> dict[Route, Row]:
    one, at = f"{path}/{{entity_id}}", {"entity_id": kind}
    return {
        (area, "GET", path): Row(),
        (area, "POST", path): Row(body=body),
        (area, "GET", one): Row(at),
        (area, "PUT", one): Row(at, body=body, tagged=True),
        (area, "DELETE", one): Row(at),
    }


_VISIT = {"contact_id": "contact", "visit": "1"}
_CALENDAR = {"calendar_id": "calendar"}
APPLICATION = {
    "company": "Acme", "country": "US", "time_zone": "UTC", "language": "en-US", "email": "x@example.com",
}  # fmt: skip
VERIFICATION = {"secret": "v_00000000000000000000", "password": "Correct-Horse-9-Battery", "name": "Somebody"}
SIGN_UP = {"sign_up_id": "sign_up"}
ROWS: dict[Route, Row] = {
    ("tenants", "GET", "/plans"): Row(),
    ("tenants", "GET", "/limits"): Row(),
    ("tenants", "POST", "/closure"): Row(body={"confirm": "Acme"}),
    ("tenants", "GET", "/closure"): Row(),
    ("tenants", "DELETE", "/closure"): Row(),
    ("tenants", "POST", "/exports"): Row(),
    ("tenants", "GET", "/exports"): Row(),
    ("tenants", "GET", "/operator-access"): Row(),
    ("tenants", "POST", "/operator-access"): Row(body={"hours": 1, "reason": "because"}),
    ("tenants", "DELETE", "/operator-access"): Row(),
    ("operator", "GET", "/health"): Row(),
    ("operator", "GET", "/drifted-numbers"): Row(),
    ("operator", "GET", "/margins"): Row(query={"month": "2026-01"}),
    ("operator", "GET", "/dead-letters"): Row(query={"queue": "work-dead"}),
    ("operator", "POST", "/dead-letters/redrive"): Row(body={"queue": "work-dead"}),
    ("operator", "PUT", "/tenants/{tenant_id}/limits"): Row(
        {"tenant_id": "tenant"}, body={"limits": {"seats": 7}, "reason": "because"}
    ),
    ("operator", "GET", "/tenants/{tenant_id}/orphan-numbers"): Row({"tenant_id": "tenant"}),
    ("operator", "GET", "/tenants/{tenant_id}/contacts"): Row({"tenant_id": "tenant"}),
    ("tenants", "GET", "/retention"): Row(),
    ("tenants", "PUT", "/retention"): Row(body={"recordings_days": 30, "contacts_days": None}, tagged=True),
    ("tenants", "GET", "/onboarding"): Row(),
    ("tenants", "PUT", "/onboarding/estimate"): Row(
        body={"accounts": 1000, "share_percent": 10, "calls_each": 1.5, "handle_s": 240}
    ),
    ("tenants", "PUT", "/onboarding/dismissal"): Row(body={"dismissed": True}),
    ("tenants", "POST", "/onboarding/live"): Row(),
    ("tenants", "POST", "/erasure"): Row(body={"confirm": "erase Acme"}),
    ("tenants", "GET", "/exports/{export_id}"): Row({"export_id": "export"}),
    ("tenants", "GET", "/exports/{export_id}/files"): Row({"export_id": "export"}, query={"cursor": "cursor"}),
    ("tenants", "GET", "/exports/{export_id}/files/{name}"): Row({"export_id": "export", "name": "manifest.json"}),
    ("tenants", "POST", "/carrier/spending"): Row(form={"UsageTriggerSid": "call", "IdempotencyToken": "call"}),
    ("tenants", "POST", "/sign-ups"): Row(body=APPLICATION),
    ("tenants", "GET", "/sign-ups/{sign_up_id}"): Row(SIGN_UP),
    ("tenants", "POST", "/sign-ups/{sign_up_id}/verification"): Row(SIGN_UP, body=VERIFICATION),
    ("tenants", "POST", "/sign-ups/{sign_up_id}/mails"): Row(SIGN_UP),
    ("ivr", "POST", "/calls"): Row(form=CALL),
    ("ivr", "POST", "/calls/status"): Row(form=ENDED),
    ("ivr", "POST", "/calls/fallback"): Row(form={**CALL, "ErrorCode": "11200"}),
    ("ivr", "POST", "/contacts/{contact_id}/steps/{step}"): Row(
        {"contact_id": "contact", "step": "1"}, form={**CALL, "Digits": "1"}
    ),
    ("ivr", "POST", "/contacts/{contact_id}/visits/{visit}/wait"): Row(_VISIT, form={**CALL, "QueueSid": "call"}),
    ("ivr", "POST", "/contacts/{contact_id}/visits/{visit}/exit"): Row(_VISIT, form={**CALL, "QueueResult": "hangup"}),
    ("ivr", "POST", "/contacts/{contact_id}/visits/{visit}/room-ended"): Row(_VISIT, form=ENDED),
    ("ivr", "POST", "/contacts/{contact_id}/visits/{visit}/callback"): Row(_VISIT, form={**CALL, "Digits": "1"}),
    ("ivr", "GET", "/flows"): Row(),
    ("ivr", "POST", "/flows"): Row(body=DOCUMENT),
    ("ivr", "GET", "/flows/{flow_id}"): Row(FLOW),
    ("ivr", "PUT", "/flows/{flow_id}"): Row(FLOW, body=DOCUMENT, tagged=True),
    ("ivr", "PUT", "/flows/{flow_id}/archived"): Row(FLOW, body={"archived": True}),
    ("ivr", "GET", "/flows/{flow_id}/problems"): Row(FLOW),
    ("ivr", "POST", "/flows/{flow_id}/tests/run"): Row(FLOW),
    ("ivr", "GET", "/flows/{flow_id}/statistics"): Row(FLOW),
    ("ivr", "GET", "/flows/{flow_id}/trials"): Row(FLOW),
    ("ivr", "POST", "/flows/{flow_id}/trials"): Row(
        FLOW, body={"caller": "+14155550142", "number": Slot("number")}, tagged=True
    ),
    ("ivr", "DELETE", "/flows/{flow_id}/trials"): Row(FLOW),
    ("ivr", "GET", "/flows/{flow_id}/versions"): Row(FLOW),
    ("ivr", "POST", "/flows/{flow_id}/versions"): Row(FLOW, tagged=True),
    ("ivr", "GET", "/flows/{flow_id}/versions/{number}"): Row({**FLOW, "number": "1"}),
    ("ivr", "PUT", "/flows/{flow_id}/published"): Row(FLOW, body={"number": 1}, tagged=True),
    ("ivr", "GET", "/screening/numbers"): Row(),
    ("ivr", "PUT", "/screening/numbers/{number}"): Row({"number": "phone"}, body={"listed": "block"}),
    ("ivr", "DELETE", "/screening/numbers/{number}"): Row({"number": "phone"}),
    ("ivr", "GET", "/incidents"): Row(),
    ("ivr", "POST", "/incidents"): Row(body=INCIDENT),
    ("ivr", "GET", "/incidents/{incident_id}"): Row({"incident_id": "incident"}),
    ("ivr", "PUT", "/incidents/{incident_id}"): Row({"incident_id": "incident"}, body=INCIDENT, tagged=True),
    ("ivr", "DELETE", "/incidents/{incident_id}"): Row({"incident_id": "incident"}),
    ("ivr", "GET", "/prompts"): Row(),
    ("ivr", "POST", "/prompts"): Row(body=SPOKEN),
    ("ivr", "GET", "/prompts/{prompt_id}"): Row(PROMPT),
    ("ivr", "PUT", "/prompts/{prompt_id}"): Row(PROMPT, body=SPOKEN, tagged=True),
    ("ivr", "DELETE", "/prompts/{prompt_id}"): Row(PROMPT),
    ("ivr", "GET", "/prompts/{prompt_id}/sounds/{language}"): Row(SPOKEN_IN),
    ("ivr", "PUT", "/prompts/{prompt_id}/sounds/{language}"): Row(SPOKEN_IN, body={"content": "SUQzAA=="}, tagged=True),
    ("ivr", "DELETE", "/prompts/{prompt_id}/sounds/{language}"): Row(SPOKEN_IN, tagged=True),
    ("ivr", "GET", "/calendars"): Row(),
    ("ivr", "POST", "/calendars"): Row(body=WEEK),
    ("ivr", "GET", "/calendars/{calendar_id}"): Row(_CALENDAR),
    ("ivr", "PUT", "/calendars/{calendar_id}"): Row(_CALENDAR, body=WEEK, tagged=True),
    ("ivr", "DELETE", "/calendars/{calendar_id}"): Row(_CALENDAR),
    ("ivr", "PUT", "/calendars/{calendar_id}/override"): Row(_CALENDAR, body={"override": "closed"}, tagged=True),
    ("ivr", "GET", "/calendars/{calendar_id}/status"): Row(_CALENDAR),
    ("ivr", "GET", "/numbers"): Row(),
    ("ivr", "PUT", "/numbers/{number}"): Row({"number": "number"}, body={"flow_id": Slot("flow")}),
    ("ivr", "DELETE", "/numbers/{number}"): Row({"number": "number"}),
    ("ivr", "POST", "/numbers"): Row(body={"country": "US", "number": Slot("number"), "flow_id": Slot("flow")}),
    ("ivr", "POST", "/numbers/{number}/release"): Row({"number": "number"}),
    ("ivr", "GET", "/numbers/available"): Row(query={"country": "US", "contains": "1"}),
    ("ivr", "GET", "/numbers/papers"): Row(query={"country": "DE"}),
    ("ivr", "POST", "/numbers/attachments"): Row(body={"number": "+14155550177", "target": Slot("number")}),
    ("ivr", "GET", "/numbers/port-ins"): Row(),
    ("ivr", "POST", "/numbers/port-ins"): Row(body=PORT),
    ("ivr", "GET", "/numbers/port-ins/{port_id}"): Row({"port_id": "port"}),
    ("ivr", "PUT", "/numbers/port-ins/{port_id}"): Row({"port_id": "port"}, body=PORT, tagged=True),
    ("ivr", "DELETE", "/numbers/port-ins/{port_id}"): Row({"port_id": "port"}),
    ("ivr", "GET", "/numbers/allowed-countries"): Row(),
    ("ivr", "PUT", "/numbers/allowed-countries"): Row(body={"countries": ["US"]}, tagged=True),
    **_resource("/queues", "queue", QUEUE),
    **_resource("/profiles", "profile", PROFILE),
    **_resource("/people", "person", PERSON),
    ("routing", "POST", "/contacts/{contact_id}/offers/{offer_id}/answered"): Row(OFFER, form=LEG),
    ("routing", "POST", "/contacts/{contact_id}/offers/{offer_id}/key"): Row(OFFER, form={**LEG, "Digits": "1"}),
    ("routing", "POST", "/contacts/{contact_id}/offers/{offer_id}/status"): Row(OFFER, form=ENDED),
    ("routing", "POST", "/contacts/{contact_id}/offers/{offer_id}/room"): Row(
        OFFER, form={**LEG, "StatusCallbackEvent": "participant-leave"}
    ),
    ("routing", "POST", "/contacts/{contact_id}/recording"): Row(
        {"contact_id": "contact"},
        form={"CallSid": "call", "RecordingSid": "recording", "RecordingStatus": "completed", "RecordingUrl": "call"},
    ),
    ("routing", "POST", "/contacts/{contact_id}/callback/{attempt}/answered"): Row(
        ATTEMPT, form={**LEG, "AnsweredBy": "human"}
    ),
    ("routing", "POST", "/contacts/{contact_id}/callback/{attempt}/status"): Row(ATTEMPT, form=ENDED),
    ("routing", "GET", "/callbacks"): Row(query={"queue": "queue", "cursor": "cursor"}),
    ("routing", "POST", "/callbacks"): Row(body={"number": Slot("phone"), "queue": Slot("queue")}),
    ("routing", "GET", "/callbacks/{contact_id}"): Row({"contact_id": "contact"}),
    ("routing", "DELETE", "/callbacks/{contact_id}"): Row({"contact_id": "contact"}),
    ("routing", "PUT", "/callbacks/{contact_id}/claim"): Row({"contact_id": "contact"}),
    ("routing", "PUT", "/callbacks/{contact_id}/outcome"): Row({"contact_id": "contact"}, body={"outcome": "resolved"}),
    ("routing", "GET", "/contacts/{contact_id}/recording"): Row({"contact_id": "contact"}),
    ("routing", "PUT", "/contacts/{contact_id}/recording"): Row({"contact_id": "contact"}, body={"state": "paused"}),
    ("routing", "GET", "/recordings"): Row(
        query={"queue": "queue", "agent": "person", "contact": "contact", "cursor": "cursor"}
    ),
    ("routing", "GET", "/recordings/{recording_id}"): Row({"recording_id": "recording"}, query={"reason": "why"}),
    ("routing", "DELETE", "/recordings/{recording_id}"): Row({"recording_id": "recording"}),
    ("routing", "GET", "/recordings/{recording_id}/deletion"): Row({"recording_id": "recording"}),
    ("routing", "GET", "/legal-holds"): Row(),
    ("routing", "PUT", "/legal-holds/{contact_id}"): Row({"contact_id": "contact"}, body={"reason": "a claim"}),
    ("routing", "DELETE", "/legal-holds/{contact_id}"): Row({"contact_id": "contact"}),
    ("routing", "GET", "/recording-rules"): Row(),
    ("routing", "PUT", "/recording-rules"): Row(body={"numbers": {}, "regions": {"DE": "never"}}, tagged=True),
    ("routing", "POST", "/contacts/{contact_id}/evidence"): Row({"contact_id": "contact"}),
    ("routing", "GET", "/contacts/{contact_id}/evidence"): Row({"contact_id": "contact"}),
    **_resource("/retention-classes", "retention_class", {"name": "Trading", "trade": "finance", "days": 1827}),
    ("routing", "POST", "/contacts/{contact_id}/voicemail/{step}"): Row(
        {"contact_id": "contact", "step": "1"},
        form={"CallSid": "call", "RecordingSid": "recording", "RecordingStatus": "completed", "RecordingUrl": "call"},
    ),
    ("routing", "GET", "/voicemails"): Row(query={"queue": "queue", "cursor": "cursor"}),
    ("routing", "GET", "/voicemails/{voicemail_id}"): Row(VOICEMAIL),
    ("routing", "GET", "/voicemails/{voicemail_id}/sound"): Row(VOICEMAIL),
    ("routing", "PUT", "/voicemails/{voicemail_id}/claim"): Row(VOICEMAIL),
    ("routing", "DELETE", "/voicemails/{voicemail_id}/claim"): Row(VOICEMAIL),
    ("routing", "POST", "/voicemails/{voicemail_id}/callback"): Row(VOICEMAIL),
    ("routing", "PUT", "/voicemails/{voicemail_id}/outcome"): Row(VOICEMAIL, body={"outcome": "answered"}),
    ("routing", "GET", "/agents/me"): Row(),
    ("routing", "POST", "/agents/me/session"): Row(
        body={"endpoint": {"kind": "browser", "address": Slot("person", "client:{}")}}
    ),
    ("routing", "DELETE", "/agents/me/session"): Row(),
    ("routing", "PUT", "/agents/me/state"): Row(body={"state": "away", "reason": Slot("person")}),
    ("routing", "POST", "/agents/me/heartbeat"): Row(body={"session_id": Slot("session")}),
    ("routing", "POST", "/agents/me/voice-token"): Row(),
    ("routing", "DELETE", "/agents/me/wrap-up"): Row(),
    ("routing", "POST", "/agents/me/wrap-up/extension"): Row(),
    ("routing", "DELETE", "/contacts/{contact_id}/offers/{offer_id}"): Row(OFFER),
    ("routing", "PUT", "/contacts/{contact_id}/hold"): Row({"contact_id": "contact"}, body={"on": True}),
    ("routing", "PUT", "/contacts/{contact_id}/mute"): Row({"contact_id": "contact"}, body={"on": True}),
    ("routing", "DELETE", "/contacts/{contact_id}/conversation"): Row({"contact_id": "contact"}),
    ("routing", "PATCH", "/contacts/{contact_id}/notes"): Row({"contact_id": "contact"}, body={"notes": "x"}),
    ("routing", "POST", "/contacts/{contact_id}/keys/{pressed}"): Row(
        {"contact_id": "contact", "pressed": "12p"}, form={"ConferenceSid": "call"}
    ),
    ("routing", "POST", "/contacts/{contact_id}/parties"): Row(
        {"contact_id": "contact"}, body={"to": {"kind": "agent", "id": Slot("person")}}
    ),
    ("routing", "PATCH", "/contacts/{contact_id}/parties/{party_id}"): Row(PARTY, body={"held": True}),
    ("routing", "DELETE", "/contacts/{contact_id}/parties/{party_id}"): Row(PARTY),
    ("routing", "POST", "/contacts/{contact_id}/parties/{party_id}/handover"): Row(PARTY),
    ("routing", "POST", "/contacts/{contact_id}/transfer"): Row(
        {"contact_id": "contact"}, body={"to": {"kind": "queue", "id": Slot("queue")}}
    ),
    ("routing", "PUT", "/contacts/{contact_id}/speaking-with"): Row(
        {"contact_id": "contact"}, body={"to": Slot("offer")}
    ),
    ("routing", "POST", "/contacts/{contact_id}/keys"): Row(
        {"contact_id": "contact"}, body={"keys": "1", "to": Slot("offer")}
    ),
    **SUPERVISION,
    ("routing", "GET", "/targets"): Row(),
    ("routing", "POST", "/calls"): Row(
        body={"to": "+14155550188", "queue_id": Slot("queue"), "caller_id": Slot("number")}
    ),
    ("routing", "GET", "/contacts/{contact_id}/explanation"): Row({"contact_id": "contact"}),
    ("surveys", "GET", "/health"): Row(),
    ("surveys", "POST", "/contacts/{contact_id}/questions/{number}"): Row(
        {"contact_id": "contact", "number": "0"}, form={**CALL, "Digits": "1"}
    ),
    ("surveys", "GET", "/"): Row(),
    ("surveys", "POST", "/"): Row(body=SURVEY),
    ("surveys", "GET", "/{survey_id}"): Row({"survey_id": "survey"}),
    ("surveys", "PUT", "/{survey_id}"): Row({"survey_id": "survey"}, body=SURVEY, tagged=True),
    ("analytics", "GET", "/health"): Row(),
    ("analytics", "GET", "/floor"): Row(),
    ("analytics", "GET", "/events"): Row(query={"cursor": "cursor"}),
    ("analytics", "GET", "/reports/{name}"): Row({"name": "volume"}, query=REPORT),
    ("analytics", "POST", "/reports/{name}"): Row({"name": "agents"}, query=REPORT),
    ("analytics", "GET", "/contacts"): Row(
        query={"queue": "queue", "agent": "person", "number": "phone", "cursor": "cursor"}
    ),
    ("analytics", "GET", "/contacts/open"): Row(),
    ("analytics", "GET", "/contacts/{contact_id}"): Row({"contact_id": "contact"}),
    ("analytics", "GET", "/costs"): Row(query={"by": "queue"}),
    ("analytics", "GET", "/costs/contacts/{contact_id}"): Row({"contact_id": "contact"}),
    ("analytics", "GET", "/costs/statements/{month}"): Row({"month": "2026-01"}),
    **_resource("/boards", "board", {**NAMED, "tiles": [BOARD_TILE], "id": Slot("board")}, "analytics"),
    ("analytics", "GET", "/boards/{entity_id}/figures"): Row({"entity_id": "board"}),
    ("analytics", "GET", "/boards/{entity_id}/links"): Row({"entity_id": "board"}),
    ("analytics", "POST", "/boards/{entity_id}/links"): Row({"entity_id": "board"}, body={"name": "Hall"}),
    ("analytics", "DELETE", "/boards/{entity_id}/links/{link_id}"): Row({"entity_id": "board", "link_id": "link"}),
    ("analytics", "GET", "/tv"): Row(),
    ("analytics", "GET", "/me/report"): Row(),
    ("analytics", "GET", "/me/contacts"): Row(),
    ("analytics", "GET", "/budgets"): Row(),
    ("analytics", "PUT", "/budgets"): Row(body={"amount": "50.00", "notify": ["x@example.com"]}, tagged=True),
    ("tenants", "POST", "/sessions"): Row(body={"email": Slot("user"), "password": "x"}),
    ("tenants", "POST", "/sessions/refresh"): Row(body={"refresh_token": Slot("user")}),
    ("tenants", "GET", "/me"): Row(),
    ("tenants", "DELETE", "/sessions"): Row(body={"refresh_token": Slot("user")}),
    ("tenants", "POST", "/sessions/challenges"): Row(
        body={"challenge": "software_token_mfa", "session": "x", "user": Slot("user"), "answer": "123456"}
    ),
    ("tenants", "GET", "/sessions/tenants"): Row(),
    ("tenants", "POST", "/sessions/tenant"): Row(body={"tenant_id": Slot("tenant"), "refresh_token": Slot("user")}),
    ("tenants", "POST", "/passwords/forgotten"): Row(body={"email": Slot("user")}),
    ("tenants", "PUT", "/passwords"): Row(body={"email": Slot("user"), "code": "1", "password": NEW_PASSWORD}),
    ("tenants", "PUT", "/me/password"): Row(body={"password": "x", "new_password": NEW_PASSWORD}),
    ("tenants", "POST", "/me/second-factor"): Row(body={"password": "x"}),
    ("tenants", "PUT", "/me/second-factor"): Row(body={"password": "x", "code": "123456"}),
    ("tenants", "GET", "/roles"): Row(),
    ("tenants", "GET", "/people"): Row(),
    ("tenants", "GET", "/people/{user_id}"): Row(MEMBER),
    ("tenants", "DELETE", "/people/{user_id}"): Row(MEMBER),
    ("tenants", "PUT", "/people/{user_id}/access"): Row(MEMBER, body=ACCESS, tagged=True),
    ("tenants", "PUT", "/people/{user_id}/status"): Row(MEMBER, body={"status": "disabled"}),
    ("tenants", "DELETE", "/people/{user_id}/second-factor"): Row(MEMBER),
    ("tenants", "PUT", "/ownership"): Row(body={"user_id": Slot("user")}),
    ("tenants", "GET", "/invitations"): Row(),
    ("tenants", "POST", "/invitations"): Row(
        body={"email": "new@example.com", "profile_id": Slot("profile"), **ACCESS}
    ),
    ("tenants", "POST", "/invitations/{invitation_id}/mails"): Row(INVITATION),
    ("tenants", "DELETE", "/invitations/{invitation_id}"): Row(INVITATION),
    ("tenants", "POST", "/invitations/accepted"): Row(
        body={"link": Slot("invitation", "{}.secret"), "password": NEW_PASSWORD}
    ),
    **_resource("/teams", "team", {**NAMED, "agents": [Slot("person")], "id": Slot("team")}, "tenants"),
    **_resource("/permission-sets", "set", {**NAMED, "permissions": ["calls.take"], "id": Slot("set")}, "tenants"),
    ("tenants", "GET", "/audit"): Row(query={"cursor": "cursor", "actor": "user"}),
    ("tenants", "GET", "/audit/verification"): Row(),
    ("tenants", "GET", "/audit/heads"): Row(query={"cursor": "cursor"}),
    ("operator", "GET", "/tenants"): Row(query={"query": "number"}),
    ("operator", "GET", "/tenants/{tenant_id}"): Row({"tenant_id": "tenant"}),
    ("operator", "POST", "/tenants/{tenant_id}/suspension"): Row({"tenant_id": "tenant"}, body={"reason": "because"}),
    ("operator", "DELETE", "/tenants/{tenant_id}/suspension"): Row({"tenant_id": "tenant"}),
    ("tenants", "GET", "/billing"): Row(),
    ("tenants", "POST", "/billing/checkout"): Row(body={"plan": "starter", "email": "x@example.com", "seats": 5}),
    ("tenants", "POST", "/billing/portal"): Row(),
    ("tenants", "PUT", "/billing/plan"): Row(body={"plan": "growth"}),
    ("tenants", "PUT", "/billing/seats"): Row(body={"seats": 5}),
    ("tenants", "PUT", "/billing/renewal"): Row(body={"renews": True}),
    ("tenants", "GET", "/billing/invoices"): Row(),
    ("tenants", "GET", "/billing/invoices/{invoice_id}"): Row({"invoice_id": "call"}),
    ("tenants", "POST", "/billing/webhook"): Row(body={"id": "evt_1", "object": "event"}),
    ("customers", "GET", "/health"): Row(),
    ("customers", "POST", "/"): Row(body=CUSTOMER),
    ("customers", "GET", "/"): Row(query={"number": "phone"}),
    ("customers", "GET", "/search"): Row(query={"cursor": "cursor"}),
    ("customers", "GET", "/{customer_id}"): Row({"customer_id": "customer"}),
    ("customers", "PUT", "/{customer_id}"): Row({"customer_id": "customer"}, body=CUSTOMER, tagged=True),
    ("customers", "POST", "/{customer_id}/erasure"): Row({"customer_id": "customer"}),
    ("customers", "GET", "/{customer_id}/export"): Row({"customer_id": "customer"}),
    ("customers", "GET", "/{customer_id}/contacts"): Row({"customer_id": "customer"}, query={"cursor": "cursor"}),
}

ROWS |= INTEGRATIONS


@cache
def routes() -> frozenset[Route]:
    """Every route of every app, as it is registered."""
    return frozenset(
        (area, method, path) for area in AREAS for path, methods in app_of(area).routes.items() for method in methods
    )


def is_webhook(route: Route) -> bool:
    """Whether the carrier calls it: it answers without a permission and is told of in domain/paths."""
    return bool(ROWS[route].form)
