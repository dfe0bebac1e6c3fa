"""One's own day: the figures and contacts of the agent who asks."""

from dataclasses import replace

from chalice.app import Response

from offhook.domain.analytics.intervals import Grain
from offhook.domain.analytics.report import ReportQuery
from offhook.domain.ids import MINUTE
from offhook.domain.tenants.permissions import Permission as P
from offhook.usecases.analytics.contacts import list_contacts
from offhook.usecases.analytics.reports import Report, of_agent, standard_query
from offhook.usecases.deps import Deps
from offhook.web.analytics.queries import computed
from offhook.web.app import OffhookApp
from offhook.web.responses import ok
from offhook.wiring.lake import reports_kept

BEHIND_MS = 2 * MINUTE
KEPT_MOST = 64


def routes(app: OffhookApp) -> None:
    """/me/report and /me/contacts."""

    @app.api("/me/report", permission=P.REPORTS_OWN)
    def my_report() -> Report:
        """The agents' report of nobody but oneself, at most two minutes behind: ?from=&to=&grain=."""
        deps, me = app.deps(), app.identity().agent_id
        asked = {name: value for name, value in app.query().items() if name not in ("agent", "by")}
        query = standard_query("agents", deps.tenant, asked, deps.clock.now())
        if query.grain is Grain.WHOLE and not query.filters:
            return of_agent(_of_everybody(deps, query), me)
        return computed(deps, "agents", replace(query, filters={**query.filters, "agent": (me,)}))

    @app.api("/me/contacts", permission=P.CONTACTS_OWN)
    def my_contacts() -> Response:
        """Closed contacts that one worked on last, newest first: ?from=&to=&limit=&cursor=."""
        cursors, query = app.cursors(), app.query()
        page = cursors.page(query)
        mine = {**query, "agent": app.identity().agent_id}
        found = list_contacts(app.deps(), mine, page.limit, page.after)
        return ok(cursors.answer(found.data, found.next_after))


def _of_everybody(deps: Deps, query: ReportQuery) -> Report:
    """The report of all agents: every desk asks each two minutes, and one query answers them all."""
    moment, kept = deps.clock.now() // BEHIND_MS, reports_kept()
    key = (deps.tenant.id, query.start, query.end, query.zone.key, moment)
    if key not in kept:
        while len(kept) >= KEPT_MOST:
            kept.pop(next(iter(kept)))
        kept[key] = computed(deps, "agents", query)
    return kept[key]
