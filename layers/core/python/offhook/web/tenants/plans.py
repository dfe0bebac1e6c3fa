"""The plans that can be had, and how much of its plan a tenant uses."""

from chalice.app import Response

from offhook.domain.tenants import plans
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.tenants import plan
from offhook.web.app import OffhookApp
from offhook.web.responses import listed, ok


def routes(app: OffhookApp) -> None:
    """/plans, /limits."""

    @app.public("/plans", methods=["GET"])
    def list_plans() -> Response:
        """What can be chosen today: prices in dollars, limits, features."""
        return listed([_shown(one) for one in plans.offered()])

    @app.api("/limits", permission=Permission.PROFILE_OWN)
    def show_limits() -> Response:
        """What the tenant has of what its plan allows, and how fast it may do what."""
        return ok(plan.standing(app.deps()))


def _shown(one: plans.Plan) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "pricing": one.pricing,
        "currency": one.currency,
        "base_fee": one.base_fee,
        "per_seat": one.per_seat,
        "per_number": one.per_number,
        "per_minute": one.per_minute,
        "included_minutes": one.included_minutes,
        "limits": one.limits,
        "features": sorted(one.features),
    }
