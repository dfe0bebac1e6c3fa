"""How far a tenant's ledger has come, and which plan its days were on."""

from dataclasses import replace
from datetime import date, timedelta

from offhook.domain.ids import MINUTE, Instant, day_of
from offhook.domain.storage import CommitConflict
from offhook.stores.ledger import Ledger, State
from offhook.usecases.deps import Deps

STEP = MINUTE


def note_progress(deps: Deps) -> None:
    """After a batch was booked: note the time, at most once a minute, and a plan that is new.

    A plan holds from the next day (UTC) on; the first one also before. Somebody else being faster is as good.
    """
    ledger = Ledger(deps.items, deps.tenant.id)
    state, version = ledger.state()
    after = advanced(state, deps.tenant.plan, deps.clock.now())
    if after != state:
        try:
            ledger.save_state(after, version)
        except CommitConflict:
            return


def advanced(state: State, plan: str, now: Instant) -> State:
    """The state now."""
    as_of = now if now - state.as_of >= STEP else state.as_of
    if state.plans and state.plans[-1][1] == plan:
        return replace(state, as_of=as_of)
    tomorrow = (date.fromisoformat(day_of(now)) + timedelta(days=1)).isoformat()
    earlier = tuple(one for one in state.plans if one[0] < tomorrow)
    begins = tomorrow if earlier else ""
    return State(now, (*earlier, (begins, plan)))
