"""Recordings at the carrier: fetched with the account's token from the carrier's own host only, and deleted there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from offhook.adapters.s3_media import Sound
from offhook.domain.errors import CarrierUnavailable, InvalidInput

if TYPE_CHECKING:
    from urllib3 import PoolManager

CHUNK = 256 * 1024
IN_MEMORY = 8 * 1024 * 1024
GONE = frozenset({404, 410})


@cache
def _pool() -> "PoolManager":
    from urllib3 import PoolManager, Timeout

    return PoolManager(timeout=Timeout(connect=3.0, read=20.0), retries=2)


@dataclass(frozen=True, slots=True)
class TwilioRecordings:
    """One account's recordings."""

    account_sid: str
    auth_token: str = field(repr=False)
    carrier_url: str

    @contextmanager
    def fetch(self, recording_sid: str, media_url: str) -> Iterator[Sound | None]:
        """The sound as MP3, read to the end before it is given; redirects are followed without the token."""
        if not media_url.startswith(f"{self.carrier_url}/"):
            raise InvalidInput("The recording is not at the carrier.")
        answer = self._request("GET", f"{media_url.removesuffix('.mp3')}.mp3")
        try:
            if answer.status in GONE:
                yield None
                return
            with SpooledTemporaryFile(IN_MEMORY) as content:
                for chunk in answer.stream(CHUNK):
                    content.write(chunk)
                content.seek(0)
                yield Sound(content, answer.headers.get("Content-Type", "audio/mpeg"))
        finally:
            answer.release_conn()

    def delete(self, recording_sid: str) -> None:
        """DELETE of the resource."""
        path = f"/2010-04-01/Accounts/{self.account_sid}/Recordings/{recording_sid}.json"
        self._request("DELETE", self.carrier_url + path).release_conn()

    def _request(self, method: str, url: str) -> Any:
        from urllib3.exceptions import HTTPError
        from urllib3.util import make_headers

        headers = make_headers(basic_auth=f"{self.account_sid}:{self.auth_token}")
        try:
            answer = _pool().request(method, url, headers=headers, preload_content=False)
        except HTTPError as error:
            raise CarrierUnavailable("The carrier did not answer.") from error
        if answer.status >= 300 and answer.status not in GONE:
            answer.release_conn()
            raise CarrierUnavailable(f"The carrier answered {answer.status}.")
        return answer
