"""Builders: flow documents, a tenant with queues and flows in memory, calls that walk through them."""

import json
from dataclasses import dataclass, field
from typing import Any, cast

from offhook.adapters.memory.clock import NOON, FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.domain.documents import Document, Gather, Say
from offhook.domain.ids import CallSid, ContactId, FlowId, QueueId, TenantId, contact_id_for
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.inputs import Input, Keys
from offhook.domain.ivr.world import World
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.queues import Queue
from offhook.domain.tenants.context import TenantContext
from offhook.stores.codec import decode_events
from offhook.stores.flows import FlowDraft, Number, parse_flow
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.answer_call import IncomingCall, answer_call
from offhook.usecases.ivr.situation import flows_of
from offhook.usecases.ivr.take_step import take_step

Nodes = dict[str, dict[str, Any]]
UNUSED = cast(Any, None)
CALLED, CALLER, FLOW = "+15005550006", "+14155550123", FlowId("f_1")
SID = CallSid("CA" + "1" * 32)
BYE: dict[str, Any] = {"type": "hang_up", "prompt": [{"say": {"en-US": "Bye."}}]}


def document(nodes: Nodes, start: str = "start", **frame: Any) -> dict[str, Any]:
    """A flow document; `bye` hangs up."""
    return {"languages": ["en-US"], "start": start, "nodes": {**nodes, "bye": BYE}, **frame}


def flow(nodes: Nodes, **frame: Any) -> Flow:
    """The same, read."""
    return parse_flow(json.dumps(document(nodes, **frame)), FLOW, 1)[0]


def words(text: str) -> list[dict[str, Any]]:
    """A prompt in English."""
    return [{"say": {"en-US": text}}]


def menu(text: str = "Choose.", **fields: Any) -> dict[str, Any]:
    """1 leads to bye."""
    base = {"type": "menu", "prompt": words(text), "choices": {"1": "bye"}, "invalid": "bye", "timeout": "bye"}
    return {**base, **fields}


def queue(name: str = "billing", **fields: Any) -> dict[str, Any]:
    """A queue all of whose exits lead to bye."""
    exits = {"connected": "bye", "overflow": "bye", "failed": "bye", **fields.pop("exits", {})}
    return {"type": "queue", "queue": name, "exits": exits, **fields}


def transfer(number: str = "+15005550009", **fields: Any) -> dict[str, Any]:
    """A transfer all of whose exits lead to bye."""
    exits = dict.fromkeys(("answered", "busy", "no_answer", "failed"), "bye")
    return {"type": "transfer", "number": number, **exits, **fields}


def world(**fields: Any) -> World:
    """Monday noon, UTC."""
    return World(**{"now": NOON, "contact_id": ContactId("c_1"), **fields})


def said(doc: Document) -> str:
    """Everything that is spoken, in order."""
    spoken: list[str] = []
    for verb in doc:
        if isinstance(verb, Say):
            spoken.append(verb.text)
        elif isinstance(verb, Gather):
            spoken += [prompt.text for prompt in verb.prompts if isinstance(prompt, Say)]
    return " ".join(spoken)


@dataclass
class Tenant:
    """One tenant with a billing queue; calls reach it at CALLED."""

    name: str = "t_one"
    store: MemoryStore = field(default_factory=MemoryStore)
    clock: FrozenClock = field(default_factory=FrozenClock)
    outgoing: MemoryOutgoing = field(default_factory=MemoryOutgoing)

    def __post_init__(self) -> None:
        tenant = TenantId(self.name)
        items = MemoryItems(self.store, tenant)
        context = TenantContext(tenant, region="US")
        self.deps = Deps(context, self.clock, SeededIds(), items, UNUSED, self.outgoing, UNUSED)
        self.deps.config.put(Queue(QueueId("billing"), "Billing", music_url="/music.mp3"))

    def publish(self, nodes: Nodes, **frame: Any) -> None:
        """Publish without validation and answer CALLED with it."""
        found = self.deps.config.find(FlowDraft, FLOW)
        text = json.dumps(document(nodes, **frame))
        draft = FlowDraft(FLOW, "Main", text, found.version + 1 if found else 1, latest=found.latest if found else 0)
        flows_of(self.deps).publish(self.deps.config.put(draft), self.clock.now(), "u_1")
        self.deps.config.put(Number(CALLED, FLOW))

    def answer(self, caller: str = CALLER, called: str = CALLED) -> Document:
        """The call's first webhook."""
        return answer_call(self.deps, IncomingCall(SID, caller, called))

    def press(self, digits: str, step: int | None = None) -> Document:
        """Keys for the present document, or for an earlier one."""
        return self.give(Keys(digits), step)

    def give(self, given: Input, step: int | None = None) -> Document:
        """Anything that comes back to the flow."""
        return take_step(self.deps, self.contact_id, self.contact.flow.step if step is None else step, given)

    @property
    def contact_id(self) -> ContactId:
        """The contact of the call."""
        return contact_id_for(self.deps.tenant.id, SID)

    @property
    def contact(self) -> Contact:
        """As stored."""
        found = self.deps.contacts.get(self.contact_id)
        assert found is not None
        return found

    def events(self) -> list[str]:
        """The types of all events committed, in order, read from the stream."""
        facts: list[str] = []
        for record in self.store.stream:
            if record.new is not None and record.new.events:
                facts += [fact["type"] for fact in decode_events(record.new.events)]
        return facts
