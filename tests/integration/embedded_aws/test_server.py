"""Start, stop, one version only, and what is still there afterwards."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from local.aws import launcher, server
from local.aws.testing import free_port, kill, running_emulator
from tests.integration.embedded_aws import kit

CONSUMER = """
import os, boto3
def handler(event, context):
    for record in event["Records"]:
        text = record["dynamodb"]["Keys"]["id"]["S"]
        boto3.client("sqs").send_message(QueueUrl=os.environ["SEEN"], MessageBody=text)
"""


def test_other_version_is_refused_before_anything_is_patched(tmp_path: Path) -> None:
    other = tmp_path / "ministack-9.9.9.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: ministack\nVersion: 9.9.9\n")
    with pytest.raises(server.EmulatorError, match=rf"fit ministack {launcher.SUPPORTED} only, found 9\.9\.9"):
        server.start(tmp_path / "aws", free_port(), PYTHONPATH=str(tmp_path))


def test_missing_installation_is_said_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "INTERPRETER", tmp_path / "absent")
    with pytest.raises(server.EmulatorError, match="is not installed: run `make set-up`"):
        server.start(tmp_path / "aws", free_port())


def test_two_run_at_once_and_know_nothing_of_each_other(tmp_path: Path) -> None:
    with running_emulator(tmp_path / "a") as first, running_emulator(tmp_path / "b") as second:
        kit.client(first, "sqs").create_queue(QueueName="mine")
        assert kit.client(second, "sqs").list_queues().get("QueueUrls", []) == []


def test_second_start_on_a_folder_in_use_changes_nothing(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as running:
        assert server.start(running.state_dir, free_port()) == server.pid(running.state_dir)


def test_lambda_sees_nothing_of_the_shell_that_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL_SECRET", "x")
    source = "import os\ndef handler(event, context): return sorted(os.environ)"
    with running_emulator(tmp_path) as running:
        answer = kit.client(running, "lambda").invoke(FunctionName=kit.function(running, source))
        assert b"SHELL_SECRET" not in (body := answer["Payload"].read()) and b"AWS_ENDPOINT_URL" in body


@pytest.mark.parametrize(
    ("memory", "delivered"), [("1", ["before", "undelivered", "after"]), ("0", ["before", "after"])]
)
def test_stop_saves_all_and_a_new_start_goes_on_where_it_ended(
    tmp_path: Path, memory: str, delivered: list[str]
) -> None:
    with running_emulator(tmp_path, OFFHOOK_REPAIR_STREAM_MEMORY=memory) as running:
        name, arn = kit.table(running)
        seen = kit.queue(running)
        kit.client(running, "dynamodb").put_item(TableName=name, Item={"id": {"S": "before"}})
        mapping = kit.map_source(running, arn, kit.function(running, CONSUMER, SEEN=seen.url))
        assert seen.await_bodies(1) == ["before"]
        kit.client(running, "lambda").update_event_source_mapping(UUID=mapping, Enabled=False)
        kit.client(running, "dynamodb").put_item(TableName=name, Item={"id": {"S": "undelivered"}})
        server.stop(running.state_dir)
        assert server.pid(running.state_dir) is None
        (running.state_dir / "tmp" / "left-over").write_text("x")

        server.start(running.state_dir, running.port, SNAPSHOT_SECONDS="0", OFFHOOK_REPAIR_STREAM_MEMORY=memory)
        assert not (running.state_dir / "tmp" / "left-over").exists()
        assert kit.client(running, "dynamodb").get_item(TableName=name, Key={"id": {"S": "before"}}).get("Item")
        kit.client(running, "lambda").update_event_source_mapping(UUID=mapping, Enabled=True)
        kit.client(running, "dynamodb").put_item(TableName=name, Item={"id": {"S": "after"}})
        assert kit.eventually(lambda: seen.read if "after" in seen.bodies() else []) == delivered


@pytest.mark.parametrize(("seconds", "kept"), [("0", False), ("0.3", True)])
def test_kill_loses_what_is_younger_than_the_last_snapshot(tmp_path: Path, seconds: str, kept: bool) -> None:
    with running_emulator(tmp_path, SNAPSHOT_SECONDS=seconds) as running:
        name, _ = kit.table(running)
        if kept:
            await_next_snapshots(running.state_dir / "state" / "dynamodb.json", 2)
        kill(running.state_dir)
        server.start(running.state_dir, running.port, SNAPSHOT_SECONDS="0")
        assert (name in kit.client(running, "dynamodb").list_tables()["TableNames"]) is kept


def await_next_snapshots(file: Path, count: int) -> None:
    """The second one from now was begun after now."""

    def written() -> float:
        return file.stat().st_mtime if file.exists() else 0.0

    for _ in range(count):
        last = written()
        kit.eventually(lambda before=last: written() > before)


def test_requests_are_served_while_a_snapshot_is_written(tmp_path: Path) -> None:
    with running_emulator(tmp_path, SNAPSHOT_SECONDS="0.1") as running:
        name, _ = kit.table(running)
        dynamodb = kit.client(running, "dynamodb")
        for number in range(300):
            dynamodb.put_item(TableName=name, Item={"id": {"S": str(number)}, "filler": {"S": "x" * 1000}})
        kill(running.state_dir)
        assert "failed" not in (running.state_dir / "log").read_text()


def test_reset_forgets_a_stopped_and_a_running_one(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as running:
        name, _ = kit.table(running)
        server.reset(running.state_dir, running.port)
        assert name not in kit.client(running, "dynamodb").list_tables()["TableNames"]
        server.stop(running.state_dir)
        server.reset(running.state_dir, running.port)
        assert not running.state_dir.exists()


def test_command_line_starts_waits_reports_and_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--state-dir", str(tmp_path / "aws"), "--port", str(free_port())]
    assert [server.main([command, *arguments]) for command in ("status", "start", "wait", "status")] == [1, 0, 0, 0]
    running = server.pid(tmp_path / "aws")
    assert running and f"process {running}" in capsys.readouterr().out
    assert [server.main([command, *arguments]) for command in ("stop", "stop", "status")] == [0, 0, 1]


def test_dead_process_leaves_no_stale_pid(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as running:
        pid = server.pid(running.state_dir)
        assert pid
        os.kill(pid, signal.SIGKILL)
        kit.eventually(lambda: server.pid(running.state_dir) is None)
        assert (running.state_dir / "lock").read_text() == str(pid)


def test_emulator_environment_is_not_the_app_environment() -> None:
    found = subprocess.run([server.INTERPRETER, "-c", "import chalice"], capture_output=True, check=False)
    assert found.returncode != 0
    assert shutil.which("python", path=str(server.INTERPRETER.parent))


@pytest.mark.parametrize(("results", "saved"), [("0", False), ("1", True)])
def test_query_history_with_times_and_decimals_can_be_saved(tmp_path: Path, results: str, saved: bool) -> None:
    with running_emulator(tmp_path, OFFHOOK_REPAIR_ATHENA_RESULTS=results) as running:
        kit.client(running, "s3").create_bucket(Bucket="results")
        athena = kit.client(running, "athena")
        query_id = athena.start_query_execution(
            QueryString="SELECT TIMESTAMP '2025-03-01 12:00:00' AS at, CAST(1.5 AS DECIMAL(5, 2)) AS d",
            ResultConfiguration={"OutputLocation": "s3://results/"},
        )["QueryExecutionId"]
        kit.eventually(lambda: _state(athena, query_id) == "SUCCEEDED")
        server.stop(running.state_dir)
        assert (running.state_dir / "state" / "athena.json").exists() is saved


def _state(athena: Any, query_id: str) -> str:
    return str(athena.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]["Status"]["State"])
