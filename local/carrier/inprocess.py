"""The unmodified twilio client without a network: an HttpClient that calls the REST functions directly."""

import base64
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from requests.exceptions import ReadTimeout
from twilio.http import HttpClient
from twilio.http.response import Response

from local.carrier.rest import RestRequest, handle

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


class InProcessHttpClient(HttpClient):  # type: ignore[misc]  # twilio ships no types
    """Give it to twilio.rest.Client(..., http_client=...). A lost answer raises requests' ReadTimeout."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.requests: list[tuple[str, str]] = []

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        if params:
            url += ("&" if "?" in url else "?") + urlencode(params, doseq=True)
        request = RestRequest.of(method, url, self._headers(headers, auth), urlencode(data or {}, doseq=True))
        self.requests.append((request.method, request.path))
        response = handle(self._carrier, request)
        if response.lost:
            raise ReadTimeout(f"no answer from {url}")
        return Response(response.status, response.body.decode("latin-1"), dict(response.headers))

    def _headers(self, headers: dict[str, str] | None, auth: tuple[str, str] | None) -> dict[str, str]:
        if auth is None:
            return dict(headers or {})
        token = base64.b64encode(f"{auth[0]}:{auth[1]}".encode()).decode()
        return {**(headers or {}), "Authorization": f"Basic {token}"}
