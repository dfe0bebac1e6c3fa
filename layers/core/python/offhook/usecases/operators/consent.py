"""Granting, withdrawing and using an owner's consent."""

from offhook.domain.ids import HOUR
from offhook.domain.operators.consent import OperatorAccess
from offhook.usecases.analytics.contacts import ContactSummary, summary
from offhook.usecases.deps import Deps

PAGE = 50


def present(deps: Deps) -> OperatorAccess:
    """The latest consent; one that never was has ended."""
    return deps.config.find(OperatorAccess, OperatorAccess().id) or OperatorAccess()


def grant(deps: Deps, hours: int, reason: str, by: str) -> OperatorAccess:
    """From now on, in place of any other."""
    until = deps.clock.now() + hours * HOUR
    return deps.config.put(OperatorAccess(until=until, reason=reason, granted_by=by))


def withdraw(deps: Deps) -> None:
    """From now on nobody looks."""
    deps.config.put(OperatorAccess())


def contacts_of_day(deps: Deps, day: str, after: str) -> tuple[list[ContactSummary], str | None]:
    """A page of the contacts of a UTC day, newest first, and where the next begins; raises NotConsented."""
    present(deps).require(deps.clock.now())
    found = deps.contacts.closed_on(day, after, PAGE)
    return [summary(contact) for _, contact in found], found[-1][0] if len(found) == PAGE else None
