"""Reports as they are asked for: as many bytes a day as the plan allows, and booked on the tenant."""

from contextlib import suppress
from functools import partial

from offhook import wiring
from offhook.domain.analytics.report import ReportQuery
from offhook.domain.errors import OffhookError, StoreUnavailable
from offhook.domain.storage import CommitConflict
from offhook.domain.tenants.rates import Pace
from offhook.usecases.analytics.compile_report import compile_report
from offhook.usecases.analytics.reports import Report, query_usage, run_report
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import pace
from offhook.web.observability import quietly
from offhook.wiring.lake import lake


class ReportsAtLimit(OffhookError):
    """Reports have read as many bytes within a day as the plan allows; some of it is free again each minute."""

    code = "reports_at_limit"
    status = 429


def computed(deps: Deps, name: str, query: ReportQuery) -> Report:
    """The report; raises ReportsAtLimit, and what Lake.run raises. What it read is counted when it is known."""
    sql = compile_report(query, deps.tenant.id)  # what cannot be asked takes nothing of the limit
    if not _may(deps):
        raise ReportsAtLimit()
    report = run_report(name, query, sql, lake())
    if report.bytes_scanned:
        quietly(partial(pace.used, deps, Pace.ATHENA_BYTES, report.bytes_scanned))
    usage = query_usage(report, deps.tenant.id, deps.clock.now())
    quietly(lambda: wiring.event_stream().put([usage]))
    return report


def _may(deps: Deps) -> bool:
    """A store that does not answer limits nobody."""
    with suppress(CommitConflict, StoreUnavailable):
        return pace.may(deps, Pace.ATHENA_BYTES)
    return True
