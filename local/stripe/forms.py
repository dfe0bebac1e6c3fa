"""Stripe's form bodies: a[b][0][c]=v as nested values."""

import re
from typing import Any
from urllib.parse import parse_qsl

from local.stripe.errors import invalid

PARTS = re.compile(r"([^\[\]]+)|\[([^\[\]]*)\]")


def decode(body: str) -> dict[str, Any]:
    """The parameters of a body or query; all leaves are strings, lists are in their order."""
    root: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        path = [found[0] or found[1] for found in PARTS.findall(name)]
        at = root
        for part in path[:-1]:
            at = at.setdefault(part or str(len(at)), {})
            if not isinstance(at, dict):
                raise invalid(f"Invalid parameter: {name}", path[0])
        at[path[-1] or str(len(at))] = value
    return {name: _lists(value) for name, value in root.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(one) for key, one in value.items()}


def flag(value: Any) -> bool:
    """A truth value as it is sent."""
    return str(value).lower() == "true"


def whole(value: Any, param: str) -> int:
    """A whole number; raises for anything else."""
    try:
        return int(str(value))
    except ValueError:
        raise invalid(f"Invalid integer: {value}", param, "parameter_invalid_integer") from None
