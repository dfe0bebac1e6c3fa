"""Files are small, say in one sentence what they own, and what is public in domain and use cases is described."""

import ast
from collections.abc import Iterator

from tests.unit.architecture.source import OURS, sources

MOST_LINES = 400
MEDIAN_LINES = 150
DESCRIBED = (
    *(f"layers/core/python/offhook/{layer}" for layer in ("domain", "usecases", "web", "stores")),
    "functions",
)
ALL = [one for one in sources(*OURS) if one.text.strip()]


def test_no_file_is_long_and_most_are_short() -> None:
    lengths = {one.shown: one.text.count("\n") for one in ALL}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= MEDIAN_LINES


def test_a_module_opens_with_one_sentence() -> None:
    openings = {one.shown: (ast.get_docstring(one.tree) or "").split("\n\n")[0] for one in ALL}
    assert [name for name, text in openings.items() if not text or "\n" in text or text[-1] not in ".:?`"] == []


def public(tree: ast.AST) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Classes, functions and methods that a reader of the module may use; not those inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def test_what_is_public_says_what_it_is() -> None:
    silent = [
        f"{one.shown} {node.name}"
        for one in sources(*DESCRIBED)
        for node in public(one.tree)
        if not ast.get_docstring(node) and not _is_setter(node)
    ]
    assert silent == []


def _is_setter(node: ast.ClassDef | ast.FunctionDef) -> bool:
    return any(isinstance(d, ast.Attribute) and d.attr == "setter" for d in node.decorator_list)


def test_nothing_is_left_for_later() -> None:
    left = ("TO" + "DO", "FIX" + "ME", "X" * 3 + ":", "pytest.mark." + "skip")
    assert [f"{one.shown} {word}" for one in ALL for word in left if word in one.text] == []


def test_an_ignored_type_error_has_its_code() -> None:
    ignored = "# type: " + "ignore"
    lines = ((one.shown, line) for one in ALL for line in one.text.splitlines())
    assert [where for where, line in lines if ignored in line and f"{ignored}[" not in line] == []
