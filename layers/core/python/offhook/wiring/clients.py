"""AWS clients, each made once and with its first use, each guarded and metered.

Two botocore sessions share one reader of service descriptions: tenants' data is reached in sessions of the tenant role
(adapters/tenant_credentials.py), queues, streams and sockets with the function's own role.
"""

import threading
from collections.abc import Callable
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from offhook.adapters import guard
from offhook.adapters.capacity import meter_every_client

if TYPE_CHECKING:
    from botocore.session import Session

    from offhook.domain.ids import Clock

CONNECT_TIMEOUT_S = 2.0
READ_TIMEOUT_S = 10.0
TENANTS_DATA = frozenset({"athena", "dynamodb", "kms", "s3"})
SIGNATURES = {"s3": "s3v4"}  # else links have the old one, which S3 refuses for what our key encrypts
UNHURRIED = frozenset({"athena", "cognito-idp", "s3"})  # reports, signing in, recordings: no caller waits for them


class Clients:
    """boto3's clients; those that a webhook may need come from the botocore below it, a tenth of a second sooner."""

    def __init__(self, region: str, endpoint_url: str = "", *, tenant_role: str = "", clock: "Clock | None" = None):
        """tenant_role: whose sessions reach tenants' data, "" = the process's own credentials do (tests)."""
        self._region, self._endpoint = region, endpoint_url or None
        self._tenant_role, self._clock = tenant_role, clock
        self._made: dict[str, Any] = {}
        self._boto3_client = cache(_boto3_client)
        self._lock = threading.Lock()

    @cached_property
    def own_session(self) -> "Session":
        """With the function's own role; it has read botocore's own data once."""
        from offhook.adapters.aws_session import new_session

        return new_session()

    @cached_property
    def session(self) -> "Session":
        """For tenants' data."""
        if not self._tenant_role:
            return self.own_session
        from offhook.adapters.aws_session import new_session
        from offhook.adapters.system import SystemClock
        from offhook.adapters.tenant_credentials import TenantCredentials, TenantKeys

        made = new_session()
        made.register_component("data_loader", self.own_session.get_component("data_loader"))
        tenants = TenantKeys(partial(self.get, "sts"), self._tenant_role, self._clock or SystemClock())
        made.register_component("credential_provider", TenantCredentials(self.own_session.get_credentials, tenants))
        return made

    def own(self, service: str) -> Any:
        """The client of a service with the function's own role, also where `get` takes the tenant's."""
        with self._lock:
            name = f"own {service}"
            if name not in self._made:
                self._made[name] = self._make(service, self._endpoint, self.own_session)
            return self._made[name]

    def get(self, service: str, endpoint_url: str = "") -> Any:
        """The client of a service. endpoint_url: where this one is found, if not with all the others."""
        with self._lock:
            if service not in self._made:
                self._made[service] = self._make(service, endpoint_url or self._endpoint)
            return self._made[service]

    def _make(self, service: str, endpoint_url: str | None, session: "Session | None" = None) -> Any:
        from botocore.config import Config

        guard.install()
        meter_every_client()
        config = Config(
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            retries={"total_max_attempts": 3, "mode": "standard"},
            s3={"addressing_style": "path"} if endpoint_url else {},
            signature_version=SIGNATURES.get(service),
        )
        session = session or (self.session if service in TENANTS_DATA else self.own_session)
        make = self._boto3_client(session) if service in UNHURRIED else session.create_client
        return make(service, self._region, endpoint_url=endpoint_url, config=config)


def _boto3_client(session: "Session") -> Callable[..., Any]:
    """boto3's way to a client, on the same session: same credentials, same guard.

    To be asked once of a session: each `boto3.Session` adds its methods to the S3 client, which refuses them twice.
    """
    import boto3

    return boto3.Session(botocore_session=session).client
