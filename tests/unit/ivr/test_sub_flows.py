"""Sub-flows: called and left by what they return, in the version of the call's beginning, never round and round."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.domain.documents import EnterQueue
from offhook.domain.errors import FlowInvalid
from offhook.domain.ids import FlowId
from offhook.domain.ivr.flow import linked
from offhook.domain.ivr.inputs import Input, Keys, Returned, Started
from offhook.domain.ivr.interpreter import begin, step
from offhook.stores.flows import FlowDraft, parse_flow
from offhook.usecases.ivr import drafts, flow_tests, publishing
from offhook.usecases.ivr.leave_queue import queue_exited
from offhook.usecases.ivr.situation import flows_of

from tests.unit.ivr.test_interpreter_properties import FLOW as ANY_FLOW
from tests.unit.ivr.test_interpreter_properties import INPUT, STEERING
from tests.unit.ivr.worlds import Tenant, document, menu, queue, said, world

PAY = FlowId("f_pay")
PAYING: dict[str, dict[str, Any]] = {
    "start": menu("Pay by 1 card, 2 bank.", choices={"1": "paid", "2": "later", "3": "wait"}, timeout="bye"),
    "paid": {"type": "return", "result": "paid"},
    "later": {"type": "return"},
    "wait": queue("info", exits={"failed": "later"}),
}
CALLING: dict[str, dict[str, Any]] = {
    "start": {"type": "sub_flow", "flow": PAY, "next": "other", "exits": {"paid": "thanks"}},
    "thanks": {"type": "say", "text": {"en-US": "Thanks."}, "next": "bye"},
    "other": {"type": "say", "text": {"en-US": "Later then."}, "next": "bye"},
    "person": queue("billing"),
}


def published(tenant: Tenant, flow_id: FlowId, nodes: dict[str, Any], **frame: Any) -> None:
    text = json.dumps(document(nodes, **frame))
    found = tenant.deps.config.find(FlowDraft, flow_id)
    draft = FlowDraft(flow_id, "Paying", text, (found.version + 1) if found else 1, latest=found.latest if found else 0)
    flows_of(tenant.deps).publish(tenant.deps.config.put(draft), tenant.clock.now(), "u")


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    published(made, PAY, PAYING)
    made.publish(CALLING, person="person")
    return made


def test_a_flow_is_called_and_left_by_what_it_returns(tenant: Tenant) -> None:
    assert said(tenant.answer()) == "Pay by 1 card, 2 bank."
    assert tenant.contact.flow.node == "f_pay/start"
    assert said(tenant.press("1")) == "Thanks. Bye."
    assert tenant.contact.flow.stack == ()


def test_a_return_that_the_caller_does_not_name_leads_to_next(tenant: Tenant) -> None:
    tenant.answer()
    assert said(tenant.press("2")) == "Later then. Bye."


def test_zero_inside_leads_to_the_callers_person_and_never_back(tenant: Tenant) -> None:
    tenant.answer()
    (wait,) = tenant.press("0")
    assert isinstance(wait, EnterQueue)
    assert (tenant.contact.flow.node, tenant.contact.flow.stack) == ("person", ())


def test_a_queue_inside_is_left_inside(tenant: Tenant) -> None:
    from offhook.domain.routing.queues import Queue  # a second queue, of the sub-flow

    tenant.deps.config.put(Queue("info", "Info"))  # type: ignore[arg-type]  # an id
    tenant.answer()
    tenant.press("3")
    assert said(queue_exited(tenant.deps, tenant.contact_id, 1, "system-error")) == "Later then. Bye."


def test_a_call_keeps_the_version_of_the_sub_flow_that_it_began_on(tenant: Tenant) -> None:
    tenant.answer()
    published(tenant, PAY, {"start": {"type": "return", "result": "paid"}})
    assert said(tenant.press("9")).endswith("Pay by 1 card, 2 bank.")
    assert said(tenant.press("2")) == "Later then. Bye."


def test_a_sub_flow_that_is_not_published_is_apologised_for(tenant: Tenant) -> None:
    tenant.publish({"start": {"type": "sub_flow", "flow": "f_gone", "next": "bye"}})
    assert "something went wrong" in said(tenant.answer())


def test_flows_that_call_each_other_at_run_time_are_stopped(tenant: Tenant) -> None:
    again: dict[str, Any] = {"start": {"type": "sub_flow", "flow": PAY, "next": "bye"}}
    published(tenant, PAY, again)
    tenant.publish(again)
    assert "something went wrong" in said(tenant.answer())
    assert tenant.events().count("flow_failed") == 1


def test_a_return_of_a_calls_own_flow_says_goodbye(tenant: Tenant) -> None:
    tenant.publish({"start": {"type": "return"}})
    assert said(tenant.answer()) == "Thank you for your call. Goodbye."


def test_flows_in_a_circle_are_not_published(tenant: Tenant) -> None:
    back = {"start": menu(choices={"1": "again"}), "again": {"type": "sub_flow", "flow": "f_1", "next": "bye"}}
    current = tenant.deps.config.get(FlowDraft, PAY)
    changed = drafts.change_draft(tenant.deps, PAY, current.version, drafts.FlowText("Pay", document(back)))
    with pytest.raises(FlowInvalid) as refused:
        publishing.publish(tenant.deps, PAY, changed.version, "u")
    assert (refused.value.field, "flow_cycle" in refused.value.detail) == ("$.nodes.again.flow", True)


def test_scripted_tests_run_through_sub_flows(tenant: Tenant) -> None:
    steps = [{"path": ["start", "f_pay/start"]}, {"press": "1", "path": ["f_pay/paid", "thanks", "bye"]}]
    text = document(CALLING, person="person", tests=[{"name": "x", "steps": steps}])
    flow_id = drafts.create_draft(tenant.deps, drafts.FlowText("Main", text)).id
    run = flow_tests.run(tenant.deps, flow_id)
    assert run.passed, run.results[0].differences


@given(ANY_FLOW, ANY_FLOW, st.lists(INPUT, max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_two_flows_that_call_each_other_lead_on(one: Any, other: Any, inputs: list[Input]) -> None:
    flows = {name: parse_flow(json.dumps(text), FlowId(name), 1)[0] for name, text in (("f", one), ("s", other))}
    flow = linked(flows["f"], flows)
    taken = step(flow, begin(flow), Started(), world())
    for given_ in [*inputs, Keys("0"), Returned("failed")]:
        assert isinstance(taken.document[-1], STEERING) or taken.document
        taken = step(flow, taken.position, given_, world(language=taken.language))
