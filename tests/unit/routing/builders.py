"""Builders: a tenant's floor in memory (queues, agents, customers) and what the carrier reports of them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from offhook.adapters.memory.clock import NOON, FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.adapters.memory.media import MemoryMedia
from offhook.domain.documents import Document
from offhook.domain.ids import (
    SECOND,
    AgentId,
    CallSid,
    ContactId,
    FlowId,
    OfferId,
    ProfileId,
    QueueId,
    TenantId,
    contact_id_for,
)
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import transitions
from offhook.domain.routing.agent import Agent, AgentState, Endpoint, EndpointKind
from offhook.domain.routing.contact import (
    Assignment,
    Contact,
    ContactState,
    FlowPosition,
    Offer,
    OfferEnd,
    QueueVisit,
    SurveyRun,
)
from offhook.domain.routing.queues import AgentConfig, Queue, RoutingProfile
from offhook.domain.tenants.context import TenantContext
from offhook.stores.codec import decode_events
from offhook.usecases.deps import Deps
from offhook.usecases.routing import accept, leaving, presence, room, waiting, work
from offhook.usecases.routing.waiting import WaitView
from offhook.usecases.unsaved import as_stored

from tests.unit.routing.fake_carrier import FakeCarrier, Leg

T1 = TenantId("t_one")
BILLING, SALES = QueueId("billing"), QueueId("sales")
BILLERS = ProfileId("billers")
ADA, BEN = AgentId("ada"), AgentId("ben")
PHONE = EndpointKind.PHONE
BROWSER = EndpointKind.BROWSER
NOTICED = FlowPosition(FlowId("f_1"), 1, "queue", notice_given=True)  # the caller knows of the recording
BILLING_QUEUE = Queue(BILLING, "Billing", dispositions=("solved", "open"))


# --- values -------------------------------------------------------------------------------------------------------


def endpoint(agent: str, kind: EndpointKind = PHONE) -> Endpoint:
    """Of an agent: a number made of the name, or the browser's identity."""
    number = f"+1415{sum(map(ord, agent)):07d}"
    return Endpoint(kind, f"client:{agent}" if kind is BROWSER else number)


def an_agent(state: AgentState = AgentState.AVAILABLE, **fields: Any) -> Agent:
    """Ada, since noon."""
    holds = {"contact_id": ContactId("c_1"), "offer_id": OfferId("o_1")}
    work_ = holds if state in (AgentState.RESERVED, AgentState.BUSY, AgentState.WRAP_UP) else {}
    base = Agent(ADA, T1, 1, "Ada", state, NOON, BILLERS, endpoint("ada"), idle_since=NOON, session_id="s_1")
    return replace(base, **{**work_, **fields})


def a_contact(state: ContactState = ContactState.IN_FLOW, **fields: Any) -> Contact:
    """A call in any state, with what belongs to the state: visit, offer, assignment, survey."""
    base = Contact(
        ContactId("c_1"), T1, 1, state, NOON - 60 * SECOND, CallSid("CA_c"), "+14155550123", "+15005550006", "en-US",
        FlowPosition(FlowId("f_1"), 1, "queue"),
    )  # fmt: skip
    visit = QueueVisit(BILLING, 1, NOON - 30 * SECOND, NOON - 30 * SECOND, waiting_at=NOON - 29 * SECOND)
    offer = Offer(OfferId("o_1"), ADA, NOON - 5 * SECOND, NOON + 25 * SECOND, "free", endpoint("ada"))
    talk = Assignment(ADA, offer.id, BILLING, 1, CallSid("CA_a"), PHONE, NOON - 10 * SECOND, talk_at=NOON - 8 * SECOND)
    parts: dict[ContactState, dict[str, Any]] = {
        ContactState.WAITING: {"visit": visit, "visits": 1},
        ContactState.OFFERED: {"visit": visit, "visits": 1, "offer": offer},
        ContactState.CONNECTED: {"visit": replace(visit, answered_at=NOON), "visits": 1, "assignment": talk},
        ContactState.IN_SURVEY: {"survey": SurveyRun("s", 1, None, NOON)},
    }
    return replace(base, **{**parts.get(state, {}), **fields})


# --- a floor ------------------------------------------------------------------------------------------------------


class WorkerKilled(BaseException):
    """The process ended here."""


@dataclass
class Mailbox:
    """The work queue, delivered by hand: `pending` holds (due, message)."""

    clock: FrozenClock
    pending: list[tuple[int, Message]] = field(default_factory=list)
    lost: set[Topic] = field(default_factory=set)
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message, delay_s: float = 0.0) -> None:
        """Kept until delivered, unless its topic is lost."""
        assert 0 <= delay_s <= 900
        self.sent.append(message)
        if message.topic not in self.lost:
            self.pending.append((self.clock.now() + round(delay_s * SECOND), message))

    def due(self) -> list[Message]:
        """Take what may be delivered now."""
        ready = [m for at, m in self.pending if at <= self.clock.now()]
        self.pending = [(at, m) for at, m in self.pending if at > self.clock.now()]
        return ready

    def topics(self) -> list[Topic]:
        """What is still to be delivered."""
        return [m.topic for _, m in self.pending]


@dataclass
class Floor:
    """One tenant with a billing queue; agents and customers are named; time stands still unless moved."""

    store: MemoryStore = field(default_factory=MemoryStore)
    clock: FrozenClock = field(default_factory=FrozenClock)
    media: MemoryMedia = field(default_factory=MemoryMedia)

    def __post_init__(self) -> None:
        self.carrier = FakeCarrier(self.clock)
        self.mail = Mailbox(self.clock)
        items = MemoryItems(self.store, T1)
        context = TenantContext(T1, region="US", caller_id="+15005550006")
        self.deps = Deps(context, self.clock, SeededIds(), items, self.carrier, self.mail, self.media)
        self.queue()
        self.deps.config.put(RoutingProfile(BILLERS, "Billers", (BILLING, SALES)))
        self.deps.config.put(Queue(SALES, "Sales"))

    # configuration and people

    def queue(self, **fields: Any) -> Queue:
        """The billing queue as the test wants it."""
        return self.deps.config.put(replace(BILLING_QUEUE, **fields))

    def agent(self, name: str = "ada", kind: EndpointKind = PHONE, **signing: Any) -> Agent:
        """An agent signs in."""
        reached = endpoint(name, kind)
        self.deps.config.put(AgentConfig(AgentId(name), name.title(), f"{name}@x.example", BILLERS, reached))
        return presence.sign_in(self.deps, AgentId(name), **signing)

    def enter(self, name: str, *, priority: int = 0, queue: QueueId = BILLING, **fields: Any) -> ContactId:
        """A customer calls and the flow sends the call to the queue; it does not wait yet."""
        sid = CallSid(f"CA_{name}")
        self.carrier.customer(sid)
        contact = replace(
            a_contact(), id=contact_id_for(T1, sid), version=0, call_sid=sid, started_at=self.clock.now(), **fields
        )
        stored = self.deps.contacts.start(contact, ())
        waiting.join_queue(self.deps, as_stored(stored), queue, priority=priority)
        return contact.id

    def caller(self, name: str = "carol", **fields: Any) -> ContactId:
        """A customer who waits in the queue (or is offered already)."""
        contact = self.enter(name, **fields)
        self.wait(contact)
        return contact

    def wait(self, contact: ContactId) -> WaitView:
        """The carrier asks what the caller hears."""
        return waiting.wait_requested(self.deps, contact, self.contact(contact).visits)

    # what is stored

    def contact(self, contact: ContactId) -> Contact:
        """As stored."""
        found = self.deps.contacts.get(contact)
        assert found is not None
        return found

    def presence(self, agent: str = "ada") -> Agent:
        """As stored."""
        found = self.deps.agents.get(AgentId(agent))
        assert found is not None
        return found

    def offer(self, contact: ContactId) -> Offer:
        """The live offer."""
        found = self.contact(contact).offer
        assert found is not None
        return found

    # what happens

    def deliver(self, *topics: Topic, only: Collection[Topic] = ()) -> None:
        """Hand over every message that is due, and what follows from them."""
        wanted = set(topics) | set(only)
        for _ in range(50):
            ready = self.mail.due()
            later = [m for m in ready if wanted and m.topic not in wanted]
            self.mail.pending += [(self.clock.now(), m) for m in later]
            now = [m for m in ready if m not in later]
            if not now:
                return
            for message in now:
                work.handle(self.deps, message)
        raise AssertionError(f"messages without end: {self.mail.topics()}")

    def ringing(self, contact: ContactId) -> Leg:
        """The worker rings the agent of the offer."""
        self.deliver(Topic.RING)
        sid = self.offer(contact).call_sid
        assert sid is not None
        return self.carrier.legs[sid]

    def answer(self, contact: ContactId, keys: str = "1") -> Document:
        """The agent's device answers and, a telephone, presses keys."""
        offer, leg = self.offer(contact), self.ringing(contact)
        leg.status = "in-progress"
        document = accept.leg_answered(self.deps, contact, offer.id, leg.sid)
        if offer.endpoint.kind is not BROWSER:
            document = accept.key_pressed(self.deps, contact, offer.id, leg.sid, keys)
        self.carrier.enter(leg.sid, document)
        return document

    def talk(self, name: str = "carol", agent: str = "ada", kind: EndpointKind = PHONE, **fields: Any) -> ContactId:
        """A conversation that has begun."""
        self.agent(agent, kind)
        contact = self.caller(name, **fields)
        self.answer(contact)
        self.report_room(contact, "conference-start")
        return contact

    def customer_leaves_room(self, contact: ContactId, visit: int) -> None:
        """The customer's stay in the room is over; what comes next in the flow is nobody's business here."""
        at, agents = leaving.leave_room(self.deps, contact, visit)
        at.commit(self.deps)
        for agent in agents:
            leaving.agent_moved(self.deps, agent)

    def report_room(self, contact: ContactId, event: str, sid: CallSid | None = None, offer: str = "") -> None:
        """A callback of the room of the present assignment (or of the offer named)."""
        work_ = self.contact(contact).assignment
        offer_id = OfferId(offer) if offer else (work_.offer_id if work_ else OfferId(""))
        room.room_reported(self.deps, contact, offer_id, event, sid)

    def report_leg(
        self, contact: ContactId, offer: OfferId, sid: CallSid, status: str, duration_s: float = 0.0
    ) -> None:
        """A status callback of an agent's leg."""
        room.leg_reported(self.deps, contact, offer, sid, status, duration_s)

    def customer_hangs_up(self, contact: ContactId, reason: str = "hangup") -> None:
        """The carrier reports the end of the customer's call."""
        sid = self.contact(contact).call_sid
        if sid in self.carrier.legs:
            self.carrier.end(sid)
        leaving.customer_left(self.deps, contact, reason)

    def beat(self, *agents: str) -> None:
        """Heartbeats of the present sessions."""
        for name in agents:
            presence.heartbeat(self.deps, AgentId(name), self.presence(name).session_id)

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        """What has been recorded, oldest first."""
        outboxes = [r.new.events for r in self.store.stream if r.new and r.new.events and _is_new(r)]
        told = [event for outbox in outboxes for event in decode_events(outbox)]
        return [e for e in told if not kind or e["type"] == kind]


def _is_new(record: Any) -> bool:
    return record.old is None or record.old.version != record.new.version


def offered(floor: Floor, end: OfferEnd = OfferEnd.DECLINED) -> Contact:
    """A contact whose offer has just ended that way, by the domain alone."""
    return transitions.offer_ended(a_contact(ContactState.OFFERED), end, floor.clock.now()).entity
