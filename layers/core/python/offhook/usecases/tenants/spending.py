"""The carrier's own alarm: a day costs more than a day should; told to whoever listens to the tenant's events."""

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256

from offhook.domain.storage import CommitConflict
from offhook.domain.tenant_events import SpendingNoticed
from offhook.stores.outbox import facts
from offhook.usecases.deps import Deps

LONGEST = 32


def noticed(deps: Deps, said: Mapping[str, str]) -> None:
    """One fact for each alarm, however often the carrier tells of it."""
    alarm = f"{said.get('UsageTriggerSid', '')} {said.get('IdempotencyToken') or said.get('DateFired', '')}"
    event = SpendingNoticed(
        at=deps.clock.now(),
        limit_usd=said.get("TriggerValue", "")[:LONGEST],
        spent_usd=said.get("CurrentValue", "")[:LONGEST],
    )
    fact_id = f"spending-{sha256(alarm.encode()).hexdigest()[:20]}"
    with suppress(CommitConflict):
        deps.items.commit(facts(deps.tenant.id, fact_id, [event], event.at))
