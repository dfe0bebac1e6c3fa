"""Parquet tables are read where they lie, only the partitions a query asks for, and the bytes read are counted.

Upstream copies the whole table for every query: all tenants, all days. That hides a missing partition predicate, makes
DataScannedInBytes meaningless and takes seconds as soon as there is data.
"""

import asyncio
import contextvars
from typing import Any

_scanned: contextvars.ContextVar[int | None] = contextvars.ContextVar("scanned", default=None)


def apply() -> None:
    """Replace lake tables in the query before upstream sees them; report the bytes before the results are saved."""
    from ministack.services import athena

    from local.aws.repairs.athena_lake import rewriting

    run, save = athena._run_duckdb, athena._save_query_results

    async def run_in_place(query: str, database: str, catalog: str | None = None) -> Any:
        rewritten = await asyncio.to_thread(rewriting.in_place, query, database or "default")
        _scanned.set(rewritten.bytes)
        return await run(rewritten.query, database, catalog)

    async def save_with_bytes(query_id: str) -> None:
        if (scanned := _scanned.get()) is not None:
            athena._executions[query_id]["Statistics"]["DataScannedInBytes"] = scanned
        await save(query_id)

    athena._run_duckdb, athena._save_query_results = run_in_place, save_with_bytes
