"""AWS clients: one botocore session, each client made once and with the first use, each guarded and metered."""

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from offhook.adapters import guard
from offhook.adapters.capacity import meter_every_client

if TYPE_CHECKING:
    from botocore.session import Session

CONNECT_TIMEOUT_S = 2.0
READ_TIMEOUT_S = 10.0
UNHURRIED = frozenset({"athena", "cognito-idp", "s3"})  # reports, signing in, recordings: no caller waits for them


class Clients:
    """boto3's clients; those that a webhook may need come from the botocore below it, a tenth of a second sooner."""

    def __init__(self, region: str, endpoint_url: str = "") -> None:
        self._region, self._endpoint = region, endpoint_url or None
        self._made: dict[str, Any] = {}
        self._lock = threading.Lock()

    @cached_property
    def session(self) -> "Session":
        """What they are made from; it has read botocore's own data once."""
        from offhook.adapters.aws_session import new_session

        return new_session()

    def get(self, service: str, endpoint_url: str = "") -> Any:
        """The client of a service. endpoint_url: where this one is found, if not with all the others."""
        with self._lock:
            if service not in self._made:
                self._made[service] = self._make(service, endpoint_url or self._endpoint)
            return self._made[service]

    def _make(self, service: str, endpoint_url: str | None) -> Any:
        from botocore.config import Config

        guard.install()
        meter_every_client()
        config = Config(
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            retries={"total_max_attempts": 3, "mode": "standard"},
            s3={"addressing_style": "path"} if endpoint_url else {},
        )
        make = self._boto3_client if service in UNHURRIED else self.session.create_client
        return make(service, self._region, endpoint_url=endpoint_url, config=config)

    @cached_property
    def _boto3_client(self) -> Callable[..., Any]:
        """boto3's way to a client, on the same session: same credentials, same guard."""
        import boto3

        return boto3.Session(botocore_session=self.session).client
