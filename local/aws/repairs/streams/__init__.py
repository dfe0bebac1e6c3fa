"""Kinesis and DynamoDB stream mappings deliver as on AWS, each shard by itself.

Upstream stores ReportBatchItemFailures, MaximumRetryAttempts, BisectBatchOnFunctionError and the on-failure queue of a
Kinesis mapping and ignores them: a record that the function reports as failed is taken as done, one that raises blocks
its shard for ever. It also polls every mapping, SQS included, on one thread, so that one slow consumer delays the
others, and remembers positions as list offsets, which point past new records once the list was lost or trimmed.
"""


def apply() -> None:
    """Take stream mappings away from upstream's poller, which keeps SQS, and deliver them here."""
    from ministack.services import lambda_svc

    from local.aws.repairs.streams import supervisor

    lambda_svc._poll_kinesis = lambda: False
    lambda_svc._poll_dynamodb_streams = lambda: False
    supervisor.watch()
