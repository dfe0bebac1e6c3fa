"""Work and timers: hints on a queue that name an entity and a version; late, lost or doubled ones change nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from offhook.domain.ids import TenantId


class Topic(StrEnum):
    """What a worker should look at."""

    RING = "ring"  # entity: contact; arg: offer or party id
    CANCEL_RING = "cancel_ring"  # entity: contact; arg: agent call sid
    OFFER_DEADLINE = "offer_deadline"  # entity: contact; arg: offer or party id
    WRAP_UP_LIMIT = "wrap_up_limit"  # entity: agent; arg: contact id
    PRESENCE = "presence"  # entity: agent; arg: session id
    MATCH_CONTACT = "match_contact"  # entity: contact
    MATCH_AGENT = "match_agent"  # entity: agent
    RETURN_TO_QUEUE = "return_to_queue"  # entity: contact; the customer sits in a room without an agent
    RECONCILE_JOIN = "reconcile_join"  # entity: contact; arg: offer id; customer joined 5 s after the claim?
    ARRANGE = "arrange"  # entity: contact; is the room as the contact says?
    END_ROOM = "end_room"  # entity: contact; arg: room
    DIAL = "dial"  # entity: contact; its customer is to be rung, an agent is there or reserved
    CALLBACK_DUE = "callback_due"  # entity: contact; it may wait for an agent from now on
    STORE_RECORDING = "store_recording"  # entity: contact; arg: recording sid, seconds, address
    RECORDING = "recording"  # entity: contact; a pause may be over, something may be asked of its recording
    PROVISION = "provision"  # entity: sign-up; the next step of its set-up
    VERIFICATION_MAIL = "verification_mail"  # entity: sign-up
    TENANT_STATUS = "tenant_status"  # entity: ""; is anything due, does the carrier's account follow?
    NUMBERS = "numbers"  # entity: ""; the nightly round of the tenant's numbers
    BUDGET = "budget"  # entity: ""; is a threshold of it passed?
    METERING = "metering"  # entity: ""; the carrier's bill, what costs by being there, a month that may be closed
    BILLING = "billing"  # entity: ""; what a day asks for at the payment provider
    DELIVER = "deliver"  # entity: endpoint; arg: delivery; on the queue of deliveries
    REPLAY = "replay"  # entity: endpoint; arg: which deliveries; on the queue of deliveries
    DELIVERIES = "deliveries"  # entity: ""; which are due and of which nobody was told; on the queue of deliveries
    CARRIER_PRICE = "carrier_price"  # entity: contact; arg: how often it was asked before
    CARRIER_USAGE = "carrier_usage"  # entity: UTC day; what the carrier bills for it
    EXPORT = "export"  # entity: export; its next page
    ERASE_TENANT = "erase_tenant"  # entity: ""; the next page of the tenant's erasure
    ERASE_PERSON = "erase_person"  # entity: customer; what is left to erase of them
    EVIDENCE = "evidence"  # entity: contact; pack what there is of it
    RETENTION = "retention"  # entity: ""; what has been kept long enough
    COMPACTION = "compaction"  # entity: UTC day; its files in the lake become few
    DUE = "due"  # entity: ""; what is under way goes on, what is due begins, the audit trail is sealed
    SWEEP = "sweep"  # entity: "" to begin, then the part that goes on; arg: the last one looked at


UPKEEP = frozenset(
    {Topic.PROVISION, Topic.VERIFICATION_MAIL, Topic.TENANT_STATUS}
    | {Topic.NUMBERS, Topic.BUDGET, Topic.METERING, Topic.BILLING}
)
"""What goes to the tenants function, which alone has the carrier's parent account and the payment provider's."""

JOBS = frozenset(
    {Topic.EXPORT, Topic.EVIDENCE, Topic.ERASE_TENANT, Topic.ERASE_PERSON, Topic.RETENTION}
    | {Topic.COMPACTION, Topic.DUE}
)
"""What goes to the operator function, which alone may sweep whole tables and write days of the lake anew."""


@dataclass(frozen=True, slots=True)
class Message:
    """One hint: look at `entity`; `arg` narrows it."""

    tenant_id: TenantId
    topic: Topic
    entity: str
    arg: str = ""


class Outgoing(Protocol):
    """The work queue (standard SQS, MessageGroupId = tenant)."""

    def send(self, message: Message, delay_s: float = 0.0) -> None:
        """Deliver after delay_s (0-900; rounded up to whole seconds). At least once, in any order, perhaps never."""
        ...
