"""One's own day: the figures and contacts of the agent who asks."""

from chalice.app import Response

from offhook.domain.tenants.permissions import Permission as P
from offhook.usecases.analytics.contacts import list_contacts
from offhook.usecases.analytics.reports import Report, standard_query
from offhook.web.analytics.queries import computed
from offhook.web.app import OffhookApp
from offhook.web.responses import ok


def routes(app: OffhookApp) -> None:
    """/me/report and /me/contacts."""

    @app.api("/me/report", permission=P.REPORTS_OWN)
    def my_report() -> Report:
        """The agents' report of nobody but oneself: ?from=&to=&grain=."""
        deps, me = app.deps(), app.identity().agent_id
        asked = {name: value for name, value in app.query().items() if name not in ("agent", "by")}
        query = standard_query("agents", deps.tenant, {**asked, "agent": me}, deps.clock.now())
        return computed(deps, "agents", query)

    @app.api("/me/contacts", permission=P.CONTACTS_OWN)
    def my_contacts() -> Response:
        """Closed contacts that one worked on last, newest first: ?from=&to=&limit=&cursor=."""
        cursors, query = app.cursors(), app.query()
        page = cursors.page(query)
        mine = {**query, "agent": app.identity().agent_id}
        found = list_contacts(app.deps(), mine, page.limit, page.after)
        return ok(cursors.answer(found.data, found.next_after))
