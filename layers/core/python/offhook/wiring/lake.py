"""Builds the lake's query engine and files with their first use; tests put their own in place."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from offhook.domain.analytics.lake import Lake
from offhook.settings import settings

if TYPE_CHECKING:
    from offhook.adapters.lake_files import S3LakeFiles
    from offhook.adapters.platform_lake import PlatformLake
    from offhook.usecases.analytics.reports import Report
    from offhook.wiring.clients import Clients

REPORT_S = 25.0  # an API call ends after 29 s
REWRITE_S = 60.0  # a job ends after 90 s
_lake: Lake | None = None
_reports: "dict[tuple[object, ...], Report]" = {}


def lake() -> Lake:
    """Athena for reports, unless `use_lake` put another."""
    global _lake
    if _lake is None:
        _lake = _athena(REPORT_S)
    return _lake


def reports_kept() -> "dict[tuple[object, ...], Report]":
    """Reports of the lake in use that were computed lately, by tenant and range."""
    return _reports


def platform_lake() -> "PlatformLake":
    """For rewriting a tenant's days on the platform's behalf, within a page of an erasure."""
    from offhook.adapters.platform_lake import PlatformLake

    return PlatformLake(_athena(REWRITE_S), lake_files())


def lake_files() -> "S3LakeFiles":
    """The lake's objects."""
    from offhook.adapters.lake_files import S3LakeFiles

    return S3LakeFiles(_clients().get("s3"), settings().need("lake_bucket"))


@contextmanager
def use_lake(other: Lake) -> Iterator[Lake]:
    """Reports inside are computed by another lake."""
    global _lake, _reports
    before, _lake, _reports = (_lake, _reports), other, {}
    try:
        yield other
    finally:
        _lake, _reports = before


def _athena(longest_s: float) -> Lake:
    from offhook.adapters.athena import AthenaLake

    given = settings()
    client = _clients().get("athena")
    results = given.need("results_bucket")
    return AthenaLake(client, given.need("athena_workgroup"), given.need("lake_database"), results, longest_s)


@cache
def _clients() -> "Clients":
    from offhook.wiring.clients import Clients

    given = settings()
    return Clients(given.region, given.endpoint_url, tenant_role=given.tenant_role_arn)
