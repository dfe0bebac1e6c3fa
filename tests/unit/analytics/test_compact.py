"""Compaction replaces a day's files without a moment in which an event is missing."""

from collections.abc import Sequence

import pytest
from offhook.domain.analytics.lake import Answer, QueryFailed
from offhook.usecases.analytics.compact import compact, unload

from .streams import ACME

DAY = f"events/tenant={ACME}/dt=2026-01-05/"


class Files:
    """Objects by key, and what was done in which order."""

    bucket = "lake"

    def __init__(self, *keys: str) -> None:
        self.keys = set(keys)
        self.least = len(keys)

    def list(self, prefix: str) -> list[str]:
        return sorted(k for k in self.keys if k.startswith(prefix))

    def copy(self, source: str, target: str) -> None:
        assert source in self.keys
        self.keys.add(target)

    def delete(self, keys: Sequence[str]) -> None:
        self.keys -= set(keys)
        self.least = min(self.least, len(self.list(DAY)))


class Athena:
    """Writes two files where it is told to, or fails."""

    def __init__(self, files: Files, fails: bool = False) -> None:
        self.files, self.fails = files, fails

    def run(self, sql: str) -> Answer:
        if self.fails:
            raise QueryFailed
        location = sql.partition("TO 's3://lake/")[2].partition("'")[0]
        self.files.keys |= {f"{location}{n}" for n in "ab"}
        return Answer("q", (), 0)


def test_many_files_become_few_and_the_new_are_there_before_the_old_go():
    files = Files(*(f"{DAY}{n}.parquet" for n in range(9)), "events/tenant=t_other/dt=2026-01-05/x.parquet")
    assert compact(Athena(files), files, ACME, "2026-01-05", "run1") == 9
    assert files.list("events/_compaction/") == []
    assert files.list(DAY) == [f"{DAY}compacted-run1-0000.parquet", f"{DAY}compacted-run1-0001.parquet"]
    assert files.least == 2 and "events/tenant=t_other/dt=2026-01-05/x.parquet" in files.keys


def test_a_day_of_one_file_is_left_alone():
    files = Files(f"{DAY}1.parquet")
    assert compact(Athena(files), files, ACME, "2026-01-05", "run1") == 0


def test_a_query_that_fails_leaves_every_file():
    files = Files(f"{DAY}1.parquet", f"{DAY}2.parquet")
    with pytest.raises(QueryFailed):
        compact(Athena(files, fails=True), files, ACME, "2026-01-05", "run1")
    assert len(files.list(DAY)) == 2


def test_the_sql_names_one_tenant_and_day():
    sql = unload(ACME, "2026-01-05", "s3://lake/x/")
    assert sql.startswith('UNLOAD (SELECT DISTINCT "event_id"')
    assert f"\"tenant\" = '{ACME}' AND \"dt\" = '2026-01-05'" in sql
    assert sql.endswith("TO 's3://lake/x/' WITH (format = 'PARQUET', compression = 'SNAPPY')")
