"""A row of the matrix, and the places in it that hold an id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Route = tuple[str, str, str]  # area, method, path


@dataclass(frozen=True)
class Slot:
    """A place in a body that holds an id of this kind; `like` makes the text from the id."""

    kind: str
    like: str = "{}"


@dataclass(frozen=True)
class Row:
    """path, query, form: parameter to kind of id (a kind that is no kind of ids is sent as it is).

    body: JSON with slots. tagged: the change names a version.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    tagged: bool = False
