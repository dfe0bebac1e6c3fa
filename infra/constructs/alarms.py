"""What somebody must look at: dead letters, failing functions, a stream left behind, events that fit nowhere."""

from aws_cdk import Duration, aws_cloudwatch, aws_cloudwatch_actions, aws_sns
from constructs import Construct

from infra.apps import APPS, FAILURES, QUEUES, App, FromEventStream, FromLiveTable
from infra.constructs.queue import DEAD
from infra.names import Names

OLDEST_RECORD_MS = 60_000
ERROR_METRICS = "errors"


class Alarms(Construct):
    """One alarm for each thing that can go wrong unseen; all go to one topic."""

    def __init__(self, scope: Construct, id: str, *, names: Names) -> None:
        """names: what is watched is found by its fixed name, whichever stack made it."""
        super().__init__(scope, id)
        self._names = names
        topic = aws_sns.Topic.from_topic_arn(self, "Topic", names.arn("sns", names.of("alarms")))
        self._action = aws_cloudwatch_actions.SnsAction(topic)
        for queue in (*(f"{q}-{DEAD}" for q in QUEUES), FAILURES):
            self._dead_letters(queue)
        for app in APPS:
            self._functions(app)
        self._errors("live-socket")
        self._misfits()
        self._quarantine()
        self._broken_audit()

    def _dead_letters(self, queue: str) -> None:
        metric = self._metric(
            "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", QueueName=self._names.of(queue)
        )
        text = f"{queue}: messages that could not be handled; `offhook dead-letters list`"
        self._alarm(f"Dead-{queue}", metric, 1, text)

    def _functions(self, app: App) -> None:
        self._errors(f"{app.area}-api")
        for name, handler in app.handlers.items():
            self._errors(f"{app.area}-{name}")
            if isinstance(handler.source, FromLiveTable | FromEventStream):
                self._iterator_age(f"{app.area}-{name}")

    def _errors(self, function: str) -> None:
        metric = self._metric("AWS/Lambda", "Errors", "Sum", FunctionName=self._names.of(function))
        self._alarm(f"Errors-{function}", metric, 1, f"{function}: an exception left the function")

    def _iterator_age(self, function: str) -> None:
        metric = self._metric("AWS/Lambda", "IteratorAge", "Maximum", FunctionName=self._names.of(function))
        self._alarm(f"Behind-{function}", metric, OLDEST_RECORD_MS, f"{function}: a minute behind its stream")

    def _misfits(self) -> None:
        metric = self._metric(
            "AWS/S3", "PutRequests", "Sum", BucketName=self._names.bucket("lake"), FilterId=ERROR_METRICS
        )
        self._alarm("Misfits", metric, 1, "events that did not fit the lake; under the error prefix, to be replayed")

    def _quarantine(self) -> None:
        metric = self._metric("Offhook", "UsageQuarantined", "Sum", service="offhook")
        self._alarm("Quarantine", metric, 1, "usage that has no price, no meaning, or two contents under one id")

    def _broken_audit(self) -> None:
        metric = self._metric("Offhook", "AuditBroken", "Sum", service="offhook")
        self._alarm("Audit", metric, 1, "an audit trail is not what was signed of it: somebody changed it")

    @staticmethod
    def _metric(namespace: str, name: str, statistic: str, **dimensions: str) -> aws_cloudwatch.Metric:
        return aws_cloudwatch.Metric(
            namespace=namespace,
            metric_name=name,
            statistic=statistic,
            period=Duration.minutes(1),
            dimensions_map=dimensions,
        )

    def _alarm(self, id: str, metric: aws_cloudwatch.Metric, threshold: float, description: str) -> None:
        alarm = aws_cloudwatch.Alarm(
            self,
            id,
            alarm_name=self._names.of(id.lower()),
            alarm_description=description,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=aws_cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=aws_cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(self._action)
