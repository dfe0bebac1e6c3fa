"""What did not fit the lake reaches it by the command that an operator runs, once."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from offhook.adapters.athena import AthenaLake
from offhook.adapters.guard import unguarded
from offhook.domain.analytics.lake import QueryFailed
from offhook.stores.directory import ERASED

from tests.integration.analytics.conftest import BUCKET, DATABASE, DIRECTORY, RESULTS, STAGE, STREAM, WORKGROUP, Aws
from tests.integration.embedded_aws.kit import eventually

TENANT, GONE = "t_replayed000000000000", "t_erased00000000000000"
KEY = "events-errors/format-conversion-failed/dt=2026-01-02/a"
GARBAGE = "no line of Firehose"
COMMAND = "from offhook_cli.main import main; main()"


def event(n: int) -> dict[str, Any]:
    return {"event_id": f"contact:c_{n}:1:0", "tenant": TENANT, "type": "contact_ended", "dt": "2026-01-02", "at": n}


def misfit(n: int, tenant: str = TENANT) -> str:
    """As Firehose lays it down."""
    body = json.dumps({**event(n), "tenant": tenant}).encode()
    return json.dumps({"errorMessage": "bad", "rawData": b64encode(body).decode()})


@pytest.fixture
def bucket(aws: Aws) -> Iterator[Any]:
    """The lake's, with a file of two misfits, one of a tenant that is erased, and a line that nobody can read."""
    s3, lines = aws.client("s3"), [misfit(1), GARBAGE, misfit(2), misfit(3, GONE)]
    s3.put_object(Bucket=BUCKET, Key=KEY, Body="\n".join(lines).encode())
    aws.client("dynamodb").put_item(TableName=DIRECTORY, Item={"pk": {"S": ERASED}, "sk": {"S": GONE}})
    yield s3
    s3.delete_object(Bucket=BUCKET, Key=KEY)


def run(aws: Aws, state: Path) -> dict[str, int]:
    """`offhook lake replay --json`, beside a local run."""
    (state / "run.json").write_text(json.dumps({"aws_port": aws.endpoint.port}))
    place = {name: value for name, value in os.environ.items() if name != "OFFHOOK_URL"}
    asked = [sys.executable, "-c", COMMAND, "lake", "replay", "--json"]
    environment = {**place, "OFFHOOK_STATE": str(state), "STAGE": STAGE}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told: dict[str, int] = json.loads(done.stdout)
    return told


def rows(aws: Aws) -> list[str | None]:
    """The events of the tenant in the lake, as reports read them."""
    lake = AthenaLake(aws.client("athena"), WORKGROUP, DATABASE, RESULTS, 60)
    where = f"tenant = '{TENANT}' AND dt BETWEEN '2026-01-01' AND '2026-01-03'"
    try:
        with unguarded():
            found = lake.run(f"SELECT event_id FROM events WHERE {where} ORDER BY event_id").rows
    except QueryFailed:
        return []  # no file yet
    return [row["event_id"] for row in found]


def sent(aws: Aws, events: list[str]) -> int:
    """How often these events were put on the stream."""
    kinesis = aws.client("kinesis")
    found = 0
    for shard in kinesis.list_shards(StreamName=STREAM)["Shards"]:
        place = kinesis.get_shard_iterator(
            StreamName=STREAM, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        while records := (answer := kinesis.get_records(ShardIterator=place))["Records"]:
            found += sum(json.loads(record["Data"])["event_id"] in events for record in records)
            place = answer["NextShardIterator"]
    return found


def test_the_command_brings_misfits_into_the_lake_once_however_often_it_is_run(
    aws: Aws, bucket: Any, tmp_path: Path
) -> None:
    assert run(aws, tmp_path) == {"events": 2, "files": 0, "left": 1, "erased": 1}
    wanted = [event(1)["event_id"], event(2)["event_id"]]
    eventually(lambda: rows(aws) == wanted, within_s=60)
    assert run(aws, tmp_path) == {"events": 0, "files": 0, "left": 1, "erased": 0}
    assert sent(aws, wanted) == 2 and rows(aws) == wanted
    assert sent(aws, [event(3)["event_id"]]) == 0
    assert bucket.get_object(Bucket=BUCKET, Key=KEY)["Body"].read().decode() == f"{GARBAGE}\n"


def test_a_file_that_is_replayed_whole_is_gone(aws: Aws, bucket: Any, tmp_path: Path) -> None:
    bucket.put_object(Bucket=BUCKET, Key=KEY, Body=misfit(4).encode())
    assert run(aws, tmp_path) == {"events": 1, "files": 1, "left": 0, "erased": 0}
    assert run(aws, tmp_path) == {"events": 0, "files": 0, "left": 0, "erased": 0}
