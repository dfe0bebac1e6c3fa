"""A flow asks another system about the caller: what it says decides the way, whatever it does the call goes on."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from offhook.adapters.memory.http import MemorySender
from offhook.domain.ids import FlowId
from offhook.domain.integrations.connector import Connector
from offhook.domain.integrations.requests import Answered, Outbound
from offhook.stores.flows import Number
from offhook.usecases.ivr import drafts, publishing

from tests.world import checks
from tests.world.world import World, world

LINE, CALLER = "+14155550100", "+14155550999"
FLOW = {
    "languages": ["en-US"],
    "start": "ask",
    "nodes": {
        "ask": {"type": "data_dip", "connector": "crm", "found": "tier", "not_found": "stranger", "failed": "broken"},
        "tier": {
            "type": "branch",
            "variable": "crm_tier",
            "cases": [{"values": ["gold"], "next": "gold"}],
            "otherwise": "plain",
        },
        "gold": {"type": "say", "text": {"en-US": "Welcome back {crm_name}"}, "next": "end"},
        "plain": {"type": "say", "text": {"en-US": "Hello"}, "next": "end"},
        "stranger": {"type": "say", "text": {"en-US": "We have not met"}, "next": "end"},
        "broken": {"type": "say", "text": {"en-US": "Hello all the same"}, "next": "end"},
        "end": {"type": "hang_up"},
    },
}


@pytest.fixture
def made() -> Iterator[World]:
    with world(seed=4) as one:
        tenant = one.add_tenant("acme", LINE, agents=1)
        with one.within(tenant) as deps:
            crm = Connector("crm", 1, "CRM", "https://crm.example.com/people/{caller_number}?x={tier}", cache_s=60,
                            fields={"crm_name": "$.data[0].name", "crm_tier": "$.data[0].tier"})  # fmt: skip
            deps.config.put(crm)
            draft = drafts.create_draft(deps, drafts.FlowText("Ask", FLOW))
            publishing.publish(deps, FlowId(draft.id), draft.version, "somebody")
            deps.config.put(Number(LINE, FlowId(draft.id)))
        yield one


def call(made: World, answer: Callable[[Outbound], Answered], calls: int = 1) -> tuple[list[str], list[Outbound]]:
    """The nodes that the last call reached, and what the other system was asked."""
    made.aws.http = sender = MemorySender(answer=answer)
    for _ in range(calls):
        made.carrier.place_call(CALLER, LINE, "wait 10 s")
        made.run(20)
    (tenant,) = made.tenants
    contact = max(checks.contacts(made, tenant), key=lambda one: one.started_at)
    told = [e for e in checks.events(made, tenant) if e["contact_id"] == contact.id]
    return [e["node_id"] for e in told if e["type"] == "flow_node_reached"], sender.sent


def said(status: int, body: Any) -> Callable[[Outbound], Answered]:
    return lambda _: Answered(status, body=body if isinstance(body, bytes) else json.dumps(body).encode())


def test_what_the_other_system_says_decides_where_the_call_goes(made: World) -> None:
    nodes, asked = call(made, said(200, {"data": [{"name": "Ada", "tier": "gold"}]}))
    assert nodes == ["ask", "tier", "gold", "end"]
    assert [one.url for one in asked] == ["https://crm.example.com/people/%2B14155550999?x="]
    assert asked[0].timeout_s <= 3


@pytest.mark.parametrize(("status", "body", "way"), [
    (200, {"data": [{"name": "Bob", "tier": "tin"}]}, ["ask", "tier", "plain", "end"]),
    (404, {}, ["ask", "stranger", "end"]), (200, {"data": []}, ["ask", "stranger", "end"]),
    (200, {"data": {"0": 1}}, ["ask", "stranger", "end"]), (200, b"<html>", ["ask", "broken", "end"]),
    (200, b"[" * 20_000, ["ask", "broken", "end"]), (200, b"\xff\xfe", ["ask", "broken", "end"]),
    (500, {}, ["ask", "broken", "end"]), (302, {}, ["ask", "broken", "end"]), (0, {}, ["ask", "broken", "end"]),
])  # fmt: skip
def test_whatever_the_other_system_does_the_call_goes_on(made: World, status: int, body: Any, way: list[str]) -> None:
    nodes, _ = call(made, said(status, body))
    assert nodes == way
    assert made.carrier.notifications == []


def test_an_answer_is_remembered_for_as_long_as_the_connector_says(made: World) -> None:
    nodes, asked = call(made, said(200, {"data": [{"name": "Ada", "tier": "gold"}]}), calls=3)
    assert nodes == ["ask", "tier", "gold", "end"] and len(asked) == 1
    made.run(60)
    _, asked = call(made, said(404, {}))
    assert len(asked) == 1


def test_a_failure_is_not_remembered(made: World) -> None:
    _, asked = call(made, said(503, {}), calls=2)
    assert len(asked) == 2


def test_a_connector_that_is_gone_is_a_failure(made: World) -> None:
    (tenant,) = made.tenants
    with made.within(tenant) as deps:
        deps.config.delete(Connector, "crm")
    assert call(made, said(200, {}))[0] == ["ask", "broken", "end"]
