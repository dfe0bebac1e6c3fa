"""UNLOAD writes Parquet, as on AWS: upstream hands it to DuckDB, which knows no such statement."""

import asyncio
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from ministack.services import athena, s3

UNLOAD = re.compile(r"^\s*UNLOAD\s*\((.*)\)\s*TO\s*'s3://([^/']+)/([^']*)'\s*WITH\s*\([^()]*\)\s*$", re.DOTALL | re.I)
TYPES = {"bigint": "BIGINT", "double": "DOUBLE", "boolean": "BOOLEAN"}


def apply() -> None:
    """Run the query inside, and put what it finds where the statement says; nothing found writes nothing."""
    run = athena._run_duckdb

    async def run_or_unload(query: str, database: str, catalog: str | None = None) -> Any:
        asked = UNLOAD.match(query)
        if asked is None:
            return await run(query, database, catalog)
        select, bucket, prefix = asked.groups()
        found = await run(select, database, catalog)
        if found["rows"]:
            body = await asyncio.to_thread(parquet, found["columns"], found["column_types"], found["rows"])
            headers = {"content-type": "application/octet-stream", "content-length": str(len(body))}
            s3._put_object(bucket, f"{prefix}part-0.parquet", body, headers)
        return {"columns": ["rows"], "rows": [[len(found["rows"])]], "column_types": ["bigint"]}

    athena._run_duckdb = run_or_unload


def parquet(columns: list[str], types: list[str], rows: list[list[Any]]) -> bytes:
    """The rows as one file."""
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch, "rows.json"), Path(scratch, "rows.parquet")
        source.write_text("\n".join(json.dumps(dict(zip(columns, row, strict=True)), default=str) for row in rows))
        kinds = ", ".join(f"'{c}': '{TYPES.get(t.lower(), 'VARCHAR')}'" for c, t in zip(columns, types, strict=True))
        read = f"read_json('{source}', format = 'newline_delimited', columns = {{{kinds}}})"
        duckdb.connect(":memory:").execute(f"COPY (SELECT * FROM {read}) TO '{target}' (FORMAT parquet)")
        return target.read_bytes()
