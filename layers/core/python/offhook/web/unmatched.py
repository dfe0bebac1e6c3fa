"""What is answered when an event matches no route: a problem, never the framework's own words."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from offhook.web.errors import MethodNotAllowed, UnknownRoute
from offhook.web.responses import problem

Routes = Mapping[str, Mapping[str, Any]]


def refusal(routes: Routes, asked: Mapping[str, Any]) -> Response:
    """The problem to answer to what no route takes."""
    methods = routes.get(asked.get("resourcePath", ""), {})
    if not methods:
        return problem(UnknownRoute())
    return problem(MethodNotAllowed(), {"Allow": ", ".join(sorted(methods))})
