"""Usage to the provider: what the statements say is due, less what has arrived, once."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from offhook.domain.billing.port import BillingProvider, Reading, SubscriptionStatus
from offhook.domain.billing.usage import SentLog, arrived, decided, identifier, is_doubtful, lost, months
from offhook.domain.ids import DAY, month_of, start_of
from offhook.domain.metering.statement import METERS
from offhook.stores.billing import BillingStore
from offhook.usecases.deps import Deps
from offhook.usecases.metering import statement
from offhook.usecases.retry import again_on_conflict

BILLED = frozenset({SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE, SubscriptionStatus.TRIALING})


def send(deps: Deps, provider: BillingProvider) -> None:
    """Bring the provider up to date. What a statement said is due once, whatever it says later is set off."""
    store, this = BillingStore(deps.items, deps.tenant.id), month_of(deps.clock.now())
    live = store.account().live
    if live is None or live.status not in BILLED:
        return
    logs = [store.sent_log(meter, this) for meter in METERS]
    due = due_of(deps, months(min(log.first_month for log in logs), this))
    for log in logs:
        _bring_up(deps, provider, log.meter, due.get(log.meter, 0))


def due_of(deps: Deps, covered: Sequence[str]) -> dict[str, int]:
    """Cents by meter of these months together, as their statements have them now."""
    found: dict[str, int] = defaultdict(int)
    for month in covered:
        for line in statement.of(deps, month).lines:
            found[line.meter] += line.amount
    return dict(found)


def _bring_up(deps: Deps, provider: BillingProvider, meter: str, due: int) -> None:
    """Written down, sent, noted as arrived: after a crash between any two, the next day goes on from there."""
    again_on_conflict(partial(_settled, deps, provider, meter))
    log = again_on_conflict(partial(_decided, deps, meter, due))
    if log.pending is None:
        return
    customer = BillingStore(deps.items, deps.tenant.id).account().customer_id
    sent = log.pending
    provider.send(Reading(customer, meter, sent.value, sent.at, identifier(deps.tenant.id, meter, sent)))
    again_on_conflict(partial(_arrived, deps, meter, sent.rev))


def _settled(deps: Deps, provider: BillingProvider, meter: str) -> None:
    """A doubtful message is taken for arrived, or for lost, by what the provider has counted on its day."""
    store, log = _log(deps, meter)
    if log.pending is None or not is_doubtful(log, deps.clock.now()):
        return
    start = start_of(log.pending.day)
    there = provider.meter_total(store.account().customer_id, meter, start, start + DAY)
    store.save_log(arrived(log) if there >= log.on_day(log.pending.day) + log.pending.value else lost(log))


def _decided(deps: Deps, meter: str, due: int) -> SentLog:
    store, log = _log(deps, meter)
    live = store.account().live
    after = decided(log, due, live.period_start_at if live else 0, deps.clock.now())
    return store.save_log(after) if after != log or not log.version else log


def _arrived(deps: Deps, meter: str, rev: int) -> None:
    store, log = _log(deps, meter)
    if log.pending is not None and log.pending.rev == rev:
        store.save_log(arrived(log))


def _log(deps: Deps, meter: str) -> tuple[BillingStore, SentLog]:
    store = BillingStore(deps.items, deps.tenant.id)
    return store, store.sent_log(meter, month_of(deps.clock.now()))
