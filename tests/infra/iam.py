"""Decides as IAM documents it whether policies permit a request: denied unless a statement permits and none denies.

Only what our policies use is understood; an operator or a variable beyond that is an error, never a yes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Statement = Mapping[str, Any]
VARIABLE = re.compile(r"\$\{([^}]+)\}")
FIXED = {
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "000000000000",
    "AWS::URLSuffix": "amazonaws.com",
}


@dataclass(frozen=True)
class Request:
    """One request. context: condition key (in small letters) to its values; a key that is absent is absent."""

    action: str
    resource: str
    context: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def by(self, **tags: str) -> "Request":
        """The same request in a session with these tags."""
        tagged = {f"aws:principaltag/{name}": [value] for name, value in tags.items()}
        return Request(self.action, self.resource, {**self.context, **tagged})


def permitted(statements: Sequence[Statement], request: Request) -> bool:
    """The decision."""
    hits = [statement["Effect"] for statement in statements if _applies(statement, request)]
    return "Allow" in hits and "Deny" not in hits


def flat(value: Any, known: Mapping[str, str] = FIXED) -> Any:
    """A template's value with its references resolved: pseudo parameters as given, others by their name."""
    if isinstance(value, list):
        return [flat(one, known) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        return known.get(value["Ref"], value["Ref"])
    if set(value) == {"Fn::GetAtt"}:
        return ".".join(value["Fn::GetAtt"])
    if set(value) == {"Fn::Join"}:
        separator, parts = value["Fn::Join"]
        return separator.join(flat(parts, known))
    return {name: flat(one, known) for name, one in value.items()}


def _applies(statement: Statement, request: Request) -> bool:
    return (
        any(_like(pattern, request.action) for pattern in _list(statement["Action"]))
        and any(_like(_filled(pattern, request), request.resource) for pattern in _list(statement["Resource"]))
        and all(
            _holds(operator, key.lower(), _list(expected), request)
            for operator, tests in statement.get("Condition", {}).items()
            for key, expected in tests.items()
        )
    )


def _holds(operator: str, key: str, expected: list[str], request: Request) -> bool:
    values = request.context.get(key, ())
    if operator == "Null":
        return (not values) == (expected == ["true"])
    each, _, name = operator.rpartition(":")
    if each == "ForAllValues":
        return all(_matches(name, value, expected, request) for value in values)  # also when there is none
    if each:
        raise NotImplementedError(operator)
    return bool(values) and any(_matches(name, value, expected, request) for value in values)


def _matches(name: str, value: str, expected: list[str], request: Request) -> bool:
    patterns = [_filled(pattern, request) for pattern in expected]
    match name:
        case "StringEquals":
            return value in [pattern.replace("\0", "") for pattern in patterns]
        case "StringLike":
            return any(_like(pattern, value) for pattern in patterns)
        case "StringNotLike":
            return not any(_like(pattern, value) for pattern in patterns)
    raise NotImplementedError(name)


def _filled(pattern: str, request: Request) -> str:
    """The pattern with its variables; one without a value matches nothing. What a variable brings is no wildcard."""
    return VARIABLE.sub(lambda found: _literal(request.context.get(found[1].lower(), ["\1"])[0]), pattern)


def _literal(text: str) -> str:
    return re.sub(r"([*?])", "\0\\1", text)


def _like(pattern: str, text: str) -> bool:
    parts = re.findall(r"\0.|.", pattern, re.DOTALL)
    meaning = "".join({"*": ".*", "?": "."}.get(p) or re.escape(p.removeprefix("\0")) for p in parts)
    return re.fullmatch(meaning, text, re.DOTALL) is not None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
