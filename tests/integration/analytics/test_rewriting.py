"""Days of the embedded lake written anew: compaction, and the erasure of a person, by Athena over real Parquet."""

import json

import pytest
from offhook.adapters.athena import AthenaLake
from offhook.adapters.kinesis import KinesisStream
from offhook.adapters.lake_files import S3LakeFiles
from offhook.domain.analytics.outbound import Outbound
from offhook.domain.ids import CustomerId, TenantId
from offhook.usecases.analytics.compact import compact
from offhook.usecases.erasure.lake import LakePerson

from tests.integration.analytics.conftest import BUCKET, DATABASE, RESULTS, STREAM, WORKGROUP, Aws
from tests.integration.embedded_aws.kit import eventually

TENANT, DAY, NUMBER = TenantId("t_rewritten"), "2025-10-10", "+14155550123"
PARTITION = f"events/tenant={TENANT}/dt={DAY}/"
Told = set[tuple[str | None, ...]]


def event(name: str, contact: str, **more: object) -> Outbound:
    body = {"event_id": name, "type": "x", "event_version": 1, "at": 1, "contact_id": contact, **more}
    return Outbound(f"{TENANT}#{contact}", json.dumps({**body, "tenant": TENANT, "dt": DAY}).encode())


@pytest.fixture(scope="module")
def lake(aws: Aws) -> AthenaLake:
    return AthenaLake(aws.client("athena"), WORKGROUP, DATABASE, RESULTS, 60)


def told(lake: AthenaLake) -> Told:
    columns = ("event_id", "contact_id", "customer_number", "keys", "event_version")
    rows = lake.run(f"SELECT {', '.join(columns)} FROM events WHERE tenant = '{TENANT}' AND dt = '{DAY}'").rows
    return {tuple(row[column] for column in columns) for row in rows}


def test_files_become_one_and_then_forget_a_person(aws: Aws, lake: AthenaLake) -> None:
    stream, files = KinesisStream(aws.client("kinesis"), STREAM), S3LakeFiles(aws.client("s3"), BUCKET)
    assert all(stream.put([event("1", "c_1", customer_number=NUMBER), event("3", "c_2", keys="7")]))
    eventually(lambda: len(told(lake)) == 2, within_s=60)
    assert all(stream.put([event("2", "c_1", keys="4711")]))
    eventually(lambda: len(told(lake)) == 3, within_s=60)
    before = told(lake)
    assert compact(lake, files, TENANT, DAY, "run1") == 2
    assert told(lake) == before and len(files.list(PARTITION)) == 1
    person = LakePerson(lake, files, TENANT, CustomerId("cu_ada"), (NUMBER,))
    days = person.days()
    assert days[DAY] == ("c_1",)
    assert person.blank(DAY, days[DAY], "run2") == 1
    assert told(lake) == {("1", "c_1", None, None, "1"), ("2", "c_1", None, None, "1"), ("3", "c_2", None, "7", "1")}
    assert person.days() == {} and not files.list("events/_compaction/")
