"""The designer's fields are those of the nodes: each is offered, with the node's own default and range."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
from offhook.domain.ivr.nodes import NODE_TYPES
from offhook.domain.ivr.problems import Known

KINDS = Path(__file__).resolve().parents[3] / "console/src/features/flows/kinds.ts"
SHARED = {"words": "text", "prompt": "prompt"}  # constants of that file, and the field that each is
BOUNDED = {"min_digits": {"max_digits": 32}, "min_s": {"max_s": 600}, "max_s": {"min_s": 0}}  # by other fields
NUMBER = re.compile(r"kind: 'number', name: '(\w+)', usual: ([\d.]+), min: ([\d.]+), max: ([\d.]+)")


def blocks() -> dict[str, str]:
    """Each kind of node as the designer has it."""
    declared = KINDS.read_text(encoding="utf-8").partition("const ALL")[2].partition("\n];")[0]
    text = re.sub(r"\s+", " ", declared)
    parts = re.split(r"\btype: '(\w+)', group:", text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def offered(block: str) -> set[str]:
    """The names of fields and ways out."""
    named = re.findall(r"name: '(\w+)'", block) + re.findall(r"(?:keyed|fixed)\('(\w+)'", block)
    exits = re.search(r"exits: \[([^\]]*)\]", block)
    whole = {SHARED[name] for name in SHARED if re.search(rf"fields: \[[^\]]*\b{name}\b", block)}
    cases = {"cases"} if "more: cases" in block else set[str]()
    return {*named, *re.findall(r"'(\w+)'", exits[1] if exits else ""), *whole, *cases}


def numbers() -> Iterator[tuple[str, str, float, float, float]]:
    for kind, block in blocks().items():
        for name, usual, least, most in NUMBER.findall(block):
            yield kind, name, float(usual), float(least), float(most)


@pytest.mark.parametrize("kind", NODE_TYPES)
def test_every_field_of_a_node_is_offered_and_no_other(kind: str) -> None:
    assert offered(blocks()[kind]) == {field.name for field in fields(NODE_TYPES[kind])}


@pytest.mark.parametrize(("kind", "name", "usual", "least", "most"), list(numbers()))
def test_a_number_has_the_nodes_default_and_range(
    kind: str, name: str, usual: float, least: float, most: float
) -> None:
    node = NODE_TYPES[kind]
    default = next(field.default for field in fields(node) if field.name == name)
    assert default is not MISSING and default == usual

    def refused(value: float) -> bool:
        given: dict[str, Any] = {**BOUNDED.get(name, {}), name: value}
        return any(problem.code == "out_of_range" for problem in node(**given).problems(Known()))

    step = 1 if isinstance(default, int) else 0.05
    tried = [least - step, least, usual, most, most + step]
    assert [refused(value) for value in tried] == [True, False, False, False, True]
