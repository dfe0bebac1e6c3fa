"""What functions ask on the platform's behalf, by the names in their environment: permitted to whom, and who else."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.adapters.head_vault import S3HeadVault
from offhook.adapters.s3_objects import Buckets, S3Objects
from offhook.domain.audit.heads import SignedHead
from offhook.domain.ids import TenantId
from offhook.domain.mail.message import Mail
from offhook.domain.messages import JOBS, UPKEEP, Message, Topic
from offhook.domain.objects import lake_of
from offhook.domain.storage import Table
from offhook.settings import Settings, parse
from offhook.wiring.aws import AwsWorld

from infra.apps import APPS
from tests.infra import iam
from tests.infra.conftest import Assembly
from tests.infra.iam import Request
from tests.infra.requests import seen_by_iam
from tests.unit.adapters.recording_wire import Wire

TENANT = TenantId("t_aaaa")
EVERYBODY = {*(app.area.title() for app in APPS), "LiveHandler"}
PEOPLE = b"""{"Username": "u1", "UserStatus": "FORCE_CHANGE_PASSWORD", "Enabled": true,
"UserAttributes": [{"Name": "sub", "Value": "u1"}]}"""
DEPTH = b'{"Attributes": {"ApproximateNumberOfMessages": "0", "ApproximateNumberOfMessagesNotVisible": "0"}}'
QUEUE = b'{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/000000000000/%s"}'
ANSWERS = {
    "Sign": b'{"Signature": "eA=="}',
    "GetUser": PEOPLE,
    "PutRecords": b'{"FailedRecordCount": 0, "Records": [{}]}',
    "GetQueueAttributes": DEPTH,
    "Scan": b'{"Items": []}',
    "GetMetricData": b'{"MetricDataResults": []}',
}


class Recorded:
    """A process with the environment of a function; what it asks is kept as IAM would see it, and nothing is sent."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.requests: list[Request] = []
        self.wire = Wire(_answer)
        self.settings: Settings = parse({**environment, "AWS_REGION": "us-east-1"})
        self.world = AwsWorld(self.settings)
        self.world._clients = self  # type: ignore[assignment]  # the clients of the wire in place of the process's own

    def get(self, service: str, endpoint_url: str = "") -> Any:
        """The recording client of a service."""
        if service not in self.wire.made:
            events = self.wire.client(service).meta.events
            events.register_last("before-parameter-build", self._keep)
        return self.wire.client(service)

    own = get

    def _keep(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self.requests += seen_by_iam(model.service_model.service_name, model.name, params)


def _answer(request: Any) -> tuple[int, bytes]:
    target = str(request.headers.get("X-Amz-Target") or "")
    if "GetQueueUrl" in target:
        name = str(request.body).partition('"QueueName": "')[2].partition('"')[0]
        return 200, QUEUE % name.encode()
    if not target:
        return 200, b"{}" if "/v2/email/" in request.url else b"<Result><AssumeRoleResult/></Result>"
    return 200, next((body for name, body in ANSWERS.items() if name in target), b"{}")


@pytest.fixture
def process(assembly: Assembly, known: dict[str, str]) -> Recorded:
    (function, *_) = assembly.properties("backend", "AWS::Serverless::Function")
    return Recorded(iam.flat(function["Environment"]["Variables"], known))


class Values(dict[str, str]):
    """Whatever a mail's text names."""

    def __missing__(self, name: str) -> str:
        return name


def mail(process: Recorded) -> None:
    process.world.mailer().send(Mail("a@example.com", "invitation", "en-US", "m1", Values()))


def people(process: Recorded) -> None:
    pool = process.world.user_pool()
    pool.sign_out_everywhere("u1")
    pool.drop_second_factor("u1")
    pool.register("a@example.com")
    pool.set_password("u1", "x")
    pool.forget_user("u1")
    process.world.owner_accounts().ensure("a@example.com", "A", "x")


def parameter(name: str) -> Callable[[Recorded], None]:
    def read(process: Recorded) -> None:
        with platform_scope():
            process.get("ssm").get_parameter(Name=process.settings.need(f"{name}_parameter"), WithDecryption=True)

    return read


def work(process: Recorded) -> None:
    for topic in (Topic.RING, *UPKEEP, *JOBS):
        with tenant_scope(TENANT):
            process.world.outgoing().send(Message(TENANT, topic, "x"))
            process.world.deliveries().send(Message(TENANT, Topic.DELIVER, "x"))


def usage(process: Recorded) -> None:
    process.world.usage_recorder.later = lambda seconds, action: None
    process.world.usage_recorder.record(TENANT, "", {"requests": 1})
    process.world.usage_recorder.flush()


def erased_events(process: Recorded) -> None:
    given = process.settings
    buckets = Buckets(given.recordings_bucket, given.exports_bucket, given.results_bucket, given.lake_bucket)
    with tenant_scope(TENANT):
        S3Objects(lambda: process.get("s3"), buckets, TENANT).delete([f"{lake_of(TENANT)}dt=2026-11-22/x"])


def sealing(process: Recorded) -> None:
    process.world.notary().sign(b"x")
    with tenant_scope(TENANT):
        S3HeadVault(lambda: process.get("s3"), process.settings.audit_bucket, TENANT).keep(SignedHead(TENANT, 1, "", 0))


def checking(process: Recorded) -> None:
    with suppress(KeyError):  # the wire has no key to answer with
        process.world.notary().public_key()


def whole_tables(process: Recorded) -> None:
    for table in Table:
        process.world.sweep().items(TENANT, table)
    process.world.sweep().handles(TENANT)


def dead_letters(process: Recorded) -> None:
    process.world.queues().depths()
    process.world.queues().letters("jobs-dead", 10)


def measures(process: Recorded) -> None:
    process.world.gauges().measured(("work",))


def tenants_session(process: Recorded) -> None:
    tags = [{"Key": "tid", "Value": TENANT}]
    process.get("sts").assume_role(RoleArn=process.settings.tenant_role_arn, RoleSessionName=TENANT, Tags=tags)


@pytest.mark.parametrize(
    ("does", "may"),
    [
        (mail, {"Tenants", "Integrations", "Operator"}),
        (people, {"Tenants", "Operator"}),
        (parameter("carrier"), {"Tenants", "Operator"}),
        (parameter("billing"), {"Tenants"}),
        (work, EVERYBODY),
        (usage, EVERYBODY),
        (erased_events, {"Operator"}),
        (sealing, {"Operator"}),
        (checking, {"Operator", "Tenants"}),
        (whole_tables, {"Operator"}),
        (dead_letters, {"Operator"}),
        (measures, {"Operator"}),
        (tenants_session, EVERYBODY),
    ],
)
def test_what_is_asked_on_the_platforms_behalf_is_permitted_to_those_who_do_it(
    process: Recorded, policies: dict[str, list[iam.Statement]], does: Callable[[Recorded], None], may: set[str]
) -> None:
    does(process)
    assert process.requests
    permitted = {
        name.partition("Role")[0]
        for name, statements in policies.items()
        if all(iam.permitted(statements, request) for request in process.requests)
    }
    assert permitted == may
    reached = {
        name.partition("Role")[0]
        for name, statements in policies.items()
        if any(iam.permitted(statements, request) for request in process.requests)
    }
    assert reached == may or does is dead_letters, "a part of it is permitted to somebody who does not do it"
