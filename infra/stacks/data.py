"""What stays when code changes: tables, event stream, lake, queues, sign-in, and the key over them."""

from aws_cdk import Duration, Stack, aws_s3, aws_sns, aws_sns_subscriptions
from constructs import Construct
from offhook.adapters.dynamo.tables import TABLES
from offhook.domain.analytics.misfits import ERRORS

from infra import apps
from infra.constructs.alarms import ERROR_METRICS
from infra.constructs.bucket import AccessLogBucket, PrivateBucket
from infra.constructs.key import AuditSigner, ProductKey
from infra.constructs.lake import Lake
from infra.constructs.queue import DeadLetters, WorkQueue
from infra.constructs.stream import EventStream
from infra.constructs.table import ModelTable
from infra.constructs.user_pool import UserPool
from infra.names import Names, Shared
from infra.settings import LOCAL, Settings

AUDIT_LOCKED = Duration.days(3653)  # ten years, as the trail itself is kept
AUDIT_KEPT = Duration.days(3660)


class DataStack(Stack):
    """Every resource here holds something that cannot be made again."""

    def __init__(self, scope: Construct, id: str, *, settings: Settings) -> None:
        """settings: of the deployment."""
        super().__init__(scope, id, description=f"Offhook {settings.stage}: data")
        self.names = Names(settings.prefix)
        self.guarded = settings.stage != LOCAL
        self.key = ProductKey(self, "Key", alias=settings.prefix)
        self.names.share(self, Shared.KEY_ARN, self.key.key_arn)
        signer = AuditSigner(self, "AuditSigner", alias=settings.prefix)
        self.names.share(self, Shared.AUDIT_SIGNER_ARN, signer.key_arn)
        self._tables()
        self._queues()
        self._lake()
        self._sign_in(settings.app_url)
        self._alarm_topic(settings.alarm_email)

    def _tables(self) -> None:
        for model in TABLES:
            logical = str(model.Meta.table_name)
            table = ModelTable(
                self, logical.title(), model=model, name=self.names.of(logical), key=self.key, guarded=self.guarded
            )
            if table.table_stream_arn:
                self.names.share(self, Shared.LIVE_STREAM_ARN, table.table_stream_arn)

    def _queues(self) -> None:
        for queue in apps.QUEUES:
            WorkQueue(self, queue.title(), name=self.names.of(queue), handler_timeout_s=apps.slowest_s(queue))
        DeadLetters(self, "Failures", name=self.names.of(apps.FAILURES))

    def _lake(self) -> None:
        logs = AccessLogBucket(self, "AccessLogs", name=self.names.bucket("access-logs"))
        rule = aws_s3.LifecycleRule
        colder = aws_s3.Transition(
            storage_class=aws_s3.StorageClass.INFREQUENT_ACCESS, transition_after=Duration.days(90)
        )
        forgotten = rule(id="forgotten", noncurrent_version_expiration=Duration.days(7))
        self._private("Recordings", logs, [rule(id="colder", transitions=[colder]), forgotten], versioned=True)
        self._private("Exports", logs, [rule(id="week", expiration=Duration.days(7))])
        kept = rule(id="kept", expiration=AUDIT_KEPT, noncurrent_version_expiration=Duration.days(7))
        self._private("Audit", logs, [kept], versioned=True, locked_for=AUDIT_LOCKED)
        results = self._private("Results", logs, [rule(id="week", expiration=Duration.days(7))])
        lake = self._private(
            "Lake",
            logs,
            [
                rule(id="colder", prefix="events/", transitions=[colder]),
                rule(id="errors", prefix=f"{ERRORS}/", expiration=Duration.days(90)),
            ],
            metrics=[aws_s3.BucketMetrics(id=ERROR_METRICS, prefix=f"{ERRORS}/")],
        )
        stream = EventStream(self, "Events", name=self.names.of("events"), key=self.key)
        Lake(self, "EventLake", names=self.names, key=self.key, stream=stream, bucket=lake, results=results)

    def _private(
        self,
        id: str,
        logs: aws_s3.IBucket,
        rules: list[aws_s3.LifecycleRule],
        *,
        versioned: bool = False,
        metrics: list[aws_s3.BucketMetrics] | None = None,
        locked_for: Duration | None = None,
    ) -> PrivateBucket:
        return PrivateBucket(
            self,
            id,
            name=self.names.bucket(id.lower()),
            key=self.key,
            logs=logs,
            rules=rules,
            versioned=versioned,
            metrics=metrics or [],
            locked_for=locked_for,
        )

    def _sign_in(self, app_url: str) -> None:
        claims = self.names.arn("lambda", f"function:{self.names.of(f'tenants-{apps.CLAIMS}')}")
        name = self.names.of("people")
        pool = UserPool(self, "People", name=name, guarded=self.guarded, claims_arn=claims, app_url=app_url)
        client = pool.console_client("Console")
        self.names.share(self, Shared.USER_POOL_ID, pool.user_pool_id)
        self.names.share(self, Shared.USER_POOL_CLIENT_ID, client.user_pool_client_id)

    def _alarm_topic(self, email: str) -> None:
        topic = aws_sns.Topic(self, "Alarms", topic_name=self.names.of("alarms"), master_key=self.key, enforce_ssl=True)
        if email:
            topic.add_subscription(aws_sns_subscriptions.EmailSubscription(email))
