"""The first run of a tenant: the checklist, the size that is expected, going live."""

from chalice.app import Response
from msgspec import Struct

from offhook.domain.tenants.onboarding import Estimate
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.tenants import onboarding
from offhook.web.app import OffhookApp
from offhook.web.responses import ok


class Size(Struct, forbid_unknown_fields=True):
    """What the size is estimated from; see Estimate."""

    accounts: int
    share_percent: float
    calls_each: float
    handle_s: int
    target_percent: int = 80
    target_s: int = 20

    def estimate(self) -> Estimate:
        """As the domain takes it."""
        return Estimate(
            self.accounts, self.share_percent, self.calls_each, self.handle_s, self.target_percent, self.target_s
        )


class Dismissal(Struct, forbid_unknown_fields=True):
    """Whether the list keeps away from the start."""

    dismissed: bool


def routes(app: OffhookApp) -> None:
    """/onboarding, for who may let callers in."""

    @app.api("/onboarding", permission=Permission.FLOWS_PUBLISH)
    def checklist() -> Response:
        """What is done and what is left, as the tenant really stands."""
        return ok(onboarding.present(app.deps()))

    @app.api("/onboarding/estimate", methods=["PUT"], permission=Permission.FLOWS_PUBLISH)
    def keep_estimate() -> Response:
        """The size that is expected."""
        return ok(onboarding.keep_estimate(app.deps(), app.body(Size).estimate()))

    @app.api("/onboarding/dismissal", methods=["PUT"], permission=Permission.FLOWS_PUBLISH)
    def dismiss() -> Response:
        """Leave the list, or come back to it."""
        return ok(onboarding.dismiss(app.deps(), app.body(Dismissal).dismissed))

    @app.api("/onboarding/live", methods=["POST"], permission=Permission.FLOWS_PUBLISH)
    def go_live() -> Response:
        """Take callers from now on; 409 `not_ready` names what is left."""
        return app.once(lambda: ok(onboarding.go_live(app.deps())))
