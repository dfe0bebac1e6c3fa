"""What is answered when an event matches no route: a problem, never the framework's own words."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from offhook.web.errors import MethodNotAllowed, UnknownRoute
from offhook.web.responses import problem

Routes = Mapping[str, Mapping[str, Any]]


def refusal(routes: Routes, event: Mapping[str, Any]) -> Response | None:
    """The problem to answer, or None when a route takes this event."""
    context = event.get("requestContext") or {}
    methods = routes[context["resourcePath"]] if context.get("resourcePath") in routes else {}
    if not methods:
        return problem(UnknownRoute())
    if context.get("httpMethod") not in methods:
        return problem(MethodNotAllowed(), {"Allow": ", ".join(sorted(methods))})
    return None
