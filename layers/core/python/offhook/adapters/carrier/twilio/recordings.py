"""Recordings at the carrier: fetched with the account's token from the carrier's own host only, and deleted there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, cast

from offhook.adapters.media import Sound
from offhook.domain.errors import CarrierUnavailable, InvalidInput

if TYPE_CHECKING:
    from urllib3 import PoolManager

CHUNK = 256 * 1024
IN_MEMORY = 8 * 1024 * 1024
GONE = frozenset({404, 410})
MONO = frozenset({400})  # error 16113: it was recorded on one channel


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
    pool: Callable[[], Any] = field(default=_pool, repr=False)

    @contextmanager
    def fetch(self, recording_sid: str, media_url: str) -> Iterator[Sound | None]:
        """The sound as WAV, read to the end before it is given; redirects are followed without the token.

        Each side is on a channel of its own where the carrier has it so.
        """
        if not media_url.startswith(f"{self.carrier_url}/"):
            raise InvalidInput("recording_absent")
        answer = self._request("GET", f"{media_url}.wav?RequestedChannels=2", also=MONO)
        if answer.status in MONO:
            answer.release_conn()
            answer = self._request("GET", f"{media_url}.wav")
        try:
            if answer.status in GONE:
                yield None
                return
            with SpooledTemporaryFile(IN_MEMORY) as content:
                _read(answer, content)
                content.seek(0)
                yield Sound(cast(IO[bytes], content), "audio/wav")
        finally:
            answer.release_conn()

    def delete(self, recording_sid: str) -> None:
        """DELETE of the resource."""
        path = f"/2010-04-01/Accounts/{self.account_sid}/Recordings/{recording_sid}.json"
        self._request("DELETE", self.carrier_url + path).release_conn()

    def _request(self, method: str, url: str, also: frozenset[int] = frozenset()) -> Any:
        from urllib3.exceptions import HTTPError
        from urllib3.util import make_headers

        headers = make_headers(basic_auth=f"{self.account_sid}:{self.auth_token}")
        try:
            answer = self.pool().request(method, url, headers=headers, preload_content=False)
        except HTTPError as error:
            raise CarrierUnavailable("The carrier did not answer.") from error
        if answer.status >= 300 and answer.status not in GONE | also:
            answer.release_conn()
            raise CarrierUnavailable(f"The carrier answered {answer.status}.")
        return answer


def _read(answer: Any, into: SpooledTemporaryFile[bytes]) -> None:
    """To the end; raises CarrierUnavailable when less comes than was told."""
    from urllib3.exceptions import HTTPError

    try:
        for chunk in answer.stream(CHUNK):
            into.write(chunk)
    except HTTPError as error:
        raise CarrierUnavailable("The recording broke off.") from error
    told = answer.headers.get("Content-Length")
    if told is not None and into.tell() != int(told):
        raise CarrierUnavailable("The recording broke off.")
