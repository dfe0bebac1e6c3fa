"""Appending to a tenant's audit trail, and checking that it was not tampered with."""

from dataclasses import dataclass
from itertools import islice

from offhook.domain.audit.chain import Act, Break, Entry, breaks
from offhook.stores.audit import AuditTrail
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

MOST_BREAKS = 100
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of a trail found. breaks: at most the first hundred."""

    entries: int
    hash: str
    intact: bool
    breaks: tuple[Break, ...]


def append(deps: Deps, act: Act) -> None:
    """Record an act that no commit tells of; raises what a commit raises."""
    trail = AuditTrail(deps.items, deps.tenant.id)
    again_on_conflict(lambda: deps.items.commit(*trail.appended(act)), ATTEMPTS)


def page(deps: Deps, before: int | None, limit: int) -> list[Entry]:
    """Entries below a number (None = from the newest), newest first."""
    trail = AuditTrail(deps.items, deps.tenant.id)
    return trail.before(trail.head().number + 1 if before is None else before, limit)


def verify(deps: Deps) -> Verification:
    """Read the whole trail and check every link."""
    trail = AuditTrail(deps.items, deps.tenant.id)
    head = trail.head()
    upto = (entry for entry in trail.all() if entry.number <= head.number)
    found = tuple(islice(breaks(upto, head), MOST_BREAKS))
    return Verification(head.number, head.hash, not found, found)
