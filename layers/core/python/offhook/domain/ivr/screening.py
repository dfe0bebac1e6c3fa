"""Who is not let in: numbers on the block list, callers without a number, and who calls again and again for seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.ids import MINUTE, Instant

BLOCK_LIST, ANONYMOUS, NUISANCE, PASSED = "block_list", "anonymous", "nuisance", "passed"
REMEMBERED = 20  # short calls of a number; more make no difference


class Listed(StrEnum):
    """The two lists; the allow list wins over everything."""

    BLOCK = "block"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class ScreenedNumber:
    """A number on one of the lists. id: E.164; until: None = for good."""

    id: str
    listed: Listed
    note: str = ""
    until: Instant | None = None
    version: int = 1

    def holds(self, now: Instant) -> bool:
        """Still on the list."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Screened:
    """What is known of a caller. short_calls: when calls ended that were hung up within seconds, latest last."""

    listed: Listed | None = None
    short_calls: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """nuisance_calls: this many short calls within nuisance_minutes are too many; 0 = any number is fine."""

    block_anonymous: bool = False
    nuisance_calls: int = 0
    nuisance_minutes: int = 10


def verdict(rules: Rules, number: str, screened: Screened, now: Instant) -> str:
    """Why the caller is refused; "passed" when nothing speaks against them."""
    if screened.listed is Listed.ALLOW:
        return PASSED
    if screened.listed is Listed.BLOCK:
        return BLOCK_LIST
    if not number:
        return ANONYMOUS if rules.block_anonymous else PASSED
    since = now - rules.nuisance_minutes * MINUTE
    short = sum(at > since for at in screened.short_calls)
    return NUISANCE if rules.nuisance_calls and short >= rules.nuisance_calls else PASSED


def remembered(calls: Iterable[Instant]) -> tuple[Instant, ...]:
    """The latest of them, in order."""
    return tuple(sorted(calls))[-REMEMBERED:]
