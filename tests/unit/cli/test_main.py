"""Trouble is one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest
from click import UsageError
from offhook_cli.output import table, width
from offhook_cli.places import base_url
from offhook_cli.practice.callers import KINDS, duration_s

from local.carrier.people.words import from_words

ROOT = Path(__file__).resolve().parents[3]


def test_an_address_where_nothing_answers_is_one_sentence() -> None:
    paths = f"{ROOT / 'cli'}:{ROOT / 'layers' / 'core' / 'python'}"
    environment = {"OFFHOOK_URL": "http://127.0.0.1:9", "OFFHOOK_EMAIL": "a@b.example", "OFFHOOK_PASSWORD": "x"}
    done = subprocess.run(
        [sys.executable, "-m", "offhook_cli.main", "floor", "--once"],
        env={**environment, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Nothing answers at http://127.0.0.1:9/v1/tenants/sessions: is it running (make run)?"
    ]


def test_the_address_is_the_url_then_the_port_then_that_of_the_last_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("OFFHOOK_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OFFHOOK_STATE", str(tmp_path))
    assert base_url() == "http://127.0.0.1:8080"
    (tmp_path / "run.json").write_text('{"port": 9001}')
    assert base_url() == "http://127.0.0.1:9001"
    monkeypatch.setenv("PORT", "9002")
    assert base_url() == "http://127.0.0.1:9002"
    monkeypatch.setenv("OFFHOOK_URL", "https://api.example/")
    assert base_url() == "https://api.example"


def test_columns_stay_aligned_under_chinese_names() -> None:
    lines = table([{"name": "王芳", "n": 1}, {"name": "Ada", "n": 2}], ("name", "n")).splitlines()

    assert len({width(line) for line in lines}) == 1


def test_durations_are_seconds_minutes_or_hours() -> None:
    assert [duration_s(words) for words in ("90", "90s", "1.5m", "2h")] == [90, 90, 90, 7200]
    with pytest.raises(UsageError):
        duration_s("soon")


def test_the_carrier_understands_every_kind_of_caller() -> None:
    for _, words in KINDS:
        assert from_words(words.format(csat="1", yes="2", nps="9", patience="20"))
