"""What a tenant's usage costs it, and its budget."""

from typing import Any

from chalice.app import Response

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import ContactId
from offhook.domain.metering.budgets import Budget, check_budget
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.analytics.contacts import find_contact
from offhook.usecases.metering import statement
from offhook.usecases.metering.costs import ContactCharges, contact_charges, costs
from offhook.web.app import OffhookApp
from offhook.web.resources import parsed
from offhook.web.responses import ok

THE_BUDGET = "month"


def routes(app: OffhookApp) -> None:
    """/costs, /costs/contacts, /costs/statements, /budgets."""

    @app.api("/costs", permission=Permission.COSTS_READ)
    def show_costs() -> Response:
        """A month so far, what it will come to, and its parts: ?month=2026-01&by=day|feature|queue|service."""
        query = app.query()
        for name in sorted(set(query) - {"by", "month"}):
            raise InvalidInput("parameter_unknown", field=name)
        return ok(costs(app.deps(), query.get("month", ""), query.get("by", "day")))

    @app.api("/costs/contacts/{contact_id}", permission=Permission.COSTS_READ)
    def show_contact(contact_id: str) -> ContactCharges:
        """What one contact costs."""
        contact = find_contact(app.deps(), ContactId(contact_id))
        return contact_charges(app.deps(), contact.id)

    @app.api("/costs/statements/{month}", permission=Permission.COSTS_READ)
    def show_statement(month: str) -> statement.Statement:
        """The usage statement of a month: as closed, or as it is so far."""
        return statement.of(app.deps(), month)

    @app.api("/budgets", permission=Permission.COSTS_READ)
    def show_budget() -> Response:
        """The budget of every month."""
        found = app.deps().config.find(Budget, THE_BUDGET) or Budget()
        return ok(found, version=found.version)

    @app.api("/budgets", methods=["PUT"], permission=Permission.BUDGETS_WRITE)
    def set_budget() -> Response:
        """Set the amount that alerts refer to, the hard cap on outbound calls, messages and AI, and who is told."""
        store = app.deps().config
        given = parsed(Budget, app.body(dict[str, Any]), id=THE_BUDGET, version=app.expected_version())
        check_budget(given)
        return _kept(store.change(given) if given.version else store.create(given))


def _kept(budget: Budget) -> Response:
    return ok(budget, version=budget.version)
