"""Modules imported with their first use: what the first caller of a new process does not need, it does not wait for."""

from importlib import import_module
from typing import Any


class Lazy:
    """Stands for a module; the first attribute asked of it imports it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def lazily(package: str, *names: str) -> tuple[Lazy, ...]:
    """Modules of a package, none imported yet; type checkers are shown the imports (`if TYPE_CHECKING`)."""
    return tuple(Lazy(f"{package}.{name}") for name in names)
