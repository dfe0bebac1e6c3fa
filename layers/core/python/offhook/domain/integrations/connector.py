"""A connector: how another system is asked about a caller, and what of its answer a flow may use."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any
from urllib.parse import quote, urlsplit

from offhook.domain.errors import InvalidInput
from offhook.domain.integrations.addresses import Policy, target_of

LONGEST_S = 3.0
LONGEST_CACHE_S = 86_400
MOST_FIELDS = 20
LONGEST_VALUE = 256
DEEPEST = 10
METHODS = ("GET", "POST")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_RESERVED = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "cookie", "upgrade", "te", "trailer"}
)
_STEP = re.compile(r"\.([A-Za-z0-9_-]{1,64})|\[(\d{1,4})\]")
Step = str | int


@dataclass(frozen=True, slots=True)
class Connector:
    """url: https, with {variables} after the host; send: variables that a POST sends as a JSON object.

    headers: of the request, without secrets; secret_header: carries the secret named by secret ("" = there is none).
    fields: attribute to where its value is in the answer ($.data[0].name). cache_s: how long an answer is kept.
    """

    id: str
    version: int
    name: str
    url: str
    method: str = "GET"
    send: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    secret_header: str = ""
    secret: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = 2.0
    cache_s: int = 0


def check(connector: Connector, policy: Policy) -> None:
    """Raises InvalidInput, or AddressRefused, naming the field."""
    if not 1 <= len(connector.name.strip()) <= 80:
        raise InvalidInput("name_length", field="$.name", most=80)
    _check_url(connector.url, policy)
    if connector.method not in METHODS:
        raise InvalidInput("connector_method", field="$.method")
    for n, name in enumerate(connector.send):
        _require(bool(_NAME.fullmatch(name)), "connector_variable", f"$.send[{n}]")
    for name, value in connector.headers.items():
        _check_header(name, value)
    if connector.secret_header:
        _check_header(connector.secret_header, "", "$.secret_header")
    _require(0 < len(connector.fields) <= MOST_FIELDS, "connector_fields", "$.fields", most=MOST_FIELDS)
    for attribute, path in connector.fields.items():
        _require(bool(_NAME.fullmatch(attribute)), "connector_attribute", "$.fields")
        steps_of(path, "$.fields")
    _require(0.1 <= connector.timeout_s <= LONGEST_S, "value_seconds", "$.timeout_s", least=0.1, most=LONGEST_S)
    _require(0 <= connector.cache_s <= LONGEST_CACHE_S, "value_seconds", "$.cache_s", least=0, most=LONGEST_CACHE_S)


def url_for(connector: Connector, variables: Mapping[str, str]) -> str:
    """The address for a call; what a variable holds can be a part of the path or of a value, and nothing else."""
    return _filled(connector.url, {name: quote(value, safe="") for name, value in variables.items()})


def body_for(connector: Connector, variables: Mapping[str, str]) -> bytes:
    """What a POST sends; b"" for a GET."""
    if connector.method == "GET":
        return b""
    return json.dumps({name: variables.get(name, "") for name in connector.send}).encode()


def values_in(connector: Connector, answer: object) -> dict[str, str]:
    """The attributes that the answer has a plain value for; empty when there is none of them."""
    found = {name: _text(_at(answer, steps_of(path, "$.fields"))) for name, path in connector.fields.items()}
    return {name: value for name, value in found.items() if value}


def steps_of(path: str, field: str) -> tuple[Step, ...]:
    """The steps of a path such as $.data[0].name; raises InvalidInput."""
    steps: list[Step] = []
    place = 1
    while place < len(path):
        found = _STEP.match(path, place)
        if found is None:
            break
        steps.append(found[1] if found[1] is not None else int(found[2]))
        place = found.end()
    if not path.startswith("$") or place != len(path) or not 0 < len(steps) <= DEEPEST:
        raise InvalidInput("connector_path", field=field)
    return tuple(steps)


def _check_url(url: str, policy: Policy) -> None:
    try:
        parts = [(name, spec or how) for _, name, spec, how in Formatter().parse(url) if name is not None]
        names = [name for name, more in parts]
        plain = _filled(url, dict.fromkeys(names, "x"))
        fixed = "{" not in urlsplit(url).netloc and "{" not in urlsplit(url).scheme
    except (ValueError, KeyError, IndexError) as bad:
        raise InvalidInput("connector_variable_written", field="$.url") from bad
    _require(
        fixed and all(_NAME.fullmatch(name) and not more for name, more in parts),
        "connector_variable_place",
        "$.url",
    )
    target_of(plain, policy)


def _check_header(name: str, value: str, where: str = "$.headers") -> None:
    allowed = bool(_HEADER.fullmatch(name)) and name.lower() not in _RESERVED
    _require(allowed, "connector_header", where)
    _require(value.isprintable() and value.isascii() and len(value) <= 1024, "connector_header_value", where)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its variables, of which an unknown one is empty; attributes of values cannot be named."""
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        parts.append(text + (values.get(name, "") if name is not None else ""))
    return "".join(parts)


def _at(value: Any, steps: tuple[Step, ...]) -> Any:
    for step in steps:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _text(value: object) -> str:
    """A plain value as a flow uses it; yes and no for booleans, "" for what is not plain."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)[:LONGEST_VALUE] if isinstance(value, str | int | float) else ""


def _require(holds: bool, fault: str, field: str, **params: object) -> None:
    if not holds:
        raise InvalidInput(fault, field=field, **params)
