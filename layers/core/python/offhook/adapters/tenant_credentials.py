"""Layer three of tenant isolation: requests for a tenant are signed by a session that IAM holds to that tenant.

The function's own role reaches no tenant's data. In a tenant's scope the signer takes keys of the tenant role, assumed
with the tenant id as its session tag; the role's one static policy compares keys, prefixes and contexts with that tag.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from botocore.credentials import ReadOnlyCredentials

from offhook.adapters.guard import ambient_tenant
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import MINUTE, Clock, Instant, TenantId

ASSUMED_FOR_S = 3600  # a role that assumes a role gets no more
USED_FOR = 50 * MINUTE
MOST_KEPT = 512
TAG = "tid"


class Frozen(Protocol):
    """What botocore holds as a session's credentials."""

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """The keys to sign with now."""
        ...


@dataclass(frozen=True, slots=True)
class Assumed:
    """A tenant's keys. fresh_until: afterwards new ones are asked for; dead_at: afterwards they sign nothing."""

    keys: ReadOnlyCredentials
    fresh_until: Instant
    dead_at: Instant


@dataclass
class TenantKeys:
    """The tenants' keys of this process. sts: its client, signed by the function's own role, made when needed."""

    sts: Callable[[], Any]
    role_arn: str
    clock: Clock

    def __post_init__(self) -> None:
        self._kept: OrderedDict[TenantId, Assumed] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, tenant: TenantId) -> ReadOnlyCredentials:
        """Keys that reach this tenant only, at most fifty minutes old; raises StoreUnavailable.

        Keys that could be renewed but are not, because STS does not answer, are used to their end.
        """
        with self._lock:
            known = self._kept.get(tenant)
        now = self.clock.now()
        if known is not None and now < known.fresh_until:
            return known.keys
        try:
            made = self._assume(tenant, now)
        except StoreUnavailable:
            if known is not None and now < known.dead_at:
                return known.keys
            raise
        self._keep(tenant, made)
        return made.keys

    def _assume(self, tenant: TenantId, now: Instant) -> Assumed:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self.sts().assume_role(
                RoleArn=self.role_arn,
                RoleSessionName=tenant,
                DurationSeconds=ASSUMED_FOR_S,
                Tags=[{"Key": TAG, "Value": tenant}],
            )["Credentials"]
        except (BotoCoreError, ClientError) as refused:
            raise StoreUnavailable("The tenant's session could not be opened.") from refused
        keys = ReadOnlyCredentials(answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"])
        return Assumed(keys, now + USED_FOR, now + ASSUMED_FOR_S * 1000)

    def _keep(self, tenant: TenantId, made: Assumed) -> None:
        with self._lock:
            self._kept[tenant] = made
            self._kept.move_to_end(tenant)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


@dataclass(frozen=True)
class AmbientCredentials:
    """A botocore session's credentials: the ambient tenant's, on the platform the function's own.

    method: where botocore's logs say that they are from.
    """

    own: Frozen
    tenants: TenantKeys
    method: str = "ambient-tenant"

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """Asked for by botocore each time it signs, in the thread and scope of the request."""
        tenant = ambient_tenant()
        return self.own.get_frozen_credentials() if tenant is None else self.tenants.of(tenant)

    def get_deferred_property(self, name: str) -> Callable[[], Any]:
        """What botocore may read of the keys when it chooses an endpoint."""
        return lambda: getattr(self.get_frozen_credentials(), name, None)


@dataclass(frozen=True, slots=True)
class TenantCredentials:
    """botocore's way to a session's credentials. own: the function's."""

    own: Callable[[], Frozen | None]
    tenants: TenantKeys

    def load_credentials(self) -> AmbientCredentials | None:
        """One object for all clients of the session; None when the function has no credentials itself."""
        own = self.own()
        return None if own is None else AmbientCredentials(own, self.tenants)
