"""Whatever the document and whatever comes back: spoken words or a hang-up within bounds, and never an exception."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.adapters.carrier.twilio.twiml import MAX_BYTES, render
from offhook.domain.documents import DialNumber, EnterQueue, Gather, GoTo, HangUp, Record, Refuse
from offhook.domain.ids import FlowId
from offhook.domain.ivr.inputs import Input, Keys, Returned, Spoken, Started
from offhook.domain.ivr.interpreter import MAX_STEPS_PER_CALL, again, begin, step
from offhook.domain.ivr.nodes import NODE_TYPES
from offhook.domain.ivr.problems import Known
from offhook.domain.ivr.validator import validate
from offhook.stores.flows import parse_flow

from tests.unit.ivr.worlds import world

IDS = st.sampled_from(["a", "b", "c", "d", "", "gone", "!sorry", "!fallback"])
TEXT = st.text(max_size=12)
VARIANTS = st.dictionaries(
    st.sampled_from(["en-US", "zh-CN", "xx"]), TEXT | st.just("{customer_name}{x|y}"), max_size=2
)
PROMPTS = st.lists(st.fixed_dictionaries({}, optional={"say": VARIANTS, "play": VARIANTS}), max_size=2)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "text": VARIANTS,
    "audio": VARIANTS,
    "prompt": PROMPTS,
    "before": PROMPTS,
    "comfort": PROMPTS,
    "next": IDS,
    "choices": st.dictionaries(st.sampled_from(["0", "1", "12", "#", "x", ""]), IDS, max_size=3),
    "speech": st.dictionaries(
        st.sampled_from(["0", "1", "x"]),
        st.dictionaries(st.sampled_from(["en-US", "zh-CN"]), st.lists(TEXT, max_size=2), max_size=2),
        max_size=2,
    ),
    "min_confidence": st.floats(-1, 2),
    "refused": IDS,
    "flow": st.sampled_from(["f", "s", ""]),
    "result": st.sampled_from(["", "x", "connected"]),
    "block_anonymous": st.booleans(),
    "nuisance_calls": st.integers(-1, 25),
    "invalid": IDS,
    "timeout": IDS,
    "max_tries": st.integers(-1, 4),
    "max_digits": st.integers(-1, 40),
    "attribute": TEXT,
    "calendar": IDS,
    "open": IDS,
    "closed": IDS,
    "variable": st.sampled_from(["tier", "tags", "x", ""]),
    "cases": st.lists(
        st.fixed_dictionaries({"next": IDS}, optional={"values": st.lists(TEXT, max_size=2)}), max_size=2
    ),
    "otherwise": IDS,
    "attributes": st.dictionaries(TEXT, TEXT, max_size=2),
    "language": st.sampled_from(["", "zh-CN", "?"]),
    "queue": IDS,
    "exits": st.dictionaries(st.sampled_from(["connected", "failed", "overflow", "max_wait", "x"]), IDS, max_size=4),
    "priority": st.integers(-5, 5000),
    "number": st.sampled_from(["+15005550009", "{x}", "", "911"]),
    "answered": IDS,
    "busy": IDS,
    "survey": IDS,
    "connector": IDS,
    "found": IDS,
    "not_found": IDS,
}


def node_of(kind: str) -> st.SearchStrategy[Any]:
    """A node of the kind, with any of its fields; now and then a field of the wrong shape."""
    known = {name: FIELDS[name] for name in NODE_TYPES[kind].__dataclass_fields__ if name in FIELDS}  # type: ignore[attr-defined]  # dataclasses
    fields = st.fixed_dictionaries({"type": st.just(kind)}, optional=known)
    return fields | fields.map(lambda node: {**node, "next": 7})


NODE: st.SearchStrategy[Any] = st.sampled_from(sorted(NODE_TYPES)).flatmap(node_of) | st.sampled_from(
    [None, 1, {}, {"type": "?"}, {"type": []}]
)
FLOW = st.fixed_dictionaries(
    {"nodes": st.dictionaries(st.sampled_from("abcd"), NODE, max_size=4), "start": IDS},
    optional={
        "languages": st.lists(st.sampled_from(["en-US", "zh-CN"]), max_size=2),
        "person": IDS,
        "fallback_queue": st.sampled_from(["", "q"]),
        "name": st.text(max_size=3) | st.integers(),
    },
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
INPUT: st.SearchStrategy[Input] = (
    st.builds(Keys, st.sampled_from(["", "0", "1", "12", "#", "9999", "é"]) | TEXT)
    | st.builds(Returned, st.sampled_from(["connected", "failed", "max_wait", "busy", "nonsense"]))
    | st.builds(Spoken, TEXT, st.none() | st.floats(0, 1))
    | st.just(Started())
)
STEERING = (Gather, EnterQueue, DialNumber, GoTo, HangUp, Record, Refuse)


def walk(document: str | bytes, inputs: list[Input]) -> None:
    flow, _ = parse_flow(document, FlowId("f"), 1)
    validate(flow)
    taken = step(flow, begin(flow), Started(), world())
    for one in [*inputs, None]:
        assert isinstance(taken.document[-1], STEERING)
        assert taken.position.step <= MAX_STEPS_PER_CALL + 1
        rendered = render(taken.document, "https://api.example.com")
        assert len(rendered.encode()) <= MAX_BYTES
        assert again(flow, taken.position, world())[-1] is not None
        if one is not None:
            taken = step(flow, taken.position, one, world(language=taken.language))


@given(FLOW, st.lists(INPUT, max_size=8))
@settings(max_examples=250, deadline=None)
def test_any_flow_and_any_inputs_end_in_a_document_that_leads_on(document: dict[str, Any], inputs: list[Input]) -> None:
    walk(json.dumps(document), inputs)


@given(ANYTHING, st.lists(INPUT, max_size=3))
@settings(max_examples=100, deadline=None)
def test_any_json_is_a_flow_that_at_least_apologises(document: Any, inputs: list[Input]) -> None:
    walk(json.dumps(document), inputs)


@given(st.binary(max_size=40))
@settings(max_examples=50, deadline=None)
def test_what_is_not_json_is_reported_and_apologises(document: bytes) -> None:
    walk(document, [Keys("1")])


@given(FLOW, st.lists(INPUT, max_size=12))
@settings(max_examples=200, deadline=None)
def test_a_flow_that_validates_never_fails(document: dict[str, Any], inputs: list[Input]) -> None:
    flow, unreadable = parse_flow(json.dumps(document), FlowId("f"), 1)
    if unreadable or validate(flow, Known(calendars=frozenset())):
        return
    taken = step(flow, begin(flow), Started(), world())
    for one in inputs:
        assert not [event for event in taken.events if event.type == "flow_failed"]
        taken = step(flow, taken.position, one, world())
