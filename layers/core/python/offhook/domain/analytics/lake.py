"""Queries over the lake as a port, and what may go wrong with one."""

from dataclasses import dataclass
from typing import Protocol

from offhook.domain.errors import OffhookError


class QueryFailed(OffhookError):
    """The report could not be computed."""

    code = "report_failed"
    status = 502


class QueryTimedOut(OffhookError):
    """The report took too long; ask for a shorter range or a coarser grain."""

    code = "report_timed_out"
    status = 504


class LakeUnavailable(OffhookError):
    """Reports are not available at the moment."""

    code = "reports_unavailable"
    status = 503


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query, every value as text (None = NULL), and what it cost to read."""

    query_id: str
    rows: tuple[dict[str, str | None], ...]
    bytes_scanned: int


class Lake(Protocol):
    """Where reports are computed."""

    def run(self, sql: str) -> Answer:
        """Run a query to its end; raises QueryFailed, QueryTimedOut and LakeUnavailable."""
        ...
