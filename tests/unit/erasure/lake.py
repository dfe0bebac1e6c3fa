"""A lake whose files are rows in memory, asked in Athena's SQL through DuckDB; what is unloaded becomes a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import duckdb
import sqlglot
from offhook.domain.analytics.lake import Answer
from offhook.domain.event_schema import lake_columns

UNLOAD = re.compile(r"UNLOAD \((.*)\) TO 's3://lake/([^']*)' WITH .*", re.DOTALL)
COLUMNS = [name for name, _ in lake_columns()]
KINDS = {"string": "VARCHAR", "bigint": "BIGINT", "double": "DOUBLE", "boolean": "BOOLEAN"}
Row = dict[str, Any]
Rows = list[Row]
DATABASE = duckdb.connect(":memory:", config={"threads": 1})


@dataclass
class MemoryLake:
    """files: rows by key `events/tenant=<id>/dt=<day>/<name>`. scanned: how many statements were run."""

    files: dict[str, Rows] = field(default_factory=dict)
    bucket: str = "lake"
    scanned: int = 0

    def add(self, tenant: str, day: str, name: str, *rows: Row) -> None:
        """A file of events."""
        self.files[f"events/tenant={tenant}/dt={day}/{name}"] = [dict.fromkeys(COLUMNS) | row for row in rows]

    def rows(self, tenant: str) -> Rows:
        """All events of the tenant, file by file."""
        return [row for key, rows in sorted(self.files.items()) if f"/tenant={tenant}/" in key for row in rows]

    def run(self, sql: str) -> Answer:
        """The answer; of an UNLOAD its file."""
        self.scanned += 1
        unloading = UNLOAD.fullmatch(sql)
        found = self._select(unloading[1] if unloading else sql)
        if unloading is None:
            return Answer("q", tuple({n: None if v is None else str(v) for n, v in row.items()} for row in found), 0)
        if found:
            self.files[f"{unloading[2]}part-0"] = found
        return Answer("q", (), 0)

    def list(self, prefix: str) -> list[str]:
        """The keys below a prefix."""
        return sorted(key for key in self.files if key.startswith(prefix))

    def copy(self, source: str, target: str) -> None:
        """One file."""
        self.files[target] = self.files[source]

    def delete(self, keys: Sequence[str]) -> None:
        """Gone."""
        for key in keys:
            del self.files[key]

    def _select(self, sql: str) -> Rows:
        columns = [*((name, KINDS[kind]) for name, kind in lake_columns()), ("tenant", "VARCHAR"), ("dt", "VARCHAR")]
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns)
        DATABASE.execute(f"CREATE OR REPLACE TABLE events ({declared})")
        rows = [[*(row[c] for c in COLUMNS), *_partition(key)] for key, some in self.files.items() for row in some]
        if rows:
            DATABASE.executemany(f"INSERT INTO events VALUES ({', '.join('?' for _ in columns)})", rows)
        found = DATABASE.execute(_in_duckdb(sql))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@cache
def _in_duckdb(sql: str) -> str:
    (query,) = sqlglot.transpile(sql, read="athena", write="duckdb")
    return query


def _partition(key: str) -> list[str]:
    parts = dict(part.split("=") for part in key.split("/") if "=" in part)
    return [parts.get("tenant", ""), parts.get("dt", "")]
