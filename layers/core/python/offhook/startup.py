"""Makes starting cheaper without changing what the code means; the first import of the package (see bench/startup.py).

Up to Python 3.12 the decorator @dataclass compiles six functions of text for every class, and ours are many: a third
of a cold start. Here the methods that need no text of their own are closures over the field names instead; `__init__`
stays as it was. The collector, which walks everything that was ever imported again and again, comes less often.
"""

import dataclasses
import gc
import sys
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

OBJECTS_BETWEEN_COLLECTIONS = 50_000
LAST_COMPILING_VERSION = (3, 12)
_REPLACED = ("_frozen_get_del_attr", "_repr_fn", "_cmp_fn", "_hash_fn")

Fields = Sequence["dataclasses.Field[Any]"]
Method = Callable[..., Any]


def hasten() -> None:
    """Do both; again changes nothing. On a Python whose dataclasses are made another way, they are left alone."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    if sys.version_info[:2] <= LAST_COMPILING_VERSION and all(hasattr(dataclasses, name) for name in _REPLACED):
        for name, method in zip(_REPLACED, (_frozen, _repr, _compare, _hash), strict=True):
            setattr(dataclasses, name, method)


def _frozen(cls: Any, fields: Fields, _globals: object) -> tuple[Method, Method]:
    names = frozenset(field.name for field in fields)

    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__


def _repr(fields: Fields, _globals: object) -> Method:
    names = [field.name for field in fields]

    def __repr__(self: object) -> str:
        held = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({held})"

    return __repr__


def _compare(name: str, operator: str, own: str, _other: str, globals: object = None) -> Method:
    """The standard library hands over "(self.a,self.b,)"; the orders of an ordered class stay as they were."""
    if operator != "==":
        made: Method = _ORIGINAL_COMPARE(name, operator, own, _other, globals=globals)
        return made
    values = _values([part.removeprefix("self.") for part in own.strip("()").split(",") if part])

    def __eq__(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(fields: Fields, _globals: object) -> Method:
    values = _values([field.name for field in fields])

    def __hash__(self: object) -> int:
        return hash(values(self))

    return __hash__


def _values(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda held: tuple(getattr(held, name) for name in names)


_ORIGINAL_COMPARE: Method = getattr(dataclasses, "_cmp_fn", lambda *_, **__: None)

hasten()
