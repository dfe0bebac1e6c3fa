"""Appending to a tenant's audit trail, and checking that it was not tampered with."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from offhook.domain.audit.chain import Act, Break, Entry, breaks
from offhook.domain.audit.heads import Check, SignedHead, forgeries
from offhook.domain.ids import Instant
from offhook.stores.audit import AuditTrail
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

MOST_BREAKS = 100
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of a trail found. breaks: at most the first hundred.

    sealed, sealed_at: the last end that is signed and locked away: what lies behind it cannot be changed unseen.
    """

    entries: int
    hash: str
    intact: bool
    breaks: tuple[Break, ...]
    sealed: int = 0
    sealed_at: Instant = 0


def append(deps: Deps, act: Act) -> None:
    """Record an act that no commit tells of; raises what a commit raises."""
    trail = AuditTrail(deps.items, deps.tenant.id)
    again_on_conflict(lambda: deps.items.commit(*trail.appended(act)), ATTEMPTS)


def page(deps: Deps, before: int | None, limit: int) -> list[Entry]:
    """Entries below a number (None = from the newest), newest first."""
    trail = AuditTrail(deps.items, deps.tenant.id)
    return trail.before(trail.head().number + 1 if before is None else before, limit)


def verify(deps: Deps, seals: Sequence[SignedHead] = (), check: Check | None = None) -> Verification:
    """Read the whole trail; check every link, and every end that was locked away. check: our key's, for the latter."""
    trail = AuditTrail(deps.items, deps.tenant.id)
    head = trail.head()
    upto = (entry for entry in trail.all() if entry.number <= head.number)
    forged = list(forgeries(seals, deps.tenant.id, check)) if check else []
    true = [one for one in seals if one.number not in {forgery.number for forgery in forged}]
    found = tuple(islice(chain(forged, breaks(upto, head, [one.head for one in true])), MOST_BREAKS))
    last = max(true, key=lambda one: one.number, default=SignedHead(deps.tenant.id, 0, "", 0))
    return Verification(head.number, head.hash, not found, found, last.number, last.at)
