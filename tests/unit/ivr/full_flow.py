"""A flow with everything in it, and callers on their way through it."""

from dataclasses import replace
from typing import Any

import pytest
from offhook.domain.ids import AgentId, OfferId, ProfileId, QueueId
from offhook.domain.routing import transitions
from offhook.domain.routing.agent import Agent, AgentState, Endpoint, EndpointKind
from offhook.domain.routing.contact import Offer
from offhook.domain.routing.queues import Queue, RoutingProfile
from offhook.usecases.ivr.wait_in_queue import wait_in_queue

from tests.unit.ivr.worlds import SID, Tenant, menu, queue, transfer

FLOW: dict[str, dict[str, Any]] = {
    "start": {"type": "say", "text": {"en-US": "Hello {customer_name}."}, "next": "notice"},
    "notice": {"type": "recording_notice", "next": "menu"},
    "menu": menu("For billing press 1.", choices={"1": "queue", "2": "out"}, invalid="bye", timeout="bye"),
    "queue": queue(exits={"connected": "survey", "max_wait": "late"}),
    "late": {"type": "say", "text": {"en-US": "It took too long."}, "next": "bye"},
    "out": transfer(busy="menu"),
    "survey": {"type": "survey", "next": "bye"},
}


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    made.publish(FLOW)
    return made


def signed_in(tenant: Tenant) -> None:
    """An agent who is busy elsewhere: the queue is staffed, nobody is free."""
    deps = tenant.deps
    deps.config.put(RoutingProfile(ProfileId("p"), "P", (QueueId("billing"),)))
    agent = Agent(
        AgentId("a"), deps.tenant.id, 1, "Ann", AgentState.BUSY, tenant.clock.now(), ProfileId("p"),
        Endpoint(EndpointKind.BROWSER, "client:a"),
    )  # fmt: skip
    deps.items.commit(*deps.agents.writes(replace(agent, version=0), agent, ()))


def in_queue(tenant: Tenant) -> None:
    signed_in(tenant)
    tenant.answer()
    tenant.press("1")


def connected(tenant: Tenant) -> None:
    """The caller talks to an agent, by way of the transitions."""
    in_queue(tenant)
    wait_in_queue(tenant.deps, tenant.contact_id, 1)
    deps, contact, now = tenant.deps, tenant.contact, tenant.clock.now()
    endpoint = Endpoint(EndpointKind.BROWSER, "client:a")
    offer = Offer(OfferId("o"), AgentId("a"), now, now + 20_000, "longest idle", endpoint)
    billing = deps.config.get(Queue, "billing")
    offered = transitions.offer_made(contact, offer)
    accepted = transitions.offer_accepted(offered.entity, SID, now, billing)
    talking = transitions.talk_started(accepted.entity, now)
    deps.contacts.save(contact, talking.entity, (*offered.events, *accepted.events, *talking.events))
