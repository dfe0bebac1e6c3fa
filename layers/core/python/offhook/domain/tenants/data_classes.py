"""Everything that is kept of a tenant: each kind of item, object and record, how long, and what becomes of it.

A kind that the code stores and this page does not know fails the tests: exports would miss it, erasures would leave it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What an erasure does with a kind."""

    DELETED = "deleted"
    KEPT = "kept"  # the law or the proof of the erasure asks for it; it says nothing of a tenant's customers


@dataclass(frozen=True, slots=True)
class DataClass:
    """One kind. kept: for how long; exported: whether the tenant gets it in an export; personal: of natural persons."""

    what: str
    kept: str = "with the tenant"
    exported: bool = True
    personal: bool = False
    fate: Fate = Fate.DELETED


def _passing(what: str, kept: str) -> DataClass:
    return DataClass(what, kept=kept, exported=False)


_LIVE = "while it lasts"
_CLOSED = "as long as the tenant, else as its retention says"

ITEMS: dict[str, DataClass] = {
    # configuration
    "AGENTCONFIG": DataClass("agents as configured", personal=True),
    "APIKEY": DataClass("API keys: names, scopes and digests, no secrets"),
    "AUDIOPROMPT": DataClass("prompts: words, and which recordings"),
    "BOARD": DataClass("wallboards"),
    "BOARDLINK": DataClass("links by which televisions show a board, no secrets", personal=True),
    "BUDGET": DataClass("budget and whom to tell", personal=True),
    "CALENDAR": DataClass("opening hours"),
    "CONNECTOR": DataClass("look-ups in the tenant's own systems, no secrets"),
    "ENDPOINTS": DataClass("receivers of webhooks, no secrets"),
    "ENDPOINT": DataClass("receivers of webhooks, no secrets"),
    "FLOWDRAFT": DataClass("flows as drawn"),
    "FLOWVERSION": DataClass("flows as published"),
    "FLOWSTATS": DataClass("how often calls took each way of a flow", exported=False),
    "FLOWTRIAL": _passing("drafts that somebody tries", "a day"),
    "INCIDENT": DataClass("known incidents that callers are told of"),
    "INVITATION": DataClass("who was invited", personal=True),
    "LINE": DataClass("telephone numbers"),
    "MEMBER": DataClass("who belongs to the tenant, and as what", personal=True),
    "NUMBER": DataClass("which flow a number leads to"),
    "ONBOARDING": DataClass("how far the first run is, and the size that is expected"),
    "OPERATORACCESS": DataClass("whether operators may look, and why", personal=True),
    "ORPHAN": DataClass("numbers at the carrier that nobody has here"),
    "ORDER": DataClass("purchases of numbers under way"),
    "OWNERS": DataClass("who owns the tenant"),
    "PERMISSIONSET": DataClass("permission sets of the tenant's own"),
    "PORT": DataClass("numbers that move in from other carriers"),
    "RETENTION": DataClass("how long recordings and contacts are kept"),
    "QUEUE": DataClass("queues"),
    "ROUTINGPROFILE": DataClass("routing profiles"),
    "SCREENEDNUMBER": DataClass("numbers that are blocked or allowed", personal=True),
    "SECRET": DataClass("tokens and secrets, encrypted", exported=False),
    "SUPERVISIONRULES": DataClass("whether supervisors may listen unseen"),
    "SURVEY": DataClass("surveys"),
    "TEAM": DataClass("teams"),
    "TELCO": DataClass("the tenant's account at the carrier", exported=False),
    "TENANT": DataClass("the tenant's own settings", fate=Fate.KEPT, kept="its id and status, for ever"),
    "SIGNUP": DataClass("how the tenant came to us", kept="a month", exported=False, personal=True),
    "EXPORT": DataClass("exports asked for", kept="seven days", exported=False),
    "RECORDINGRULES": DataClass("which calls are recorded, by number and country"),
    "RETENTIONCLASS": DataClass("how long recordings of a queue are kept"),
    # contacts
    "RECORDING": DataClass("recordings: length, digest, loudness, pauses", kept=_CLOSED, personal=True),
    "RECORDINGS": DataClass("the list of recordings by class", kept=_CLOSED, exported=False),
    "EVIDENCE": DataClass("evidence packages asked for", kept="seven days", exported=False),
    "LEGALHOLD": DataClass("contacts that must be kept, and why", kept="until lifted"),
    "CONTACT": DataClass("contacts under way, and closed with notes and survey", kept=_CLOSED, personal=True),
    "CONTACTS": DataClass("the list of closed contacts by day", kept=_CLOSED, exported=False),
    "CUSTOMER": DataClass("customers and their timelines", personal=True),
    "CUSTOMERS": DataClass("the list of customers by name", personal=True, exported=False),
    "PHONE": DataClass("whose number it is", personal=True, exported=False),
    "PERSONERASURE": DataClass("persons who are being erased", kept="while it lasts", exported=False, personal=True),
    "AGENT": _passing("agents' presence", _LIVE),
    "ACTIVE": _passing("who was signed in during a month", "seventy days"),
    "READY": _passing("agents who are ready", _LIVE),
    "WAITING": _passing("contacts that wait", _LIVE),
    "VOICEMAIL": DataClass("messages as work: whose, how long, what came of them", kept="a month after closing"),
    "VOICEMAILSOF": DataClass("messages that an agent works on", kept="a month after closing", exported=False),
    "CALLBACKS": _passing("customers who are to be called back, by when", _LIVE),
    "CALLBACKOF": DataClass("numbers that are to be called back", kept=_LIVE, exported=False, personal=True),
    "CALLS": _passing("which of the calls that the plan allows at once are under way", _LIVE),
    "OPEN": _passing("index of what is open", _LIVE),
    "HEARTBEAT": _passing("when a session was last heard of", "a minute"),
    "CONNECTION": _passing("open live channels", "two hours"),
    "NUISANCE": _passing("calls that were hung up within seconds", "a day"),
    "COUNTERS": _passing("live counters", "two days"),
    "TAIL": _passing("the latest events, for the tail", "an hour"),
    "EVENTS": _passing("the latest events, for the tail", "an hour"),
    "FACT": _passing("facts on their way to the event stream", "a day"),
    "ONCE": _passing("answers kept for repeated requests", "a day"),
    "BUCKET": _passing("how fast the API is used", "a day"),
    "QUOTA": _passing("how much of each quota is used", "with the tenant"),
    # integrations
    "DELIVERIES": DataClass("webhooks sent and what was answered", kept="thirty days"),
    "LOOKUPS": _passing("answers of the tenant's own systems", "as long as the connector says"),
    "DUE": _passing("deliveries by when they are due", "until delivered"),
    "DELIVERYLINE": _passing("the order of deliveries about one thing", "until delivered"),
    "SENDING": _passing("deliveries under way", "a minute"),
    "KEYS": DataClass("API keys: names, scopes and digests, no secrets"),
    # money
    "ACCOUNT": DataClass("usage and cost", fate=Fate.KEPT, kept="ten years", exported=False),
    "DAYS": DataClass("usage and cost by day", fate=Fate.KEPT, kept="ten years", exported=False),
    "SOLD": DataClass("what the tenant is charged, by day", fate=Fate.KEPT, kept="ten years"),
    "STATEMENTS": DataClass("statements of closed months", fate=Fate.KEPT, kept="ten years"),
    "BILLS": DataClass("bills of our suppliers, shared; the platform's own", fate=Fate.KEPT, exported=False),
    "METERING": DataClass("how far metering has come", fate=Fate.KEPT, kept="ten years", exported=False),
    "QUARANTINE": _passing("usage that could not be booked", "until looked at"),
    "BILLING": DataClass("the account at the payment provider", fate=Fate.KEPT, kept="ten years"),
    # proof
    "AUDIT": DataClass("who did what", fate=Fate.KEPT, kept="ten years", personal=True),
    "AUDITHEAD": DataClass("the end of the audit chain", fate=Fate.KEPT, kept="ten years", exported=False),
    "DELETION": DataClass("what was deleted, when and by which rule", fate=Fate.KEPT, kept="ten years"),
    "DELETIONS": DataClass("the list of deletions", fate=Fate.KEPT, kept="ten years", exported=False),
    "ERASURE": DataClass("the certificate of an erasure", fate=Fate.KEPT, kept="ten years"),
}

OBJECTS: dict[str, DataClass] = {
    "recordings": DataClass("recordings of conversations", kept=_CLOSED, personal=True),
    "prompts": DataClass("recorded prompts, also those that only earlier versions of flows play"),
    "exports": DataClass("exports", kept="seven days", exported=False, personal=True),
    "audit": DataClass("signed ends of the audit trail", fate=Fate.KEPT, kept="ten years, locked", exported=False),
    "lake": DataClass("events, as Parquet by day", personal=True),
    "results": _passing("answers of reports", "seven days"),
}

STREAMS: dict[str, DataClass] = {
    "events": _passing("events and usage on their way", "a day"),
}

DIRECTORY: dict[str, DataClass] = {
    "ACCOUNT": _passing("which tenant a carrier account is of", "with the tenant"),
    "BILLING": _passing("which tenant a customer of the payment provider is", "with the tenant"),
    "BOARDLINK": _passing("which tenant a link to a wallboard is of, by digest", "with the link"),
    "BUCKET": _passing("how fast strangers use the open routes, by digest", "a day"),
    "CONNECTION": _passing("which tenant a live channel is of", "two hours"),
    "INVITATION": _passing("which tenant an invitation is of", "a week"),
    "KEY": _passing("which tenant an API key is of", "with the key"),
    "NUMBER": _passing("which tenant a number is of", "with the number"),
    "OPERATOR": _passing("who operates the platform", "until removed"),
    "SIGNUP": _passing("businesses that sign up", "two days"),
    "ERASED": DataClass("the ids of erased tenants", exported=False, fate=Fate.KEPT, kept="for ever"),
    "TENANTS": DataClass("the list of tenants", exported=False, fate=Fate.KEPT, kept="until erased"),
    "USER": _passing("which tenants a user belongs to", "with the memberships"),
}


def kind_of_partition(pk: str) -> str:
    """The kind of an item of a tenant, by its partition T#<tenant>#<kind>[#...]."""
    return pk.split("#", 3)[2]
