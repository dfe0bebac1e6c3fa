"""The twilio client, pointed at whichever carrier the settings name, with its failures told apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from offhook.domain.errors import CallerGone, CarrierUnavailable, CarrierUncertain, InvalidInput

REAL = "https://api.twilio.com"
TIMEOUT_S = 6.0
_GONE = frozenset({20404, 21220, 13240})  # 13240: the one to coach is not in the room


class CarrierHttpClient(TwilioHttpClient):  # type: ignore[misc]  # twilio's http client is untyped
    """Sends what the client would send to Twilio to the carrier of the settings."""

    def __init__(self, carrier_url: str) -> None:
        super().__init__(timeout=TIMEOUT_S)
        self._base = carrier_url.rstrip("/")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """One request; the path is Twilio's, the host is ours to choose."""
        return super().request(method, url.replace(REAL, self._base, 1), *args, **kwargs)


def carrier_client(account_sid: str, auth_token: str, carrier_url: str) -> Client:
    """The unmodified client of one account."""
    return Client(account_sid, auth_token, http_client=CarrierHttpClient(carrier_url))


@contextmanager
def carrier_errors() -> Iterator[None]:
    """Raises the product's errors: gone, refused, not done, or unknown whether done."""
    try:
        yield
    except TwilioRestException as error:
        raise _refusal(error.status, error.code, error.msg) from error
    except TwilioException as error:  # a page of a list that could not be had, with the response
        response = error.args[1] if len(error.args) > 1 else None
        raise _refusal(getattr(response, "status_code", 500), None, str(error.args[0])) from error
    except requests.ConnectTimeout as error:
        raise CarrierUnavailable("The carrier cannot be reached.") from error
    except requests.RequestException as error:  # also a connection that broke, perhaps after the request was taken
        raise CarrierUncertain("The carrier did not answer.") from error


def _refusal(status: int, code: int | None, message: str) -> Exception:
    if code in _GONE or status == 404:
        return CallerGone("call_over")
    if status == 429:
        return CarrierUnavailable("The carrier asks to slow down.")
    if status in (401, 403):
        return CarrierUnavailable("The carrier refuses our credentials.")
    if status >= 500:
        return CarrierUncertain("The carrier failed.")
    return InvalidInput("carrier_refuses", message=message)
