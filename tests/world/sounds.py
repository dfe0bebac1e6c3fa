"""Recordings at the simulated carrier, fetched and deleted by the product's own adapter, without a network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offhook.adapters.carrier.twilio.recordings import TwilioRecordings
from urllib3.exceptions import ReadTimeoutError

from local.carrier.engine import Carrier
from local.carrier.model.account import Account
from local.carrier.rest import RestRequest, handle


@dataclass
class Answer:
    """An answer as urllib3 gives it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def stream(self, amount: int) -> Iterator[bytes]:
        """In pieces."""
        return (self.body[at : at + amount] for at in range(0, len(self.body), amount))

    def release_conn(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Pool:
    """urllib3's pool, calling the REST functions directly. A lost answer is a read that times out."""

    carrier: Carrier

    def request(self, method: str, url: str, headers: Mapping[str, str], preload_content: bool) -> Answer:
        """One request."""
        response = handle(self.carrier, RestRequest.of(method, url, dict(headers), ""))
        if response.lost:
            raise ReadTimeoutError(None, url, "no answer")  # type: ignore[arg-type]  # there is no pool
        body = response.body
        return Answer(response.status, {**response.headers, "Content-Length": str(len(body))}, body)


def sounds(carrier: Carrier, account: Account | None) -> TwilioRecordings:
    """Of one account; the platform has none."""
    sid, token = (account.sid, account.auth_token) if account else ("", "")
    return TwilioRecordings(sid, token, carrier.settings.public_url, lambda: Pool(carrier))
