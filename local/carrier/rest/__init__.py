"""The REST API, one module per resource, as pure functions over the engine."""

from local.carrier.rest.handle import handle
from local.carrier.rest.http import RestRequest, RestResponse

__all__ = ["RestRequest", "RestResponse", "handle"]
