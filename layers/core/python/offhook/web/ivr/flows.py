"""What is done with flows beside writing and publishing them: tests."""

from typing import TYPE_CHECKING

from chalice.app import Response

from offhook.domain.ids import FlowId
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.responses import ok

if TYPE_CHECKING:
    from offhook.usecases.ivr import flow_tests
else:
    (flow_tests,) = lazily("offhook.usecases.ivr", "flow_tests")


def routes(app: OffhookApp) -> None:
    """/flows/{id}/tests/run."""

    @app.api("/flows/{flow_id}/tests/run", methods=["POST"], permission=Permission.FLOWS_WRITE)
    def run_flow_tests(flow_id: str) -> Response:
        """How the tests that the draft carries go now; nothing is changed."""
        return ok(flow_tests.run(app.deps(), FlowId(flow_id)))
