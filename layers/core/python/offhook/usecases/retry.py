"""Trying again when somebody else was faster: load, decide and commit anew, a few times."""

from collections.abc import Callable
from typing import TypeVar

from offhook.domain.storage import CommitConflict

T = TypeVar("T")
ATTEMPTS = 6


def again_on_conflict(attempt: Callable[[], T], attempts: int = ATTEMPTS) -> T:
    """The result of `attempt`, which loads what it changes; raises CommitConflict when it lost every time."""
    for _ in range(attempts - 1):
        try:
            return attempt()
        except CommitConflict:
            continue
    return attempt()


def first_given(known: T | None, load: Callable[[], T | None]) -> Callable[[], T | None]:
    """A loader for an attempt that may be repeated: what is known already the first time, then as it is now."""
    left = [known] if known is not None else []
    return lambda: left.pop() if left else load()
