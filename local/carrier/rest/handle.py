"""From a request to an answer: faults, credentials, routing, errors."""

from dataclasses import replace
from typing import TYPE_CHECKING

from local.carrier import errors
from local.carrier.errors import RestError
from local.carrier.rest.http import RestRequest, RestResponse, as_error
from local.carrier.rest.routes import find

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

_BEFORE = {
    "429": errors.too_many_requests(),
    "500": RestError(20500, "Internal Server Error", 500),
    "503": RestError(20503, "Service Unavailable", 503),
}


def handle(carrier: "Carrier", request: RestRequest) -> RestResponse:
    """Answer one REST request; all that follows at once from it has happened when this returns."""
    effect = carrier.faults.rest(request.method, request.path)
    if effect in _BEFORE:
        return as_error(_BEFORE[effect])
    response = _answer(carrier, request)
    if effect == "500_after":
        return as_error(_BEFORE["500"])
    return replace(response, lost=effect == "timeout_after")


def _answer(carrier: "Carrier", request: RestRequest) -> RestResponse:
    try:
        with carrier.step():
            handler, arguments = find(request)
            if "account" in arguments:
                carrier.accounts.authorise(request.header("Authorization"), arguments["account"])
            return handler(carrier, request, **arguments)
    except RestError as error:
        return as_error(error)
