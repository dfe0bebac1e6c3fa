"""Puts the files of the needed partitions in the place of each lake table of a query."""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from local.aws.repairs.athena_lake.predicates import demands
from local.aws.repairs.athena_lake.tables import LakeTable, lake_table


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query over files, and their size; None when the query touches no lake table."""

    query: str
    bytes: int | None


def in_place(query: str, database: str) -> Rewritten:
    """The DuckDB query with its lake tables read in place; other tables are left as they are."""
    tree = sqlglot.parse_one(query, read="duckdb")
    named_here = {cte.alias for cte in tree.find_all(exp.CTE)}
    relations: list[str] = []
    scanned = 0
    for reference in list(tree.find_all(exp.Table)):
        table = None if reference.name in named_here and not reference.db else _table(reference, database)
        if table is not None:
            files = table.files(demands(reference, set(table.keys)))
            scanned += sum(file.stat().st_size for file in files)
            _replace(reference, f"lake_relation_{len(relations)}_")
            relations.append(table.relation(files))
    if not relations:
        return Rewritten(query, None)
    return Rewritten(_filled(tree.sql("duckdb"), relations), scanned)


def _table(reference: exp.Table, database: str) -> LakeTable | None:
    return lake_table((reference.db or database).lower(), reference.name.lower()) if reference.name else None


def _replace(reference: exp.Table, stand_in: str) -> None:
    """A short name stands for the relation, so that thousands of paths are not parsed as SQL."""
    alias = reference.alias_or_name
    root = reference.root()
    for column in root.find_all(exp.Column):
        if column.args.get("db") and column.table == reference.name:
            column.set("db", None)
            column.set("catalog", None)
    for part in ("db", "catalog"):
        reference.set(part, None)
    reference.set("this", exp.to_identifier(stand_in))
    reference.set("alias", exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))


def _filled(query: str, relations: list[str]) -> str:
    for number, relation in enumerate(relations):
        query = query.replace(f"lake_relation_{number}_", relation)
    return query
