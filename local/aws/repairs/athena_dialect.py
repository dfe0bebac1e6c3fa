"""Athena SQL runs as Athena SQL: upstream hands the text to DuckDB, which lacks Trino's functions and parameters."""

from collections.abc import Sequence
from typing import Any

import sqlglot
from ministack.core.responses import error_response_json
from ministack.services import athena
from sqlglot import TokenType, exp


def apply() -> None:
    """Translate each query before it runs, and put ExecutionParameters in the place of its question marks."""
    run, start = athena._run_duckdb, athena._start_query_execution

    async def run_translated(query: str, database: str, catalog: str | None = None) -> Any:
        return await run(translate(query), database, catalog)

    def start_bound(data: dict[str, Any]) -> Any:
        values = data.get("ExecutionParameters")
        try:
            return start({**data, "QueryString": bind(data["QueryString"], values)} if values else data)
        except ValueError as error:
            return error_response_json("InvalidRequestException", str(error), 400)

    athena._run_duckdb, athena._start_query_execution = run_translated, start_bound


def translate(query: str) -> str:
    """The query in DuckDB's dialect; text that is not Athena SQL fails the execution."""
    tree = sqlglot.parse_one(query, read="athena")
    for node in list(tree.find_all(exp.AtTimeZone, exp.DateDiff)):
        node.replace(_in_zone(node) if isinstance(node, exp.AtTimeZone) else _whole_units(node))
    return tree.sql("duckdb")


def bind(query: str, values: Sequence[str]) -> str:
    """The query with its n-th question mark replaced by the n-th value, which is SQL text as in the API."""
    marks = [token for token in sqlglot.tokenize(query, read="athena") if token.token_type is TokenType.PLACEHOLDER]
    if len(marks) != len(values):
        raise ValueError(f"Incorrect number of parameters: expected {len(marks)} but found {len(values)}")
    for mark, value in reversed(list(zip(marks, values, strict=True))):
        query = query[: mark.start] + value + query[mark.end + 1 :]
    return query


def _in_zone(node: exp.AtTimeZone) -> exp.Expr:
    """Trino takes a time without zone as UTC and shows it in the zone; DuckDB would take it as being of the zone."""
    return exp.AtTimeZone(this=exp.cast(node.this, "TIMESTAMPTZ", dialect="duckdb"), zone=node.args["zone"])


def _whole_units(node: exp.Expr) -> exp.Expr:
    """Trino's date_diff counts whole units that have passed; DuckDB's counts boundaries crossed."""
    unit = exp.Literal.string(node.text("unit").lower() or "day")
    return exp.Anonymous(this="DATE_SUB", expressions=[unit, node.expression, node.this])
