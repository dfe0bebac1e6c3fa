"""Requests drawn from the API's document: bodies that almost fit their schema, and fit it ever less."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Json = dict[str, Any]
TEXTS = st.sampled_from(["", " ", "x", "0", "-1", "é", "😀" * 90, "\0", "x" * 300, "2026-01-01", "+14155550100", "{x}"])
TEXT = TEXTS | st.text(max_size=12)
NUMBER = (
    st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0, -1, 2**63, 10**30, 1e308])
)
ANYTHING: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
STRANGE_IN_TEN = 2


@st.composite
def body(draw: DrawFn, schema: Json, components: Json) -> Any:
    """A value for the schema, with a tenth or so of its parts replaced by anything."""
    if draw(st.integers(0, 19)) == 0:
        return draw(ANYTHING)
    return draw(_value(schema, components, 0))


@st.composite
def _value(draw: DrawFn, schema: Json, components: Json, depth: int) -> Any:
    if depth > 6 or draw(st.integers(0, 19)) < STRANGE_IN_TEN:
        return draw(ANYTHING)
    if "$ref" in schema:
        schema = components["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        schema = draw(st.sampled_from(schema["anyOf"]))
        return draw(_value(schema, components, depth + 1))
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    return draw(_of_type(schema, components, depth))


def _of_type(schema: Json, components: Json, depth: int) -> SearchStrategy[Any]:
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, components, depth)
    if kind == "array":
        return st.lists(_value(schema.get("items") or {}, components, depth + 1), max_size=4)
    plain = {"string": TEXT, "integer": st.integers(-5, 10**13) | NUMBER, "number": NUMBER, "boolean": st.booleans()}
    return plain.get(str(kind), ANYTHING)


@st.composite
def _object(draw: DrawFn, schema: Json, components: Json, depth: int) -> Json:
    made: Json = {}
    required = set(schema.get("required", ()))
    for name, field in schema.get("properties", {}).items():
        if draw(st.integers(0, 19)) < (19 if name in required else 10):
            made[name] = draw(_value(field, components, depth + 1))
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        made |= draw(st.dictionaries(TEXT, _value(more, components, depth + 1), max_size=3))
    if draw(st.integers(0, 19)) == 0:
        made[draw(TEXT)] = draw(ANYTHING)
    return made
