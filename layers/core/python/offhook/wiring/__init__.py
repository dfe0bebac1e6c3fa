"""The only place that builds clients: lazily, once per process; tests and simulations put their own world in place.

Importing this module imports no AWS library; the first use of each thing does.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from offhook.domain.ids import Clock, Ids, TenantId
from offhook.domain.messages import Outgoing
from offhook.domain.storage import Items
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.deps import Deps

if TYPE_CHECKING:
    from offhook.adapters.cognito import Cognito
    from offhook.adapters.live_channel import LiveChannel
    from offhook.adapters.secrets import Secrets
    from offhook.domain.analytics.outbound import EventStream
    from offhook.domain.audit.heads import Notary, Vault
    from offhook.domain.billing.port import Till
    from offhook.domain.integrations.requests import HttpSender
    from offhook.domain.mail.message import Mailer
    from offhook.domain.objects import Objects
    from offhook.domain.operators.gauges import Gauges
    from offhook.domain.operators.queues import Queues
    from offhook.domain.sweeping import Sweep
    from offhook.domain.tenants.carrier_accounts import OwnerAccounts
    from offhook.usecases.numbers.desk import NumberDesk
    from offhook.usecases.tenants.site import Site


class Used(Protocol):
    """What one invocation used for one tenant ("" = the platform's own)."""

    @property
    def tenant_id(self) -> str:
        """Whose account it goes on."""
        ...

    @property
    def contact_id(self) -> str:
        """Which contact it was for, "" when none."""
        ...

    @property
    def counters(self) -> dict[str, float]:
        """How much of each."""
        ...


class World(Protocol):
    """Everything that reaches outside the process."""

    @property
    def clock(self) -> Clock:
        """The time, for schedules; a use case has it in its Deps."""
        ...

    @property
    def limited(self) -> bool:
        """Whether the API limits how fast it is used."""
        ...

    @property
    def ids(self) -> Ids:
        """New identifiers, for what has no tenant yet; a use case has it in its Deps."""
        ...

    def deps_for(self, tenant: TenantContext) -> Deps:
        """The tenant's stores and ports; to be used in the tenant's scope."""
        ...

    def edge_items(self) -> Items:
        """The directory; enters the platform's scope by itself."""
        ...

    def tenant_context(self, tenant_id: TenantId) -> TenantContext:
        """The tenant as configured, at most five seconds old; raises NotFound. Enters its scope by itself."""
        ...

    def forget_tenant(self, tenant_id: TenantId) -> None:
        """What is asked next about the tenant's plan and status is as it is stored."""
        ...

    def number_desk(self, tenant: TenantContext) -> "NumberDesk":
        """Where the tenant's numbers are dealt with; to be used in the tenant's scope."""
        ...

    def secrets(self, tenant: TenantContext) -> "Secrets":
        """The tenant's secrets; to be used in the tenant's scope."""
        ...

    def outgoing(self) -> Outgoing:
        """The work queue, for schedules that send to many tenants."""
        ...

    def deliveries(self) -> Outgoing:
        """The queue of webhooks to be sent."""
        ...

    def http_sender(self, tenant: TenantContext) -> "HttpSender":
        """The way out to addresses that the tenant names."""
        ...

    def event_stream(self) -> "EventStream":
        """Where events go."""
        ...

    def live_channel(self, tenant: TenantContext) -> "LiveChannel":
        """The tenant's browsers; to be used in the tenant's scope."""
        ...

    def user_pool(self) -> "Cognito":
        """Where people sign in."""
        ...

    def mailer(self) -> "Mailer":
        """Who sends mail."""
        ...

    def sweep(self) -> "Sweep":
        """Whole tables, for exports and erasures; no tenant's request may come here."""
        ...

    def objects(self, tenant: TenantContext) -> "Objects":
        """The tenant's files; to be used in the tenant's scope."""
        ...

    def notary(self) -> "Notary":
        """Who signs the ends of audit trails."""
        ...

    def head_vault(self, tenant: TenantContext) -> "Vault":
        """The tenant's signed heads; to be used in the tenant's scope."""
        ...

    def queues(self) -> "Queues":
        """The deployment's queues, for operators."""
        ...

    def gauges(self) -> "Gauges":
        """What queues, streams and the lake say of themselves, for operators."""
        ...

    def owner_accounts(self) -> "OwnerAccounts":
        """Where the first person of a tenant is made."""
        ...

    def site(self, tenant: TenantContext) -> "Site":
        """What setting the tenant up may touch; to be used in the tenant's scope."""
        ...

    def till(self) -> "Till":
        """Our account at the payment provider."""
        ...

    def usage(self, used: Used) -> None:
        """Record what was used."""
        ...

    def forget(self) -> None:
        """Remember nothing that is stored: the next look sees what others have changed."""
        ...


_lock = threading.Lock()
_world: World | None = None


def world() -> World:
    """The world in place; AWS by the settings unless `use` put another."""
    global _world
    if _world is None:
        with _lock:
            if _world is None:
                from offhook.wiring.aws import AwsWorld

                _world = AwsWorld()
    return _world


@contextmanager
def use(other: World) -> Iterator[World]:
    """Everything inside, in every thread, is in another world."""
    global _world
    before, _world = _world, other
    try:
        yield other
    finally:
        _world = before


def clock() -> Clock:
    """See World."""
    return world().clock


def deps_for(tenant: TenantContext) -> Deps:
    """See World."""
    return world().deps_for(tenant)


def edge_items() -> Items:
    """See World."""
    return world().edge_items()


def tenant_context(tenant_id: TenantId) -> TenantContext:
    """See World."""
    return world().tenant_context(tenant_id)


def secrets(tenant: TenantContext) -> "Secrets":
    """See World."""
    return world().secrets(tenant)


def number_desk(tenant: TenantContext) -> "NumberDesk":
    """See World."""
    return world().number_desk(tenant)


def outgoing() -> Outgoing:
    """See World."""
    return world().outgoing()


def deliveries() -> Outgoing:
    """See World."""
    return world().deliveries()


def event_stream() -> "EventStream":
    """See World."""
    return world().event_stream()


def live_channel(tenant: TenantContext) -> "LiveChannel":
    """See World."""
    return world().live_channel(tenant)


def user_pool() -> "Cognito":
    """See World."""
    return world().user_pool()


def mailer() -> "Mailer":
    """See World."""
    return world().mailer()


def sweep() -> "Sweep":
    """See World."""
    return world().sweep()


def objects(tenant: TenantContext) -> "Objects":
    """See World."""
    return world().objects(tenant)


def notary() -> "Notary":
    """See World."""
    return world().notary()


def head_vault(tenant: TenantContext) -> "Vault":
    """See World."""
    return world().head_vault(tenant)


def queues() -> "Queues":
    """See World."""
    return world().queues()


def gauges() -> "Gauges":
    """See World."""
    return world().gauges()


def owner_accounts() -> "OwnerAccounts":
    """See World."""
    return world().owner_accounts()


def site(tenant: TenantContext) -> "Site":
    """See World."""
    return world().site(tenant)


def till() -> "Till":
    """See World."""
    return world().till()


def usage(used: Used) -> None:
    """See World."""
    world().usage(used)


def forget() -> None:
    """See World."""
    world().forget()
