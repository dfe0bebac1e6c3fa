"""Sends requests for the carrier's other hosts to the one address of the settings, when that is not the real one."""

import re
from typing import Any

from twilio.http.response import Response

from offhook.adapters.carrier.twilio.client import REAL, CarrierHttpClient

HOSTS = re.compile(r"^https://[a-z]+\.twilio\.com")


class EveryHostClient(CarrierHttpClient):
    """Twilio keeps products on hosts of their own, such as numbers.twilio.com; a simulator has one."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """As it is on the real carrier."""
        return super().request(method, url if self._base == REAL else HOSTS.sub(self._base, url), *args, **kwargs)
