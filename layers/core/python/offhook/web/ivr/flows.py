"""Beside writing and publishing flows: tests, trial calls, statistics, who is let in, and known incidents."""

from typing import TYPE_CHECKING

from chalice.app import Response

from offhook.domain.ids import FlowId
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.responses import created, listed, no_content, ok
from offhook.web.written import Acts, Written

if TYPE_CHECKING:
    from offhook.domain.ivr.incident import Incident
    from offhook.usecases.ivr import archiving, drafts, flow_tests, incidents, screening, statistics, trials
else:
    archiving, drafts = lazily("offhook.usecases.ivr", "archiving", "drafts")
    flow_tests, incidents, screening = lazily("offhook.usecases.ivr", "flow_tests", "incidents", "screening")
    statistics, trials = lazily("offhook.usecases.ivr", "statistics", "trials")


def routes(app: OffhookApp) -> None:
    """Below /flows/{id}; /screening/numbers and /incidents."""
    _trials(app)
    _screening(app)
    _INCIDENTS.register(app)

    @app.api("/flows/{flow_id}/tests/run", methods=["POST"], permission=Permission.FLOWS_WRITE)
    def run_flow_tests(flow_id: str) -> Response:
        """How the tests that the draft carries go now; nothing is changed."""
        return ok(flow_tests.run(app.deps(), FlowId(flow_id)))

    @app.api("/flows/{flow_id}/archived", methods=["PUT"], permission=Permission.FLOWS_WRITE)
    def archive_flow(flow_id: str) -> Response:
        """Out of the lists, or in them again; 409 `flow_in_use` while a number or a published flow leads to it."""
        draft = archiving.archive(app.deps(), FlowId(flow_id), app.body(archiving.Archived).archived)
        return ok(drafts.summary(draft), version=draft.version)

    @app.api("/flows/{flow_id}/statistics", methods=["GET"], permission=Permission.FLOWS_READ)
    def show_flow_statistics(flow_id: str) -> Response:
        """Ways that calls which are over took through a version: ?version=, else the published one."""
        return ok(statistics.flow_statistics(app.deps(), FlowId(flow_id), app.query().get("version", "")))


def _trials(app: OffhookApp) -> None:
    @app.api("/flows/{flow_id}/trials", methods=["GET"], permission=Permission.FLOWS_READ)
    def list_trials(flow_id: str) -> Response:
        """Who may hear this draft now, and on which number."""
        return listed(trials.trials(app.deps(), FlowId(flow_id)))

    @app.api("/flows/{flow_id}/trials", methods=["POST"], permission=Permission.FLOWS_WRITE)
    def begin_trial(flow_id: str) -> Response:
        """For a quarter of an hour the caller hears the draft named by If-Match when dialling the number."""
        text, version = app.body(trials.TrialText), app.expected_version()

        def begin() -> Response:
            made = trials.begin_trial(app.deps(), FlowId(flow_id), version, text)
            return created(made, f"/v1/ivr/flows/{flow_id}/trials")

        return app.once(begin)

    @app.api("/flows/{flow_id}/trials", methods=["DELETE"], permission=Permission.FLOWS_WRITE)
    def end_trials(flow_id: str) -> Response:
        """What is published answers everybody again."""
        trials.end_trials(app.deps(), FlowId(flow_id))
        return no_content()


def _screening(app: OffhookApp) -> None:
    @app.api("/screening/numbers", methods=["GET"], permission=Permission.FLOWS_READ)
    def list_screened() -> Response:
        """Numbers on the block and allow lists."""
        return listed(screening.numbers(app.deps()))

    @app.api("/screening/numbers/{number}", methods=["PUT"], permission=Permission.FLOWS_WRITE)
    def screen_number(number: str) -> Response:
        """Block or allow a number; screen nodes of flows look here."""
        entry = screening.put(app.deps(), number, app.body(screening.ListingText))
        return ok(entry, version=entry.version)

    @app.api("/screening/numbers/{number}", methods=["DELETE"], permission=Permission.FLOWS_WRITE)
    def unscreen_number(number: str) -> Response:
        """Take it off the lists."""
        screening.remove(app.deps(), number)
        return no_content()


def _incident_acts() -> "Acts[Incident, incidents.IncidentText]":
    from offhook.domain.ivr.incident import Incident

    return Acts(Incident, incidents.IncidentText, incidents.post, incidents.change, incidents.withdraw)


INCIDENTS = {
    "list": "All that are posted, over or not.",
    "create": "Post one; it is spoken at the incident notices of flows.",
    "get": "One.",
    "change": "Say it anew; needs If-Match.",
    "delete": "It is over.",
}
_INCIDENTS = Written(
    "/incidents", "incident", Permission.ROUTING_READ, Permission.FLOWS_WRITE, _incident_acts, INCIDENTS
)
