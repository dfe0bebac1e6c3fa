"""One embedded DynamoDB with the six tables for all tests of stores; each test uses tenants of its own."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from offhook.adapters import guard
from offhook.adapters.dynamo.database import Database, connect
from offhook.adapters.dynamo.schema import definition, table_of
from offhook.adapters.dynamo.tables import TABLES

from local.aws.testing import Endpoint, running_emulator

PREFIX = "stores-"


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with running_emulator(Path(tmp_path_factory.mktemp("stores"))) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def aws(emulator):
    """Clients without guard or metering, for preparing and for looking from outside."""

    def client(service):
        with guard.unguarded():
            return boto3.client(service, **emulator.client_arguments)

    return client


@pytest.fixture(scope="session")
def database(emulator, aws) -> Database:
    for model in TABLES:
        aws("dynamodb").create_table(**definition(model, f"{PREFIX}{table_of(model)}"))
    return connect(PREFIX, "us-east-1", emulator.url, ("000000000000", "local"))
