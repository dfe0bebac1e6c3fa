"""Every refusal names a fault that has a sentence, with just the values that its sentence says."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import msgspec
import pytest
from offhook.domain import errors
from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.faults import SENTENCES, said
from offhook.web.malformed import malformed
from offhook.web.responses import problem

ROOT = Path(__file__).parents[3]
CODE = [ROOT / "layers/core/python/offhook", ROOT / "functions"]
CLASS = re.compile(r"^class (\w+)\((\w+)\):", re.MULTILINE)
PASSED_ON = {"fault", "problem.code", "weak.fault"}
"""What stands for a fault that was named elsewhere, and is looked at there."""
CODED = re.compile(r"[a-z][a-z0-9_]*")


@cache
def sources() -> tuple[str, ...]:
    """Every file of the product that a request runs through."""
    return tuple(path.read_text("utf-8") for folder in CODE for path in sorted(folder.rglob("*.py")))


@cache
def refusals() -> frozenset[str]:
    """The names of the classes whose first argument is a fault."""
    found, size = {"Refusal"}, 0
    bases = dict(pair for source in sources() for pair in CLASS.findall(source))
    while size < len(found):
        size = len(found)
        found |= {name for name, base in bases.items() if base in found}
    return frozenset(found - {"CommitConflict", "QuotaReached"})  # what they are given is no fault


def raised() -> Iterator[tuple[str, set[str]]]:
    """Each fault that is spelled where it is raised, with the names of the values that are given with it."""
    for source in sources():
        if any(f"{name}(" in source for name in refusals()):
            yield from (_call(node) for node in ast.walk(ast.parse(source)) if _is_refusal(node))


def _is_refusal(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in refusals() and bool(node.args)


def _call(node: ast.AST) -> tuple[str, set[str]]:
    assert isinstance(node, ast.Call)
    first = node.args[0]
    if not isinstance(first, ast.Constant):
        return ast.unparse(first), set()
    return str(first.value), {str(word.arg) for word in node.keywords} - {"field"}


def test_what_is_raised_has_a_sentence_for_just_the_values_given() -> None:
    calls = [call for call in raised() if call[0] not in PASSED_ON]
    assert len(calls) > 200
    assert [(fault, given) for fault, given in calls if given != values_of(fault)] == []


def values_of(fault: str) -> set[str] | None:
    """The names in the fault's sentence; None: there is no such fault."""
    sentence = SENTENCES.get(fault)
    return None if sentence is None else {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_those_that_are_passed_on_have_sentences_too() -> None:
    """The names of the rules of surveys, calendars and bodies, which are raised somewhere else."""
    spelled = {fault: source for source in sources() for fault in re.findall(r'Problem\("(\w+)"', source)}
    of_surveys = {fault for fault, source in spelled.items() if "domain.surveys" in source}
    assert len(of_surveys) > 5
    assert [fault for fault in of_surveys if fault not in SENTENCES] == []


def test_every_sentence_is_said_somewhere() -> None:
    code = (source for source in sources() if "SENTENCES: Mapping" not in source)
    spelled = {word for source in code for word in re.findall(r'"([a-z][a-z0-9_]*)"', source)}
    assert [fault for fault in SENTENCES if fault not in spelled] == []


def test_codes_are_words_and_no_two_say_the_same() -> None:
    assert [fault for fault in SENTENCES if not CODED.fullmatch(fault)] == []
    assert len(set(SENTENCES.values())) == len(SENTENCES)


def test_a_sentence_is_said_with_its_values() -> None:
    assert said("value_between", {"least": 0.5, "most": 3.0}) == "This must be 0.5 to 3."
    assert said("not_one_of", {"known": ["a_b", "c"]}) == "One of a_b, c."
    assert said("connector_variable_written", {}) == "A variable is written {name}."


def test_a_problem_says_which_rule_was_broken_where() -> None:
    body = problem(InvalidInput("text_length", field="$.note", most=80)).body
    assert msgspec.json.decode(body)["errors"] == [
        {"field": "$.note", "code": "text_length", "params": {"most": 80}, "detail": "At most 80 characters."}
    ]


def test_a_rule_about_no_field_is_named_too_and_the_class_where_there_is_no_more_to_say() -> None:
    (in_use,) = msgspec.json.decode(problem(Conflict("calendar_in_use")).body)["errors"]
    assert ("field" in in_use, in_use["code"]) == (False, "calendar_in_use")
    (gone,) = msgspec.json.decode(problem(errors.CallerGone(field="$.to")).body)["errors"]
    assert gone["code"] == "caller_gone"
    assert "errors" not in msgspec.json.decode(problem(Conflict()).body)


class Given(msgspec.Struct, forbid_unknown_fields=True):
    """A body."""

    count: int


@pytest.mark.parametrize(
    ("body", "field", "fault", "params"),
    [
        ("{}", "$.count", "body_field_missing", {"name": "count"}),
        ('{"count": 1, "more": 2}', "$", "body_field_unknown", {"name": "more"}),
        ('{"count": "1"}', "$.count", "body_type", {"expected": "int", "got": "str"}),
        ("[]", "$", "body_type", {"expected": "object", "got": "array"}),
    ],
)
def test_a_body_of_another_type_is_refused_by_a_code(body: str, field: str, fault: str, params: object) -> None:
    with pytest.raises(msgspec.ValidationError) as bad:
        msgspec.json.decode(body, type=Given)
    refused = malformed(bad.value)
    assert (refused.field, refused.fault, refused.params) == (field, fault, params)
    assert refused.detail.startswith(str(bad.value).split(" - at")[0])
