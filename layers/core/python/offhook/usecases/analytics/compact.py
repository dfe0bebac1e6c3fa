"""Writes a tenant's day in the lake anew: few files, each event once; reports are right at every moment of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from sqlglot import exp

from offhook.domain.analytics.lake import Lake
from offhook.domain.event_schema import lake_columns
from offhook.domain.ids import TenantId
from offhook.usecases.analytics.compile_report import TABLE

WORTH_IT = 2  # files


class LakeFiles(Protocol):
    """The lake's objects."""

    @property
    def bucket(self) -> str:
        """Where they are."""
        ...

    def list(self, prefix: str) -> list[str]:
        """The keys below a prefix."""
        ...

    def copy(self, source: str, target: str) -> None:
        """Copy one object."""
        ...

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; none is no error."""
        ...


def compact(lake: Lake, files: LakeFiles, tenant: TenantId, day: str, run: str) -> int:
    """Rewrite the tenant's day; returns how many files were replaced, 0 when it was not worth it.

    The new files are added before the old ones go: meanwhile every event is there twice, which reports do not
    count. run: names this attempt; one that broke off leaves files that no query reads.
    Raises what Lake.run raises.
    """
    return replace_day(lake, files, tenant, day, run, lambda location: unload(tenant, day, location), WORTH_IT)


def replace_day(
    lake: Lake,
    files: LakeFiles,
    tenant: TenantId,
    day: str,
    run: str,
    sql: Callable[[str], str],
    least: int = 1,
) -> int:
    """As `compact`, by the SQL for a place of the new files; a day of fewer files than `least` is left alone."""
    partition = f"{TABLE}/tenant={tenant}/dt={day}/"
    old = files.list(partition)
    if len(old) < least:
        return 0
    aside = f"{TABLE}/_compaction/{tenant}/{day}/{run}/"
    lake.run(sql(f"s3://{files.bucket}/{aside}"))
    written = files.list(aside)
    for n, key in enumerate(written):
        files.copy(key, f"{partition}compacted-{run}-{n:04d}.parquet")
    files.delete(old)
    files.delete(written)
    return len(old)


def unload(tenant: TenantId, day: str, location: str, blank: Mapping[str, exp.Condition] | None = None) -> str:
    """The SQL that writes the day's events, each once, as Parquet. blank: columns to empty where a condition holds."""
    columns = [_column(name, (blank or {}).get(name)) for name, _ in lake_columns()]
    events = exp.select(*columns).distinct().from_(exp.to_table(TABLE, dialect="trino"))
    events = events.where(
        exp.column("tenant", quoted=True).eq(exp.Literal.string(tenant)),
        exp.column("dt", quoted=True).eq(exp.Literal.string(day)),
    )
    target = exp.Literal.string(location).sql(dialect="trino")
    return f"UNLOAD ({events.sql(dialect='trino')}) TO {target} WITH (format = 'PARQUET', compression = 'SNAPPY')"


def _column(name: str, blank: exp.Condition | None) -> exp.Expr:
    column = exp.column(name, quoted=True)
    if blank is None:
        return column
    emptied = exp.Case(ifs=[exp.If(this=blank.copy(), true=exp.null())], default=column)
    return exp.alias_(emptied, name, quoted=True)
