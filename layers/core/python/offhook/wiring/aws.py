"""The world on AWS (or the embedded one), by the settings."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from offhook.adapters.cached_items import CachedItems, ItemCache
from offhook.adapters.carrier.twilio.lazy import CarrierAccount
from offhook.adapters.dynamo.edge_items import EdgeItems
from offhook.adapters.guard import tenant_scope
from offhook.adapters.secrets import KmsCipher, SecretCache, Secrets
from offhook.adapters.system import RandomIds, SystemClock
from offhook.domain.ids import TenantId
from offhook.domain.messages import JOBS, UPKEEP, Outgoing
from offhook.domain.storage import Items, Table
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import Settings, settings
from offhook.stores import keys
from offhook.stores.config import ConfigStore, kind_of
from offhook.usecases.deps import Deps
from offhook.wiring.clients import Clients

if TYPE_CHECKING:
    from offhook.adapters.cognito import Cognito
    from offhook.adapters.dynamo.database import Database
    from offhook.adapters.live_channel import LiveChannel
    from offhook.adapters.usage import UsageRecorder
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
    from offhook.usecases.integrations.courier import Courier
    from offhook.usecases.numbers.desk import NumberDesk
    from offhook.usecases.tenants.site import Site
    from offhook.wiring import Used


def _courier(tenant: TenantContext) -> "Courier":
    from offhook.wiring.courier import courier

    return courier(tenant)


class AwsWorld:
    """One process's clients and caches; what is costly is made with its first use."""

    limited = True

    def __init__(self, given: Settings | None = None) -> None:
        self._settings = given or settings()
        self.clock, self.ids = SystemClock(), RandomIds()
        self._clients = Clients(
            self._settings.region,
            self._settings.endpoint_url,
            tenant_role=self._settings.tenant_role_arn,
            clock=self.clock,
        )
        self._cache, self._secrets = ItemCache(self.clock), SecretCache(self.clock)

    @cached_property
    def database(self) -> "Database":
        """The one DynamoDB connection."""
        from offhook.adapters.dynamo.database import connect

        given = self._settings
        return connect(given.table_prefix, given.region, given.endpoint_url or None, session=self._clients.session)

    def deps_for(self, tenant: TenantContext) -> Deps:
        """Configuration through the cache, everything else as it is."""
        from offhook.adapters.media import S3Vault, TenantMedia

        account = self._account(tenant)
        s3 = partial(self._clients.get, "s3")
        return Deps(
            tenant=tenant,
            clock=self.clock,
            ids=self.ids,
            items=self._items(tenant.id),
            telephony=account.telephony(),
            outgoing=self.outgoing(),
            media=TenantMedia(
                tenant.id, account.recordings(), S3Vault(s3, self._settings.recordings_bucket, self._settings.links_at)
            ),
            courier=partial(_courier, tenant),
        )

    def edge_items(self) -> Items:
        """The directory."""
        from offhook.adapters.dynamo.items import DynamoItems

        return EdgeItems(DynamoItems(self.database, None))

    def tenant_context(self, tenant_id: TenantId) -> TenantContext:
        """The tenant's own item among its configuration."""
        with tenant_scope(tenant_id):
            return ConfigStore(self._items(tenant_id), tenant_id).get(Tenant, tenant_id).context()

    def forget_tenant(self, tenant_id: TenantId) -> None:
        """The tenant's own item is read anew."""
        self._cache.forget(Table.CONFIG, keys.config_list(tenant_id, kind_of(Tenant)))

    def number_desk(self, tenant: TenantContext) -> "NumberDesk":
        """The tenant's own account at the carrier."""
        from offhook.adapters.carrier.twilio.numbers import TwilioNumbers
        from offhook.usecases.numbers.desk import NumberDesk

        given, tokens = self._settings, self.secrets(tenant).carrier_tokens
        carrier = TwilioNumbers(tenant.account_sid, tokens, given.carrier_url, given.public_api_url)
        return NumberDesk(self.deps_for(tenant), carrier, self.edge_items())

    def secrets(self, tenant: TenantContext) -> Secrets:
        """The tenant's secrets."""
        kms = partial(self._clients.get, "kms")
        return Secrets(self._items(tenant.id), tenant.id, KmsCipher(kms, self._settings.key_arn), self._secrets)

    def outgoing(self) -> Outgoing:
        """The work queue."""
        from offhook.adapters.sqs import SqsOutgoing

        elsewhere = dict.fromkeys(UPKEEP, self._settings.provisioning_queue_url)
        elsewhere |= dict.fromkeys(JOBS, self._settings.jobs_queue_url)
        return SqsOutgoing(partial(self._clients.get, "sqs"), self._settings.work_queue_url, elsewhere)

    def deliveries(self) -> Outgoing:
        """The queue of webhooks to be sent."""
        from offhook.adapters.sqs import SqsOutgoing

        return SqsOutgoing(partial(self._clients.get, "sqs"), self._settings.need("deliveries_queue_url"))

    def http_sender(self, tenant: TenantContext) -> "HttpSender":
        """Sockets, as far as the rule lets them."""
        from offhook.adapters.http_sender import GuardedSender
        from offhook.wiring.courier import policy_of

        return GuardedSender(policy_of(self._settings, tenant))

    def event_stream(self) -> "EventStream":
        """Kinesis."""
        from offhook.adapters.kinesis import KinesisStream

        return KinesisStream(self._clients.get("kinesis"), self._settings.need("event_stream"))

    def live_channel(self, tenant: TenantContext) -> "LiveChannel":
        """API Gateway's management of the WebSocket API."""
        from offhook.adapters.live_channel import Connections, LiveChannel, poster

        client = self._clients.get("apigatewaymanagementapi", self._settings.need("live_endpoint"))
        return LiveChannel(Connections(self._items(tenant.id), tenant), poster(client))

    def user_pool(self) -> "Cognito":
        """The user pool's app client."""
        from offhook.adapters.cognito import Cognito

        given = self._settings
        return Cognito(self._clients.get("cognito-idp"), given.need("user_pool_client_id"), given.need("user_pool_id"))

    def sweep(self) -> "Sweep":
        """DynamoDB, with the function's own role."""
        from offhook.adapters.dynamo.sweep import DynamoSweep

        return DynamoSweep(partial(self._clients.own, "dynamodb"), self._settings.table_prefix)

    def objects(self, tenant: TenantContext) -> "Objects":
        """Four buckets."""
        from offhook.adapters.s3_objects import Buckets, S3Objects

        given = self._settings
        names = (given.need(f"{kind}_bucket") for kind in ("recordings", "exports", "results", "lake"))
        buckets = Buckets(*names)
        return S3Objects(partial(self._clients.get, "s3"), buckets, tenant.id, given.links_at)

    def notary(self) -> "Notary":
        """KMS."""
        return self._notary

    @cached_property
    def _notary(self) -> "Notary":
        from offhook.adapters.notary import KmsNotary

        return KmsNotary(partial(self._clients.own, "kms"), self._settings.need("audit_key_arn"))

    def head_vault(self, tenant: TenantContext) -> "Vault":
        """The locked bucket."""
        from offhook.adapters.head_vault import S3HeadVault

        return S3HeadVault(partial(self._clients.get, "s3"), self._settings.need("audit_bucket"), tenant.id)

    def queues(self) -> "Queues":
        """SQS."""
        from offhook.adapters.sqs_desk import SqsDesk

        return SqsDesk(partial(self._clients.get, "sqs"), self._settings.table_prefix)

    def gauges(self) -> "Gauges":
        """CloudWatch, and the lake's bucket."""
        from offhook.adapters.gauges import AwsGauges

        given = self._settings
        return AwsGauges(self._clients.get, self.clock, given.table_prefix, given.need("lake_bucket"))

    def mailer(self) -> "Mailer":
        """SES."""
        from offhook.adapters.ses import SesMailer

        return SesMailer(partial(self._clients.get, "sesv2"), self._settings.need("mail_from"))

    def owner_accounts(self) -> "OwnerAccounts":
        """The user pool."""
        from offhook.adapters.pool_owners import PoolOwners

        return PoolOwners(partial(self._clients.get, "cognito-idp"), self._settings.need("user_pool_id"))

    def site(self, tenant: TenantContext) -> "Site":
        """With the carrier's parent account, which only provisioning may read."""
        from offhook.wiring.provisioning import site

        return site(self, tenant, self._settings, partial(self._clients.get, "ssm"))

    def till(self) -> "Till":
        """Stripe, or what the settings put in its place."""
        return self._till

    @cached_property
    def _till(self) -> "Till":
        from offhook.adapters.stripe.account import StripeAccount

        given, ssm = self._settings, partial(self._clients.get, "ssm")
        return StripeAccount(ssm, given.need("billing_parameter"), given.stripe_url, given.app_url, self.clock)

    def usage(self, used: "Used") -> None:
        """A record on the event stream, within seconds."""
        self.usage_recorder.record(used.tenant_id, used.contact_id, used.counters)

    @cached_property
    def usage_recorder(self) -> "UsageRecorder":
        """What waits to be sent."""
        from offhook.adapters.usage import UsageRecorder

        return UsageRecorder(self.event_stream, self.clock, self.ids)

    def forget(self) -> None:
        """Of configuration; secrets are doubted where they fail."""
        self._cache.clear()

    def _items(self, tenant: TenantId) -> Items:
        from offhook.adapters.dynamo.items import DynamoItems

        return CachedItems(DynamoItems(self.database, tenant), tenant, self._cache)

    def _account(self, tenant: TenantContext) -> CarrierAccount:
        return CarrierAccount(
            tenant.account_sid,
            lambda: self.secrets(tenant).carrier_tokens(),
            self._settings.carrier_url,
            self._settings.public_api_url,
        )
