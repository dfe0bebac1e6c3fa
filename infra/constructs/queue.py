"""A work queue with its dead letters."""

from aws_cdk import Duration, RemovalPolicy, aws_sqs
from constructs import Construct

DEAD = "dead"


class DeadLetters(aws_sqs.Queue):
    """Keeps what could not be handled for as long as SQS can: fourteen days to look and redrive."""

    def __init__(self, scope: Construct, id: str, *, name: str) -> None:
        """name: the queue's full name."""
        super().__init__(
            scope,
            id,
            queue_name=name,
            retention_period=Duration.days(14),
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            removal_policy=RemovalPolicy.RETAIN,
        )


class WorkQueue(aws_sqs.Queue):
    """Standard, not FIFO: messages are hints, and the group id of a tenant makes it fair."""

    def __init__(self, scope: Construct, id: str, *, name: str, handler_timeout_s: int, attempts: int = 5) -> None:
        """handler_timeout_s: a message stays invisible six times as long, as Lambda asks. attempts: before it dies."""
        dead = DeadLetters(scope, f"{id}Dead", name=f"{name}-{DEAD}")
        super().__init__(
            scope,
            id,
            queue_name=name,
            visibility_timeout=Duration.seconds(6 * handler_timeout_s),
            retention_period=Duration.days(4),
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            dead_letter_queue=aws_sqs.DeadLetterQueue(queue=dead, max_receive_count=attempts),
            removal_policy=RemovalPolicy.RETAIN,
        )
