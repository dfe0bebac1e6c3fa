"""Tells the on-failure destination of a mapping which records were given up."""

import functools
import json
import os
import time
from typing import Any

import botocore.session
from ministack.core import responses

from local.aws.repairs.streams.shards import Record, Shard


def send(mapping: dict[str, Any], shard: Shard, batch: list[Record], condition: str, invocations: int) -> None:
    """Send the description of the batch, not its records, to the mapping's SQS queue or SNS topic, if it has one."""
    destination = ((mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    if not destination:
        return
    body = json.dumps(_describe(mapping, shard, batch, condition, invocations))
    _, _, service, region, account, name = destination.split(":", 5)
    if service == "sns":
        _client("sns", region, account).publish(TopicArn=destination, Message=body)
    else:
        sqs = _client("sqs", region, account)
        sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName=name)["QueueUrl"], MessageBody=body)


def _describe(
    mapping: dict[str, Any], shard: Shard, batch: list[Record], condition: str, invocations: int
) -> dict[str, Any]:
    return {
        "requestContext": {
            "requestId": responses.new_uuid(),
            "functionArn": mapping["FunctionArn"],
            "condition": condition,
            "approximateInvokeCount": invocations,
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "version": "1.0",
        "timestamp": _iso(time.time()),
        shard.batch_info: {
            "shardId": shard.shard_id,
            "startSequenceNumber": shard.sequence(batch[0]),
            "endSequenceNumber": shard.sequence(batch[-1]),
            "approximateArrivalOfFirstRecord": _iso(shard.arrived_at(batch[0])),
            "approximateArrivalOfLastRecord": _iso(shard.arrived_at(batch[-1])),
            "batchSize": len(batch),
            "streamArn": mapping["EventSourceArn"],
        },
    }


def _iso(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


@functools.lru_cache(maxsize=8)
def _client(service: str, region: str, account: str) -> Any:
    return botocore.session.get_session().create_client(
        service,
        endpoint_url=os.environ["AWS_ENDPOINT_URL"],
        region_name=region,
        aws_access_key_id=account,
        aws_secret_access_key="local",
    )
