"""Each hour the end of a tenant's audit trail is signed and locked away, if the trail honestly continues the last one.

Because nothing is signed that contradicts what was signed before, the newest head vouches for all that is behind it.
"""

from collections.abc import Iterator

from offhook.domain.audit.chain import Entry, Head
from offhook.domain.audit.heads import ChainBroken, Notary, SignedHead, Vault, continued
from offhook.stores.audit import AuditTrail
from offhook.usecases.deps import Deps

AT_ONCE = 1000
NEWEST, SPREAD = 50, 50


def seal(deps: Deps, vault: Vault, notary: Notary) -> SignedHead | None:
    """Sign the end of the trail and lock it away; None when it is locked already.

    Raises ChainBroken when the trail is not what was signed of it, and StoreUnavailable.
    """
    trail = AuditTrail(deps.items, deps.tenant.id)
    head, noted = trail.ends()
    if head == noted:
        return None
    last = _last(vault, noted.number)
    known = _trusted(deps, last, notary)
    if not continued(known, _between(trail, known, head), head):
        raise ChainBroken(f"After entry {known.number} the trail is not what was signed of it.")
    if head != known:
        last = SignedHead(deps.tenant.id, head.number, head.hash, deps.clock.now())
        vault.keep(last.signed(notary.sign(last.statement)))
    trail.note_sealed(head)
    return last


def chosen(vault: Vault) -> list[SignedHead]:
    """Heads to check a trail against: the newest fifty, and about fifty of those before, ascending."""
    numbers: list[int] = []
    while page := vault.numbers(numbers[-1] if numbers else 0, AT_ONCE):
        numbers += page
    older, newest = numbers[:-NEWEST], numbers[-NEWEST:]
    picked = [*older[:: max(1, len(older) // SPREAD)], *newest]
    return [found for number in picked if (found := vault.find(number))]


def page(vault: Vault, after: int, limit: int) -> list[SignedHead]:
    """The heads beyond a number, ascending."""
    return [found for number in vault.numbers(after, limit) if (found := vault.find(number))]


def _last(vault: Vault, noted: int) -> SignedHead | None:
    """The newest head. noted: where the tenant's own items say it is; they may lie, so what follows is looked at."""
    number = _newest(vault, max(0, noted - 1)) or _newest(vault, 0)
    return vault.find(number) if number else None


def _newest(vault: Vault, after: int) -> int:
    newest = 0
    while numbers := vault.numbers(max(newest, after), AT_ONCE):
        newest = numbers[-1]
    return newest


def _trusted(deps: Deps, last: SignedHead | None, notary: Notary) -> Head:
    if last is None:
        return Head()
    if last.tenant != deps.tenant.id or not last.holds(notary.check):
        raise ChainBroken(f"The locked head {last.number} is not signed by our key.")
    return last.head


def _between(trail: AuditTrail, known: Head, head: Head) -> Iterator[Entry]:
    return (entry for entry in trail.all(known.number) if entry.number <= head.number)
