"""A webhook on the embedded AWS: endpoint in DynamoDB, secret under KMS, hint in SQS, request over a real socket."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.domain.ids import TenantId
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import parse, settings
from offhook.stores.config import ConfigStore
from offhook.stores.deliveries import PLACES, Deliveries
from offhook.usecases.integrations import endpoints
from offhook.usecases.integrations.endpoints import EndpointText
from offhook.usecases.integrations.fan_out import fan_out
from offhook.wiring.aws import AwsWorld
from offhook.wiring.courier import courier

from functions.integrations.app import deliver
from tests.integration.stores.conftest import PREFIX, aws, database, emulator
from tests.integration.stores.test_wiring import tenant_role
from tests.unit.integrations.oracle import verified_body
from tests.unit.integrations.receivers import read_request, receiver

__all__ = ["aws", "database", "emulator"]
TENANT = Tenant(TenantId("t_webhooks"), name="Webhooks")
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


@pytest.fixture(scope="module")
def queue(database, emulator, aws) -> Iterator[str]:
    """The address of the queue of deliveries, with the product wired to it."""
    url = aws("sqs").create_queue(QueueName="deliveries")["QueueUrl"]
    aws("kinesis").create_stream(StreamName="events", ShardCount=1)
    variables = {
        "OFFHOOK_EVENT_STREAM": "events",
        "OFFHOOK_STAGE": "local",
        "OFFHOOK_TABLE_PREFIX": PREFIX,
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": emulator.url,
        "OFFHOOK_PUBLIC_API_URL": "http://127.0.0.1:8080",
        "OFFHOOK_KEY_ARN": aws("kms").create_key()["KeyMetadata"]["Arn"],
        "OFFHOOK_TENANT_ROLE_ARN": tenant_role(aws),
        "OFFHOOK_DELIVERIES_QUEUE_URL": url,
        "OFFHOOK_LOCAL_RECEIVERS": "yes",
    }
    with patch.dict(os.environ, variables), wiring.use(AwsWorld(parse(variables))):
        settings.cache_clear()
        yield url
    settings.cache_clear()


def test_an_event_becomes_a_signed_request_and_a_line_in_the_log(queue, aws):
    heard: list[bytes] = []

    def keep(peer: socket.socket, _: threading.Event) -> None:
        heard.append(read_request(peer))
        peer.sendall(OK)

    context = TENANT.context()
    with receiver(keep) as port, tenant_scope(TENANT.id):
        deps = wiring.deps_for(context)
        ConfigStore(deps.items, TENANT.id).put(TENANT)
        text = EndpointText(f"http://127.0.0.1:{port}/hook", events=("contact.ended",))
        made = endpoints.create(deps, courier(context), Identity(context, "u", "", "owner"), text, os.urandom(32))
        event = {"event_id": "contact:c_1:7:0", "type": "contact_ended", "at": deps.clock.now(), "outcome": "completed"}
        fan_out(deps, wiring.deliveries(), [event, event])
        log = Deliveries(deps.items, TENANT.id)
        (due,) = log.due(made.endpoint.id, deps.clock.now(), 10)
        messages = aws("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
        for message in messages:
            assert deliver(record(message["Body"]), None) == {"batchItemFailures": []}
        delivery = log.get(made.endpoint.id, due)
        assert log.due(made.endpoint.id, deps.clock.now(), 10) == []
    assert (delivery.state, len(delivery.attempts), delivery.attempts[0].status) == ("delivered", 1, 200)
    (request,) = heard
    head, _, body = request.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert verified_body(made.secret, body, headers, time.time())["type"] == "contact.ended"


def test_an_endpoint_has_so_many_places_and_a_lease_that_ends(queue):
    with tenant_scope(TENANT.id):
        deps = wiring.deps_for(TENANT.context())
        log, now = Deliveries(deps.items, TENANT.id), 1_700_000_000_000
        places = [log.take_place("we_1", f"dl_{n}", now) for n in range(PLACES + 1)]
        assert None not in places[:PLACES] and places[PLACES] is None
        assert log.take_place("we_1", "dl_0", now) is None
        log.leave_place("we_1", places[2])
        again = log.take_place("we_1", "dl_9", now + 1)
        assert again is not None and again.number == 2
        log.leave_place("we_1", places[2])
        assert log.take_place("we_1", "dl_10", now) is None
        assert log.take_place("we_1", "dl_10", now + 41_000) is not None


def record(body: str) -> dict:
    return {"Records": [{"messageId": "1", "body": body, "receiptHandle": "r", "eventSource": "aws:sqs",
                         "eventSourceARN": "a", "attributes": {}, "messageAttributes": {}}]}  # fmt: skip
