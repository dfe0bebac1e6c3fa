"""An embedded AWS with everything a sign-up needs, the carrier as a process, and the product wired to both."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3
import pytest
import requests
from offhook import wiring
from offhook.adapters import guard
from offhook.adapters.dynamo.schema import definition, table_of
from offhook.adapters.dynamo.tables import TABLES
from offhook.settings import settings
from offhook.wiring.aws import AwsWorld

from infra.preflight import carrier_document
from local.aws.testing import Endpoint, free_port, running_emulator

ROOT = Path(__file__).resolve().parents[3]
PREFIX = "tenants-"
PARENT = ("AC" + "a" * 32, "b" * 32)
PUBLIC = "https://api.offhook.test"


@dataclass(frozen=True)
class Place:
    """endpoint: of the embedded AWS; carrier: address of the simulator; queue: of provisioning; aws: clients."""

    endpoint: Endpoint
    carrier: str
    queue: str
    aws: Any


@pytest.fixture(scope="session")
def carrier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("carrier")
    command = [sys.executable, "-m", "local.carrier.server", "--port", str(port), "--state-dir", str(folder)]
    process = subprocess.Popen([*command, "--account-sid", PARENT[0], "--auth-token", PARENT[1]], cwd=ROOT)
    try:
        _wait(f"http://127.0.0.1:{port}/_carrier/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, carrier: str) -> Iterator[Place]:
    with running_emulator(tmp_path_factory.mktemp("aws")) as endpoint:

        def aws(service: str) -> Any:
            with guard.unguarded():
                return boto3.client(service, **endpoint.client_arguments)  # type: ignore[call-overload]  # named at run time

        for model in TABLES:
            aws("dynamodb").create_table(**definition(model, f"{PREFIX}{table_of(model)}"))
        queue = aws("sqs").create_queue(QueueName="provisioning")["QueueUrl"]
        environment = _environment(aws, endpoint, carrier, queue)
        with patch.dict(os.environ, environment):
            settings.cache_clear()
            with wiring.use(AwsWorld()):
                yield Place(endpoint, carrier, queue, aws)
        settings.cache_clear()


def _environment(aws: Any, endpoint: Endpoint, carrier: str, queue: str) -> dict[str, str]:
    aws("sesv2").create_email_identity(EmailIdentity="offhook.test")
    document = carrier_document(*PARENT)
    aws("ssm").put_parameter(Name="/offhook/carrier", Value=document, Type="SecureString")
    pool = aws("cognito-idp").create_user_pool(
        PoolName="people", UsernameAttributes=["email"], Policies={"PasswordPolicy": {"MinimumLength": 12}}
    )["UserPool"]["Id"]
    client = aws("cognito-idp").create_user_pool_client(
        UserPoolId=pool, ClientName="console", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    stream = "events"
    aws("kinesis").create_stream(StreamName=stream, ShardCount=1)
    return {
        **endpoint.environment,
        "OFFHOOK_STAGE": "test",
        "OFFHOOK_TABLE_PREFIX": PREFIX,
        "OFFHOOK_PUBLIC_API_URL": PUBLIC,
        "OFFHOOK_CARRIER_URL": carrier,
        "OFFHOOK_KEY_ARN": aws("kms").create_key()["KeyMetadata"]["Arn"],
        "OFFHOOK_WORK_QUEUE_URL": aws("sqs").create_queue(QueueName="work")["QueueUrl"],
        "OFFHOOK_PROVISIONING_QUEUE_URL": queue,
        "OFFHOOK_USER_POOL_ID": pool,
        "OFFHOOK_USER_POOL_CLIENT_ID": client,
        "OFFHOOK_EVENT_STREAM": stream,
        "OFFHOOK_MAIL_FROM": "Offhook <no-reply@offhook.test>",
        "OFFHOOK_APP_URL": "https://app.offhook.test",
        "OFFHOOK_CARRIER_PARAMETER": "/offhook/carrier",
        "OFFHOOK_RECORDINGS_BUCKET": "recordings",
    }


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(url, timeout=1).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise RuntimeError("The carrier simulator does not answer.")
