"""An export: everything that a tenant gets of its own, page by page, with a manifest at the end."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from offhook.domain.ids import DAY, Instant

KEPT = 7 * DAY
LONGEST = DAY
MANIFEST = "manifest.json"


class ExportStatus(StrEnum):
    """How far it is."""

    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of an export. sha256, rows: "" and 0 of files that were there before (recordings, the lake)."""

    name: str
    kind: str
    key: str
    size: int
    rows: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """stage, after: what is read next; page: how many were read; rows: per kind; ready_until: when it is deleted."""

    id: str
    started_at: Instant
    version: int = 1
    asked_by: str = ""
    status: ExportStatus = ExportStatus.RUNNING
    stage: int = 0
    after: str = ""
    page: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    ended_at: Instant = 0

    @property
    def ready_until(self) -> Instant:
        """When its files are gone, at the latest."""
        return self.started_at + KEPT

    def is_running(self, now: Instant) -> bool:
        """Whether its pages are still being written; one that takes a day never ends."""
        return self.status is ExportStatus.RUNNING and now < self.started_at + LONGEST

    def with_page(self, files: tuple[ExportFile, ...], after: str) -> "Export":
        """One page further. after: where the stage goes on, "" = it is through."""
        rows = dict(self.rows)
        for file in files:
            rows[file.kind] = rows.get(file.kind, 0) + max(file.rows, 1 if not file.sha256 else 0)
        stage = self.stage if after else self.stage + 1
        return replace(self, version=self.version + 1, rows=rows, stage=stage, after=after, page=self.page + 1)

    def ended(self, status: ExportStatus, now: Instant) -> "Export":
        """Ready or failed."""
        return replace(self, version=self.version + 1, status=status, ended_at=now)
