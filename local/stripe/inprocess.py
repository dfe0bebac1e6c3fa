"""Stripe's unmodified library without a network: an HTTP client that calls the fake directly."""

from collections.abc import Mapping
from typing import Any

import stripe as library

from local.stripe.http import handle
from local.stripe.state import Stripe


class InProcess(library.HTTPClient):
    """Give it to StripeClient(..., http_client=...). lose: how many of the next answers are lost after the effect."""

    name = "inprocess"

    def __init__(self, fake: Stripe) -> None:
        super().__init__()
        self.fake, self.lose, self.answer = fake, 0, handle
        self.requests: list[tuple[str, str]] = []

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_: Any
    ) -> tuple[str, int, Mapping[str, str]]:
        """One request, answered at once."""
        path = "/" + url.split("://", 1)[-1].split("/", 1)[-1]
        self.requests.append((method.upper(), path))
        answer = self.answer(self.fake, method.upper(), path, headers or {}, post_data or "")
        if self.lose:
            self.lose -= 1
            raise library.APIConnectionError("The answer was lost.", should_retry=False)  # type: ignore[no-untyped-call]  # it is untyped there
        return answer.body.decode(), answer.status, answer.headers

    def close(self) -> None:
        """Nothing is open."""
