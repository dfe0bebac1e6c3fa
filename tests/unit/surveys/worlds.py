"""A tenant with a survey, a queue that uses it, and a contact whose agent has left."""

import json
from dataclasses import replace
from typing import Any

from offhook.adapters.memory.clock import NOON, FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.domain.ids import AgentId, CallSid, ContactId, FlowId, OfferId, QueueId, SurveyId, TenantId
from offhook.domain.routing.agent import EndpointKind
from offhook.domain.routing.contact import Assignment, Contact, ContactState, FlowPosition
from offhook.domain.routing.queues import Queue
from offhook.domain.surveys.question import End, Question
from offhook.domain.surveys.survey import Survey
from offhook.domain.tenants.context import TenantContext
from offhook.stores.flows import FlowDraft, Flows
from offhook.usecases.deps import Deps

TENANT = TenantId("t_a")
CONTACT = ContactId("c_1")
AGENT = AgentId("a_1")
BILLING = QueueId("billing")
UNUSED: Any = None  # a carrier and a bucket, which surveys never touch

BYE = {"type": "hang_up", "prompt": [{"say": {"en-US": "Bye."}}]}
FLOW = {
    "languages": ["en-US"],
    "start": "survey",
    "nodes": {"survey": {"type": "survey", "next": "bye"}, "bye": BYE},
}

SATISFIED = Question(
    "satisfied",
    "csat",
    {"en-US": "Press 1 for very satisfied up to 4 for dissatisfied.", "zh-CN": "非常满意请按1，不满意请按4。"},
    1,
    4,
    End.LOW,
)
RESOLVED = Question("resolved", "resolved", {"en-US": "Solved? Press 1 for yes, 2 for no."}, 1, 2, End.LOW)
RECOMMEND = Question("recommend", "nps", {"en-US": "Would you recommend us, from 0 to 9?"}, 0, 9)
SURVEY = Survey(SurveyId("su_1"), "After the call", questions=(SATISFIED, RESOLVED, RECOMMEND))


def world(survey: Survey = SURVEY, store: MemoryStore | None = None, tenant: TenantId = TENANT) -> Deps:
    items = MemoryItems(store or MemoryStore(), tenant)
    deps = Deps(TenantContext(tenant, region="US"), FrozenClock(), SeededIds(), items, UNUSED, MemoryOutgoing(), UNUSED)
    deps.config.put(survey)
    deps.config.put(Queue(BILLING, "Billing", survey_id=survey.id))
    draft = FlowDraft(FlowId("f"), "Main", json.dumps(FLOW), 1)
    Flows(items, tenant).publish(deps.config.put(draft), NOON, "u_1")
    return deps


def served_contact(**changes: Any) -> Contact:
    contact = Contact(
        CONTACT,
        TENANT,
        1,
        ContactState.IN_FLOW,
        NOON - 300_000,
        CallSid("CA1"),
        "+15005550001",
        "+15005550006",
        "en-US",
        FlowPosition(FlowId("f"), 1, "survey", step=7),
        assignment=Assignment(
            AGENT, OfferId("o_1"), BILLING, 1, CallSid("CA2"), EndpointKind.BROWSER, NOON - 200_000, talk_ended_at=NOON
        ),
    )
    return replace(contact, **changes)
