"""Numbers that only the carrier or only our books have, over all tenants, as the nightly round found them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from offhook.domain.ids import Instant, TenantId
from offhook.domain.numbers.line import Line, LineState
from offhook.usecases.deps import Deps
from offhook.usecases.numbers.reconcile import orphans
from offhook.usecases.pages import first_page

PASSED_OVER = 100  # tenants without any, for a page


@dataclass(frozen=True, slots=True)
class DriftedNumber:
    """drift: orphan, at the carrier and nobody's here; missing, in the books and not at the carrier.

    since: when the nightly round first found it so.
    """

    tenant_id: TenantId
    number: str
    number_sid: str
    drift: str
    since: Instant


def drifted(deps: Deps) -> list[DriftedNumber]:
    """One tenant's, by number."""
    lines = [line for line in deps.config.list(Line) if line.state is LineState.MISSING]
    found = [DriftedNumber(deps.tenant.id, one.id, one.sid, "orphan", one.seen_at) for one in orphans(deps)]
    found += [DriftedNumber(deps.tenant.id, one.id, one.sid, "missing", one.since) for one in lines]
    return sorted(found, key=lambda one: one.number)


def page_of(
    tenants: Iterable[TenantId], look: Callable[[TenantId], list[DriftedNumber]], after: str, limit: int
) -> tuple[list[DriftedNumber], str | None]:
    """Those of all tenants, and where the next page begins. tenants: all, by id; look: what `drifted` says of one."""
    return first_page(_beyond(tenants, look, after), limit, limit + PASSED_OVER)


def _beyond(
    tenants: Iterable[TenantId], look: Callable[[TenantId], list[DriftedNumber]], after: str
) -> Iterator[tuple[str, DriftedNumber | None]]:
    last, _, number = after.partition(" ")
    for tenant in tenants:
        if tenant > last or (tenant == last and number):
            seen = number if tenant == last else ""
            yield from ((f"{tenant} {one.number}", one) for one in look(tenant) if one.number > seen)
            yield tenant, None
