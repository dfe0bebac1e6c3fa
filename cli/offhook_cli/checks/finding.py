"""What a look at one part comes to."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. says: what is wrong and what to do, or what is right."""

    what: str
    ok: bool
    says: str


class Wrong(Exception):
    """Something is wrong; the message says what, and what to do."""


Check = Callable[[], str]


def looked(name: str, check: Check) -> Finding:
    """What the check says; whatever else an account or a network answers is a finding too."""
    try:
        return Finding(name, True, check())
    except Wrong as wrong:
        return Finding(name, False, str(wrong))
    except Exception as trouble:
        return Finding(name, False, f"it could not be looked at ({type(trouble).__name__}: {_first_line(trouble)})")


def _first_line(trouble: Exception) -> str:
    return (str(trouble).splitlines() or [""])[0][:200]
