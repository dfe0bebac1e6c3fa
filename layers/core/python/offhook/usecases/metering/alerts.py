"""Tells a tenant that its budget is reached, or will be: each threshold once a month, by mail."""

from dataclasses import dataclass, replace
from functools import partial

from offhook.domain.ids import Instant, day_of, month_of
from offhook.domain.mail.message import Mail, Mailer
from offhook.domain.metering.budgets import Budget, passed
from offhook.domain.metering.charges import charged
from offhook.domain.metering.forecast import Forecast, forecast
from offhook.stores.ledger import Alerts, Ledger
from offhook.usecases.deps import Deps
from offhook.usecases.metering.costs import dollars
from offhook.usecases.metering.months import book_of
from offhook.usecases.metering.statement import previous_month
from offhook.usecases.retry import again_on_conflict


@dataclass(frozen=True, slots=True)
class Standing:
    """The month so far and to come, in picos."""

    month: str
    used: int
    outlook: Forecast


def check_budget(deps: Deps, mailer: Mailer) -> tuple[str, ...]:
    """Note which thresholds were passed since the last time, then mail what is noted and not mailed yet.

    The note is committed first, so that a crash loses no mail; a crash between a mail and its note repeats that mail.
    Another month or another amount begins anew. Returns the alerts mailed.
    """
    budget = deps.config.find(Budget, "month")
    if budget is None or not budget.amount:
        return ()
    standing = _standing(deps, deps.clock.now())
    again_on_conflict(lambda: _note(deps, budget, standing))
    return _mail(deps, mailer, budget, standing)


def _standing(deps: Deps, now: Instant) -> Standing:
    ledger, month = Ledger(deps.items, deps.tenant.id), month_of(now)
    books, days = book_of(ledger.state()[0], deps.tenant.plan), ledger.sold(month)
    outlook = forecast({**ledger.sold(previous_month(now)), **days}, day_of(now), now, books)
    return Standing(month, charged(days, books).due_picos, outlook)


def _note(deps: Deps, budget: Budget, standing: Standing) -> None:
    ledger = Ledger(deps.items, deps.tenant.id)
    alerts, version = ledger.alerts()
    period = f"{standing.month} {budget.amount}"
    before = alerts if alerts.period == period else Alerts(period)
    reached = [one.name for one in passed(budget, standing.used, standing.outlook.expected)]
    fresh = tuple(name for name in reached if name not in (*before.waiting, *before.mailed))
    after = replace(before, waiting=(*before.waiting, *fresh))
    if after != alerts:
        ledger.save_alerts(after, version)


def _mail(deps: Deps, mailer: Mailer, budget: Budget, standing: Standing) -> tuple[str, ...]:
    ledger = Ledger(deps.items, deps.tenant.id)
    noted = ledger.alerts()[0].waiting
    for name in noted:
        for n, address in enumerate(budget.notify):
            mailer.send(_letter(deps, budget, standing, name, address, n))
        again_on_conflict(partial(_done, ledger, name))
    return noted


def _done(ledger: Ledger, name: str) -> None:
    alerts, version = ledger.alerts()
    if name in alerts.waiting:
        waiting = tuple(one for one in alerts.waiting if one != name)
        ledger.save_alerts(replace(alerts, waiting=waiting, mailed=(*alerts.mailed, name)), version)


def _letter(deps: Deps, budget: Budget, standing: Standing, name: str, to: str, number: int) -> Mail:
    basis, _, percent = name.partition("-")
    values = {
        "company": deps.tenant.name,
        "month": standing.month,
        "percent": percent,
        "budget": budget.amount,
        "used": _cents(standing.used),
        "expected": _cents(standing.outlook.expected),
        "currency": "USD",
    }
    mail_id = f"{deps.tenant.id}-budget-{standing.month}-{budget.amount}-{name}-{number}"
    return Mail(to, f"budget_{basis}", deps.tenant.language, mail_id, values)


def _cents(picos: int) -> str:
    return f"{float(dollars(picos)):.2f}"
