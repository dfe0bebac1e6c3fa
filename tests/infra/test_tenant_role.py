"""IAM alone would keep tenants apart: the synthesised policies, asked about the requests that the adapters send."""

from io import BytesIO
from typing import Any

import pytest
from offhook.adapters.dynamo.database import connect
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.guard import ambient_tenant, platform_scope, tenant_scope
from offhook.adapters.guards.others import RULES
from offhook.adapters.head_vault import S3HeadVault
from offhook.adapters.media import S3Vault, Sound
from offhook.adapters.s3_objects import Buckets, S3Objects
from offhook.adapters.secrets import KmsCipher
from offhook.domain.ids import TenantId
from offhook.domain.objects import audit_of, exports_of, prefixes_of, recordings_of, results_of
from offhook.domain.recordings.sound import measured
from offhook.domain.storage import Add, Check, Delete, Item, Key, Put, Table

from tests.infra import iam
from tests.infra.conftest import KEY_ARN, PREFIX, Assembly
from tests.infra.iam import Request
from tests.infra.requests import seen_by_iam
from tests.unit.adapters.recording_wire import Wire

A, B, LONGER = TenantId("t_aaaa"), TenantId("t_bbbb"), TenantId("t_aaaab")
BUCKETS = Buckets(*(f"{PREFIX}-{n}-000000000000-us-east-1" for n in ("recordings", "exports", "results", "lake")))
RECORDINGS, LAKE = BUCKETS.recordings, BUCKETS.lake
AUDIT = f"{PREFIX}-audit-000000000000-us-east-1"


@pytest.fixture(scope="module")
def tenants_own(policies: dict[str, list[iam.Statement]]) -> list[iam.Statement]:
    (found,) = (statements for name, statements in policies.items() if name.startswith("TenantPolicy"))
    return found


class Sent:
    """A process whose requests are kept as IAM would see them; nothing is sent.

    requests: those in a tenant's scope; ours: on the platform's behalf, with the function's own role.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.ours: list[Request] = []
        self.operations: set[tuple[str, str]] = set()
        self.wire = Wire(_answer)
        self.database = connect(f"{PREFIX}-", "us-east-1", "http://127.0.0.1:9", ("000000000000", "test"))
        self.wire.tap(self.database.connection.client)
        for client in (self.database.connection.client, self.wire.client("s3"), self.wire.client("kms")):
            client.meta.events.register_last("before-parameter-build", self._keep)

    def _keep(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        service = model.service_model.service_name
        seen = seen_by_iam(service, model.name, params)
        if ambient_tenant() is None:
            self.ours += seen
        else:
            self.operations.add((service, model.name))
            self.requests += seen

    def everything(self, tenant: TenantId) -> list[Request]:
        """Every kind of request that the product makes for a tenant."""
        self.requests.clear()
        with tenant_scope(tenant):
            self._rows(DynamoItems(self.database, tenant), tenant)
            self._media(tenant)
            self._files(S3Objects(lambda: self.wire.client("s3"), BUCKETS, tenant), tenant)
            self._reports(tenant)
            self._secrets(tenant)
        return list(self.requests)

    def _rows(self, items: DynamoItems, tenant: TenantId) -> None:
        for table in (Table.CONFIG, Table.LIVE, Table.RECORDS, Table.LEDGER, Table.PULSE):
            one, other = Key(table, f"T#{tenant}#THING#1", "THING"), Key(table, f"T#{tenant}#THING#2", "THING")
            items.get(one)
            items.get_many([one, other])
            items.query(table, f"T#{tenant}#LIST")
            items.count(table, f"T#{tenant}#LIST", before="x", limit=2)
            items.query_index(table, f"T#{tenant}#OPEN#CONTACT") if table in (Table.LIVE, Table.RECORDS) else None
            for write in (Put(Item(one)), Delete(one), Add(one, {"n": 1})):
                items.commit(write)
            items.commit(Put(Item(one), expect=0), Check(other, 1), Delete(Key(table, f"T#{tenant}#X", "X")))
            items.commit(Add(one, {"n": 1}), Put(Item(other)))

    def _media(self, tenant: TenantId) -> None:
        """A recording is copied, compared, played, packed and deleted."""
        vault, key = S3Vault(lambda: self.wire.client("s3"), RECORDINGS), f"{recordings_of(tenant)}RE1"
        sound = BytesIO(b"sound")
        vault.put(key, Sound(sound, "audio/wav"), measured(sound))
        vault.digest(key)
        vault.link(key)
        vault.open(key).close()
        vault.delete(key)

    def _files(self, files: S3Objects, tenant: TenantId) -> None:
        """Exports are written and fetched; an erasure lists and deletes everything."""
        for prefix in prefixes_of(tenant).values():
            files.page(prefix, after=f"{prefix}a")
        files.put(f"{exports_of(tenant)}e1/rows.jsonl", b"x")
        files.put_file(f"{exports_of(tenant)}evidence/c_1.zip", BytesIO(b"x"))
        for prefix in prefixes_of(tenant).values():
            files.link(f"{prefix}x")
            files.delete([f"{prefix}x"])

    def _reports(self, tenant: TenantId) -> None:
        """The answer is written and read by Athena with the rights of who asks; locked heads are read."""
        answer = f"{results_of(tenant)}0a1b.csv"
        self.wire.client("s3").put_object(Bucket=BUCKETS.results, Key=answer, Body=b"x")
        self.wire.client("s3").get_object(Bucket=BUCKETS.results, Key=answer)
        vault = S3HeadVault(lambda: self.wire.client("s3"), AUDIT, tenant)
        vault.numbers(0, 10)
        self.wire.client("s3").get_object(Bucket=AUDIT, Key=f"{audit_of(tenant)}{1:012d}.json")

    def _secrets(self, tenant: TenantId) -> None:
        cipher = KmsCipher(lambda: self.wire.client("kms"), KEY_ARN)
        cipher.encrypt(tenant, b"x")
        cipher.decrypt(tenant, b"x")


def _answer(request: Any) -> tuple[int, bytes]:
    """Enough of an answer for every service."""
    if f"{PREFIX}-" in request.url:
        return 200, b"<Result/>"
    return 200, b'{"Responses": {}, "Count": 0, "Items": [], "CiphertextBlob": "eA==", "Plaintext": "eA=="}'


@pytest.fixture(scope="module")
def sent() -> list[Request]:
    return Sent().everything(A)


def test_a_tenants_session_may_do_all_that_the_product_does_for_it(
    tenants_own: list[iam.Statement], sent: list[Request]
) -> None:
    assert len(sent) > 40
    assert [request for request in sent if not iam.permitted(tenants_own, request.by(tid=A))] == []


@pytest.mark.parametrize("other", [B, LONGER, TenantId("t_aaa"), TenantId("*"), TenantId("t_*")])
def test_the_same_requests_are_refused_to_every_other_tenants_session(
    tenants_own: list[iam.Statement], sent: list[Request], other: TenantId
) -> None:
    assert [request for request in sent if iam.permitted(tenants_own, request.by(tid=other))] == []


def test_a_session_without_a_tenant_may_do_nothing(tenants_own: list[iam.Statement], sent: list[Request]) -> None:
    assert [request for request in sent if iam.permitted(tenants_own, request)] == []


def test_no_functions_own_role_reaches_a_tenants_data(
    policies: dict[str, list[iam.Statement]], sent: list[Request]
) -> None:
    owners = {name: statements for name, statements in policies.items() if not name.startswith("TenantPolicy")}
    assert len(owners) > 5
    reached = {
        (name.partition("Role")[0], request.action, request.resource)
        for name, statements in owners.items()
        for request in sent
        if iam.permitted(statements, request)
    }
    assert {(name, action) for name, action, _ in reached} == {
        ("Operator", f"s3:{n}") for n in ("ListBucket", "GetObject")
    }
    assert all(resource.startswith(f"arn:aws:s3:::{LAKE}") for _, _, resource in reached), (
        "compaction and the erasure of persons, and the lake alone"
    )


def test_a_functions_own_role_reads_the_directory(policies: dict[str, list[iam.Statement]]) -> None:
    process = Sent()
    with platform_scope():
        DynamoItems(process.database, None).get(Key(Table.DIRECTORY, "NUMBER#+15005550006", "TENANT"))
    roles = [s for name, s in policies.items() if name.startswith(("Ivr", "Routing", "Tenants"))]
    assert len(roles) >= 3
    assert all(iam.permitted(statements, one) for statements in roles for one in process.requests)


def test_a_request_that_names_no_key_is_refused_to_everybody(policies: dict[str, list[iam.Statement]]) -> None:
    table = f"arn:aws:dynamodb:us-east-1:000000000000:table/{PREFIX}-live"
    for action in ("GetItem", "Query", "PutItem", "BatchGetItem"):
        bare = Request(f"dynamodb:{action}", table)
        assert not any(iam.permitted(s, r) for s in policies.values() for r in (bare, bare.by(tid=A)))
    scan = Request("dynamodb:Scan", table, {"dynamodb:leadingkeys": [f"T#{A}#X"]})
    sweeping = {name.partition("Role")[0] for name, s in policies.items() if iam.permitted(s, scan.by(tid=A))}
    assert sweeping == {"Operator"}


def test_objects_can_be_listed_below_the_own_prefix_only(tenants_own: list[iam.Statement]) -> None:
    bucket = f"arn:aws:s3:::{RECORDINGS}"
    for prefix, may in (
        (f"t/{A}/", True),
        (f"t/{A}/recordings/", True),
        ("t/", False),
        ("", False),
        (f"t/{B}/", False),
    ):
        assert iam.permitted(tenants_own, Request("s3:ListBucket", bucket, {"s3:prefix": [prefix]}).by(tid=A)) is may


def test_a_report_reads_the_lake_of_its_own_tenant_only(tenants_own: list[iam.Statement]) -> None:
    lake = f"arn:aws:s3:::{PREFIX}-lake-000000000000-us-east-1/events"
    for path, may in ((f"tenant={A}/dt=2026-11-22/x", True), (f"tenant={B}/dt=2026-11-22/x", False)):
        assert iam.permitted(tenants_own, Request("s3:GetObject", f"{lake}/{path}").by(tid=A)) is may


def test_only_functions_may_take_the_role_and_only_for_one_named_tenant(assembly: Assembly) -> None:
    (role,) = (r for r in assembly.properties("backend", "AWS::IAM::Role") if r.get("RoleName") == f"{PREFIX}-tenant")
    trust = role["AssumeRolePolicyDocument"]["Statement"]
    assert {action for s in trust for action in iam._list(s["Action"])} == {"sts:AssumeRole", "sts:TagSession"}
    for statement in trust:
        assert all("Fn::GetAtt" in one for one in iam._list(statement["Principal"]["AWS"]))
        assert statement["Condition"]["StringLike"] == {"aws:RequestTag/tid": "t_*"}
        assert statement["Condition"]["ForAllValues:StringEquals"] == {"aws:TagKeys": ["tid"]}


def test_every_operation_that_the_guard_lets_a_tenant_have_is_asked_about() -> None:
    process = Sent()
    process.everything(A)
    unasked = {rule for rule in RULES if rule[0] in ("s3", "kms")} - process.operations
    assert unasked == {
        *(("s3", name) for name in ("CopyObject", "DeleteObjects")),
        *(("s3", f"{name}MultipartUpload") for name in ("Create", "Complete", "Abort")),
        ("s3", "UploadPart"),
        ("kms", "GenerateDataKey"),
    }, "an operation that the product now uses belongs into Sent.everything"
