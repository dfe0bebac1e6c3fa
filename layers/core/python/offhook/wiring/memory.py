"""A world in memory for `wiring.use`: every tenant's stores in one MemoryStore, the rest as the test gives it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offhook.adapters.cached_items import CachedItems, ItemCache
from offhook.adapters.media import TenantMedia
from offhook.adapters.memory.billing import MemoryTill
from offhook.adapters.memory.cipher import MemoryCipher
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.gauges import MemoryGauges
from offhook.adapters.memory.heads import MemoryNotary, MemoryVault
from offhook.adapters.memory.http import MemorySender
from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.media import MemoryMedia, SoundVault
from offhook.adapters.memory.numbers import MemoryNumbers, Shelf
from offhook.adapters.memory.objects import MemoryObjects
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.adapters.memory.queues import MemoryQueues
from offhook.adapters.memory.store import MemoryStore
from offhook.adapters.memory.sweep import MemorySweep
from offhook.adapters.secrets import SecretCache, Secrets
from offhook.domain.analytics.outbound import Outbound
from offhook.domain.ids import Clock, Ids, TenantId
from offhook.domain.integrations.requests import HttpSender
from offhook.domain.mail.message import Mail
from offhook.domain.numbers.port import CarrierNumbers
from offhook.domain.storage import Items
from offhook.domain.telephony import Telephony
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.config import ConfigStore
from offhook.usecases.deps import Deps
from offhook.usecases.numbers.desk import NumberDesk
from offhook.wiring.courier import courier

if TYPE_CHECKING:
    from offhook.adapters.cognito import Cognito
    from offhook.adapters.live_channel import LiveChannel
    from offhook.adapters.media import CarrierRecordings
    from offhook.domain.audit.heads import SignedHead
    from offhook.domain.billing.port import Till
    from offhook.domain.recordings.media import Media
    from offhook.domain.tenants.carrier_accounts import CarrierAccounts, OwnerAccounts
    from offhook.usecases.tenants.site import Site
    from offhook.wiring import Used


_NOTARY = MemoryNotary()


@dataclass
class MemoryStream:
    """The event stream: everything put, in order."""

    records: list[Outbound] = field(default_factory=list)

    def put(self, records: Sequence[Outbound]) -> list[bool]:
        """Takes everything."""
        self.records += records
        return [True] * len(records)


@dataclass
class MemoryMailer:
    """Every mail handed over, in order."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        """Takes everything."""
        self.sent.append(mail)


@dataclass
class MemoryWorld:
    """telephony: the carrier account of a tenant. posted: what went to which live connection. mails: what was sent.

    limited: off unless the test is about limits, because time stands still in most tests. cache: of a process that
    remembers configuration, as those on AWS do; None = nothing is remembered.
    """

    telephony: Callable[[TenantContext], Telephony]
    store: MemoryStore = field(default_factory=MemoryStore)
    clock: Clock = field(default_factory=FrozenClock)
    ids: Ids = field(default_factory=SeededIds)
    queue: MemoryOutgoing = field(default_factory=MemoryOutgoing)
    media: MemoryMedia = field(default_factory=MemoryMedia)
    sounds: "Callable[[TenantContext], CarrierRecordings] | None" = None
    stream: MemoryStream = field(default_factory=MemoryStream)
    used: "list[Used]" = field(default_factory=list)
    posted: list[tuple[str, bytes]] = field(default_factory=list)
    pool: "Cognito | None" = None
    mails: MemoryMailer = field(default_factory=MemoryMailer)
    delivering: MemoryOutgoing = field(default_factory=MemoryOutgoing)
    http: HttpSender = field(default_factory=MemorySender)
    limited: bool = False
    shelf: Shelf = field(default_factory=Shelf)
    numbers: Callable[[TenantContext], CarrierNumbers] | None = None
    owners: "OwnerAccounts | None" = None
    carriers: "CarrierAccounts | None" = None
    desk_queues: MemoryQueues = field(default_factory=MemoryQueues)
    desk_gauges: MemoryGauges = field(default_factory=MemoryGauges)
    files: dict[str, bytes] = field(default_factory=dict)
    file_times: dict[str, int] = field(default_factory=dict)
    heads: "dict[tuple[TenantId, int], SignedHead]" = field(default_factory=dict)
    app_url: str = "https://app.offhook.test"
    billing: "Till" = field(default_factory=MemoryTill)
    cache: ItemCache | None = None

    def add_tenant(self, tenant: Tenant, carrier_token: str = "") -> TenantContext:
        """Seed a tenant's own item and its carrier token."""
        context = tenant.context()
        ConfigStore(self._items(tenant.id), tenant.id).put(tenant)
        if carrier_token:
            self.secrets(context).put_carrier_token(carrier_token)
        return context

    def deps_for(self, tenant: TenantContext) -> Deps:
        """The tenant's stores, and the ports of this world."""
        return Deps(
            tenant=tenant,
            clock=self.clock,
            ids=self.ids,
            items=self._items(tenant.id),
            telephony=self.telephony(tenant),
            outgoing=self.queue,
            media=self._media(tenant),
            courier=lambda: courier(tenant),
        )

    def edge_items(self) -> Items:
        """The directory."""
        return MemoryItems(self.store, None)

    def tenant_context(self, tenant_id: TenantId) -> TenantContext:
        """As configured; raises NotFound."""
        return ConfigStore(self._items(tenant_id), tenant_id).get(Tenant, tenant_id).context()

    def forget_tenant(self, tenant_id: TenantId) -> None:
        """Nothing is remembered here."""

    def number_desk(self, tenant: TenantContext) -> NumberDesk:
        """Numbers from the world's shelf, or from the carrier that the test gave."""
        carrier = self.numbers(tenant) if self.numbers else MemoryNumbers(tenant.account_sid or tenant.id, self.shelf)
        return NumberDesk(self.deps_for(tenant), carrier, self.edge_items())

    def secrets(self, tenant: TenantContext) -> Secrets:
        """Never remembered, so that a test sees each change."""
        return Secrets(self._items(tenant.id), tenant.id, MemoryCipher(), SecretCache(self.clock))

    def outgoing(self) -> MemoryOutgoing:
        """The work queue."""
        return self.queue

    def deliveries(self) -> MemoryOutgoing:
        """The queue of webhooks to be sent."""
        return self.delivering

    def http_sender(self, tenant: TenantContext) -> HttpSender:
        """The way out of this world, the same for all."""
        return self.http

    def event_stream(self) -> MemoryStream:
        """The event stream."""
        return self.stream

    def live_channel(self, tenant: TenantContext) -> "LiveChannel":
        """Connections of the tenant; messages land in `posted`."""
        from offhook.adapters.live_channel import Connections, LiveChannel

        def post(connection_id: str, message: bytes) -> None:
            self.posted.append((connection_id, message))

        return LiveChannel(Connections(self._items(tenant.id), tenant), post)

    def user_pool(self) -> "Cognito":
        """The pool that the test gave."""
        assert self.pool, "This world has no user pool."
        return self.pool

    def sweep(self) -> MemorySweep:
        """The store."""
        return MemorySweep(self.store)

    def objects(self, tenant: TenantContext) -> MemoryObjects:
        """The tenant's part of `files`."""
        return MemoryObjects(self.files, tenant.id, self.file_times)

    def notary(self) -> MemoryNotary:
        """A key of this process."""
        return _NOTARY

    def head_vault(self, tenant: TenantContext) -> MemoryVault:
        """The tenant's part of `heads`."""
        return MemoryVault(self.heads, tenant.id)

    def queues(self) -> MemoryQueues:
        """Where a test lays dead letters."""
        return self.desk_queues

    def gauges(self) -> MemoryGauges:
        """Where a test says them."""
        return self.desk_gauges

    def mailer(self) -> MemoryMailer:
        """Mails stay in `mails.sent`."""
        return self.mails

    def owner_accounts(self) -> "OwnerAccounts":
        """The pool that the test gave."""
        assert self.owners, "This world makes no owners."
        return self.owners

    def site(self, tenant: TenantContext) -> "Site":
        """With the carrier that the test gave."""
        from offhook.usecases.tenants.site import Site

        assert self.carriers, "This world makes no carrier accounts."
        return Site(
            self.deps_for(tenant),
            self.edge_items(),
            self.secrets(tenant),
            self.carriers,
            self.mails,
            self.app_url,
            self.number_desk,
        )

    def till(self) -> "Till":
        """The account that the test gave."""
        return self.billing

    def usage(self, used: "Used") -> None:
        """Kept in `used`."""
        self.used.append(used)

    def forget(self) -> None:
        """Only a test that is about it has anything remembered."""
        if self.cache is not None:
            self.cache.clear()

    def _media(self, tenant: TenantContext) -> "Media":
        """With sounds of a carrier: as on AWS, the files in `files`."""
        return TenantMedia(tenant.id, self.sounds(tenant), SoundVault(self.files)) if self.sounds else self.media

    def _items(self, tenant: TenantId) -> Items:
        items = MemoryItems(self.store, tenant)
        return items if self.cache is None else CachedItems(items, tenant, self.cache)
