"""Asking for an export: one at a time; the work is done by the operator function, which alone may sweep tables."""

from typing import TypedDict

from offhook.domain.errors import Conflict, NotFound
from offhook.domain.ids import Instant
from offhook.domain.messages import Message, Topic
from offhook.domain.tenants.export import MANIFEST, Export, ExportStatus
from offhook.stores.exports import Exports
from offhook.usecases.deps import Deps


class ExportUnderWay(Conflict):
    """An export of this tenant is under way."""

    code = "export_under_way"


def begin(deps: Deps, by: str) -> Export:
    """A new export; raises ExportUnderWay."""
    exports, now = Exports(deps.items, deps.tenant.id), deps.clock.now()
    if any(one.is_running(now) for one in exports.all()):
        raise ExportUnderWay()
    export = Export(deps.ids.new("ex"), started_at=now, asked_by=by)
    exports.commit(export)
    deps.outgoing.send(Message(deps.tenant.id, Topic.EXPORT, export.id))
    return export


class ExportView(TypedDict):
    """An export as its owner sees it; rows: how many of each kind."""

    id: str
    status: ExportStatus
    started_at: Instant
    ended_at: Instant | None
    ready_until: Instant
    rows: dict[str, int]
    manifest: str | None


def shown(export: Export, now: Instant) -> ExportView:
    """What its owner sees."""
    lost = export.status is ExportStatus.RUNNING and not export.is_running(now)
    return {
        "id": export.id,
        "status": ExportStatus.FAILED if lost else export.status,
        "started_at": export.started_at,
        "ended_at": export.ended_at or None,
        "ready_until": export.ready_until,
        "rows": export.rows,
        "manifest": MANIFEST if export.status is ExportStatus.READY else None,
    }


class FileView(TypedDict):
    """A file as its owner sees it; kind: of its rows, or where it lay; sha256: "" of files that were there before."""

    name: str
    kind: str
    rows: int
    size: int
    sha256: str


def files_of(deps: Deps, export_id: str, after: str, limit: int) -> tuple[list[FileView], str | None]:
    """Files of a finished export by name, and after which the next page begins; raises NotFound."""
    found = _finished(deps, export_id).page_of_files(export_id, after, limit + 1)
    told: list[FileView] = [
        {"name": one.name, "kind": one.kind, "rows": one.rows, "size": one.size, "sha256": one.sha256}
        for one in found[:limit]
    ]
    return told, told[-1]["name"] if len(found) > limit else None


def key_of_file(deps: Deps, export_id: str, name: str) -> str:
    """Where a file of a finished export lies; raises NotFound."""
    return _finished(deps, export_id).file(export_id, name).key


def _finished(deps: Deps, export_id: str) -> Exports:
    exports = Exports(deps.items, deps.tenant.id)
    export = exports.get(export_id)
    if export.status is not ExportStatus.READY or deps.clock.now() >= export.ready_until:
        raise NotFound("There is no such file in this export.")
    return exports
