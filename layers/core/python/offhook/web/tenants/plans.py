"""The plans that can be had, and how much of its plan a tenant uses."""

from decimal import Decimal

from chalice.app import Response
from msgspec import Struct

from offhook.domain.tenants import plans
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.tenants import plan
from offhook.web.app import OffhookApp
from offhook.web.responses import listed, ok


class PlanView(Struct):
    """Money in dollars, without tax; per seat and number: a month; per_minute: beyond the included ones."""

    id: str
    name: str
    pricing: plans.Pricing
    currency: str
    base_fee: Decimal
    per_seat: Decimal
    per_number: Decimal
    per_minute: Decimal
    included_minutes: int
    limits: plans.Limits
    features: list[plans.Feature]


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


def _shown(one: plans.Plan) -> PlanView:
    return PlanView(
        one.id,
        one.name,
        one.pricing,
        one.currency,
        one.base_fee,
        one.per_seat,
        one.per_number,
        one.per_minute,
        one.included_minutes,
        one.limits,
        sorted(one.features),
    )
