"""What did not fit the lake reaches it by the command that an operator runs, once."""

import json
from base64 import b64encode

from offhook.adapters.guard import unguarded
from offhook.adapters.kinesis import KinesisStream
from offhook.usecases.analytics.replay_misfits import Replayed, replay
from offhook_cli.commands.lake import Bucket

from tests.integration.analytics.conftest import BUCKET, STREAM, Aws
from tests.integration.embedded_aws import kit

TENANT = "t_replayed000000000000"
KEY = "events-errors/format-conversion-failed/dt=2026-01-02/a"


def misfit(n: int) -> str:
    event = {"event_id": f"contact:c_{n}:1:0", "tenant": TENANT, "type": "contact_ended", "dt": "2026-01-02", "at": n}
    return json.dumps({"errorMessage": "bad", "rawData": b64encode(json.dumps(event).encode()).decode()})


def test_a_file_of_misfits_is_published_and_lands_in_the_lake(aws: Aws) -> None:
    s3 = aws.client("s3")
    s3.put_object(Bucket=BUCKET, Key=KEY, Body="\n".join([misfit(1), misfit(2)]).encode())
    files, stream = Bucket(s3, BUCKET), KinesisStream(aws.client("kinesis"), STREAM)
    with unguarded():
        assert replay(files, stream, lambda _: False) == Replayed(events=2, files=1, left=0)
        assert replay(files, stream, lambda _: False) == Replayed()
    landed = f"events/tenant={TENANT}/dt=2026-01-02/"
    assert kit.eventually(lambda: s3.list_objects_v2(Bucket=BUCKET, Prefix=landed).get("Contents"))
