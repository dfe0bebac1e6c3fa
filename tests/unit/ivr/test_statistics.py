"""Key-path statistics: sums over ended calls, equal to a replay of all events, however often they are told."""

import random
from collections import Counter, defaultdict
from typing import Any

import pytest
from offhook.domain.analytics.changes import ItemChange
from offhook.domain.errors import NotFound
from offhook.domain.events import FlowNodeReached
from offhook.domain.ids import CallSid, contact_id_for
from offhook.domain.ivr.inputs import Keys, Spoken
from offhook.domain.ivr.passages import MOST, passed_with, statistics
from offhook.domain.routing.contact import ContactState
from offhook.stores.codec import decode_events
from offhook.usecases.analytics.count import count
from offhook.usecases.ivr.answer_call import IncomingCall, answer_call
from offhook.usecases.ivr.end_call import end_reported
from offhook.usecases.ivr.statistics import VersionStatistics, flow_statistics
from offhook.usecases.ivr.take_step import take_step

from tests.unit.ivr.worlds import CALLED, FLOW, Tenant, menu

CALLS = 30
NODES: dict[str, dict[str, Any]] = {
    "start": {"type": "say", "text": {"en-US": "Hi."}, "next": "menu"},
    "menu": menu(
        choices={"1": "order", "2": "start", "3": "lost"}, speech={"1": {"en-US": ["order"]}}, invalid="bye"
    ),
    "order": {
        "type": "collect", "prompt": [{"say": {"en-US": "Number?"}}], "attribute": "order", "next": "menu",
        "invalid": "bye", "timeout": "bye",
    },
    "lost": {"type": "say", "text": {"en-US": "x"}, "next": "nowhere"},
}  # fmt: skip
GIVEN = (Keys("1"), Keys("2"), Keys("3"), Keys("9"), Keys(""), Spoken("my order", 0.9), Spoken("my order", 0.1))


def called(tenant: Tenant, chance: random.Random, n: int) -> None:
    """One caller, who presses at random and hangs up somewhere."""
    call = IncomingCall(CallSid(f"CA{n:032d}"), f"+1415555{n:04d}", CALLED)
    contact_id = contact_id_for(tenant.deps.tenant.id, call.sid)
    answer_call(tenant.deps, call)
    for _ in range(chance.randint(0, 8)):
        contact = tenant.deps.contacts.get(contact_id)
        assert contact is not None
        if contact.state is ContactState.IN_FLOW:
            take_step(tenant.deps, contact_id, contact.flow.step, chance.choice(GIVEN))
    end_reported(tenant.deps, call)


def told(tenant: Tenant, chance: random.Random) -> None:
    """The stream in batches, some of them twice."""
    changes = [
        ItemChange(record.old, record.new, str(n))
        for n, record in enumerate(tenant.store.stream)
        if record.new is not None and "#CONTACT#" in record.new.key.pk
    ]
    while changes:
        batch, changes = changes[: chance.randint(1, 9)], changes
        changes = changes[len(batch) :]
        for _ in range(chance.choice((1, 1, 2))):
            count(tenant.deps, batch)


def replayed(tenant: Tenant) -> dict[str, tuple[int, int, dict[str, int], dict[str, int], dict[str, int]]]:
    """entered, left, exits, choices, missed of each node, from the events alone."""
    entered, left = Counter[str](), Counter[str]()
    exits: dict[str, Counter[str]] = defaultdict(Counter)
    choices: dict[str, Counter[str]] = defaultdict(Counter)
    missed: dict[str, Counter[str]] = defaultdict(Counter)
    at: dict[str, str] = {}
    for record in tenant.store.stream:
        for event in decode_events(record.new.events) if record.new and record.new.events else []:
            here, node = at.get(event["contact_id"], ""), event.get("node_id", "")
            if event["type"] == "flow_node_reached":
                entered[node] += 1
                exits[here][node] += bool(here)
                at[event["contact_id"]] = node
            elif event["type"] == "key_pressed" and event["outcome"] in ("matched", "collected"):
                choices[node][event["keys"] if event["outcome"] == "matched" else "collected"] += 1
            elif event["type"] in ("key_pressed", "flow_failed"):
                missed[node][event.get("outcome", "failed")] += 1
            elif event["type"] == "contact_ended":
                left[here] += 1
    return {
        node: (entered[node], left[node], dict(+exits[node]), dict(choices[node]), dict(missed[node]))
        for node in {*entered, *choices, *missed}
    }


def shown(found: VersionStatistics) -> dict[str, Any]:
    return {
        n.node: (n.entered, n.left, dict(n.exits), dict(Counter(n.keys) + Counter(n.spoken)), dict(n.missed))
        for n in found.nodes
    }


@pytest.mark.parametrize("seed", range(2))
def test_the_statistics_are_what_a_replay_of_the_events_gives(seed: int) -> None:
    tenant, chance = Tenant(), random.Random(seed)
    tenant.publish(NODES)
    for n in range(CALLS):
        called(tenant, chance, n)
    told(tenant, chance)
    found = flow_statistics(tenant.deps, FLOW)
    assert found.calls == CALLS
    assert shown(found) == replayed(tenant)
    assert found.nodes and sum(node.left for node in found.nodes) == CALLS


def test_a_version_without_calls_has_empty_statistics_and_one_that_is_not_there_none() -> None:
    tenant = Tenant()
    tenant.publish(NODES)
    assert flow_statistics(tenant.deps, FLOW, "1").nodes == ()
    with pytest.raises(NotFound):
        flow_statistics(tenant.deps, FLOW, "2")


def test_what_one_call_adds_is_bounded() -> None:
    events = [
        FlowNodeReached(at=0, contact_id="c", flow_id="f", node_id=f"n{n}", node_type="say") for n in range(2 * MOST)
    ]
    passed = passed_with({}, "", events)
    assert len(passed) == MOST
    assert statistics(passed)[0].entered == 1
