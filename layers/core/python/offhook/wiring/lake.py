"""Builds the lake's query engine with its first use; tests put their own in place."""

from collections.abc import Iterator
from contextlib import contextmanager

from offhook.domain.analytics.lake import Lake
from offhook.settings import settings

_lake: Lake | None = None


def lake() -> Lake:
    """Athena by the settings, unless `use_lake` put another."""
    global _lake
    if _lake is None:
        from offhook.adapters.athena import AthenaLake
        from offhook.wiring.clients import Clients

        given = settings()
        client = Clients(given.region, given.endpoint_url).get("athena")
        _lake = AthenaLake(client, given.need("athena_workgroup"), given.need("lake_database"))
    return _lake


@contextmanager
def use_lake(other: Lake) -> Iterator[Lake]:
    """Reports inside are computed by another lake."""
    global _lake
    before, _lake = _lake, other
    try:
        yield other
    finally:
        _lake = before
