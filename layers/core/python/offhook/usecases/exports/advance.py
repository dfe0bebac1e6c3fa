"""The next page of an export: read, written as files that are named by their content, committed; a crash repeats it.

A file's name holds its digest, so a page that was read twice with changes in between makes two files, of which the
manifest names the one that was committed.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import msgspec

from offhook.domain.messages import Message, Topic
from offhook.domain.objects import Objects, StoredObject, exports_of, lake_of, prompts_of, recordings_of
from offhook.domain.storage import CommitConflict, Item, Table
from offhook.domain.sweeping import Sweep
from offhook.domain.tenants.data_classes import ITEMS, kind_of_partition
from offhook.domain.tenants.export import MANIFEST, Export, ExportFile, ExportStatus
from offhook.stores.exports import Exports
from offhook.stores.packing import unpack
from offhook.usecases.deps import Deps

TABLES = (Table.CONFIG, Table.RECORDS, Table.LEDGER, Table.LIVE, Table.PULSE)
FILES_AT_ONCE = 50
PLACES = (("recordings", recordings_of), ("prompts", prompts_of), ("lake", lake_of))
Page = tuple[tuple[ExportFile, ...], str]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One tenant's stores and files, and the way through whole tables."""

    deps: Deps
    objects: Objects
    sweep: Sweep

    def advance(self, export_id: str) -> Export:
        """Do one page and ask for the next; what is done, or being done by somebody else, is left alone."""
        export = self._exports.get(export_id)
        if not export.is_running(self.deps.clock.now()):
            return export
        try:
            after = self._page(export) if export.stage < len(TABLES) + len(PLACES) else self._manifest(export)
        except CommitConflict:
            return export
        if after.status is ExportStatus.RUNNING:
            self.deps.outgoing.send(Message(self.deps.tenant.id, Topic.EXPORT, export.id))
        return after

    @property
    def _exports(self) -> Exports:
        return Exports(self.deps.items, self.deps.tenant.id)

    def _page(self, export: Export) -> Export:
        files, after = self._rows(export) if export.stage < len(TABLES) else self._found(export)
        further = export.with_page(files, after)
        self._exports.commit(further, files)
        return further

    def _rows(self, export: Export) -> Page:
        swept = self.sweep.items(self.deps.tenant.id, TABLES[export.stage], export.after)
        kinds: dict[str, list[Item]] = defaultdict(list)
        for item in swept.items:
            kinds[kind_of_partition(item.key.pk)].append(item)
        return tuple(self._written(export, k, kinds[k]) for k in sorted(kinds) if _is_exported(k)), swept.after

    def _written(self, export: Export, kind: str, items: list[Item]) -> ExportFile:
        lines = [msgspec.json.encode(row_of(item)) for item in items]
        content = b"".join(line + b"\n" for line in lines)
        name = f"{kind.lower()}-{export.page:06d}-{hashlib.sha256(content).hexdigest()[:12]}.ndjson"
        return self._put(export, name, kind, content, len(lines))

    def _put(self, export: Export, name: str, kind: str, content: bytes, rows: int) -> ExportFile:
        key = f"{exports_of(self.deps.tenant.id)}{export.id}/{name}"
        self.objects.put(key, content)
        return ExportFile(name, kind, key, len(content), rows, hashlib.sha256(content).hexdigest())

    def _found(self, export: Export) -> Page:
        """Recordings, prompts and the lake are named as they lie; nothing is copied."""
        kind, prefix = PLACES[export.stage - len(TABLES)]
        below = prefix(self.deps.tenant.id)
        page = self.objects.page(below, export.after, FILES_AT_ONCE)
        return tuple(_as_it_lies(kind, below, one) for one in page), page[-1].key if page else ""

    def _manifest(self, export: Export) -> Export:
        files = [
            {"name": f.name, "kind": f.kind, "rows": f.rows, "size": f.size, "sha256": f.sha256 or None}
            for f in self._exports.files(export.id)
            if f.name != MANIFEST
        ]
        told = {"export": export.id, "tenant": self.deps.tenant.id, "started_at": export.started_at}
        content = msgspec.json.encode({**told, "rows": dict(sorted(export.rows.items())), "files": files})
        manifest = self._put(export, MANIFEST, MANIFEST, content, 0)
        ready = export.ended(ExportStatus.READY, self.deps.clock.now())
        self._exports.commit(ready, [manifest])
        return ready


def row_of(item: Item) -> dict[str, Any]:
    """An item as a line of an export: its place without the tenant, and what it says, readable."""
    _, _, *place = item.key.pk.split("#", 3)
    told: dict[str, Any] = {"kind": place[0], "of": place[1] if len(place) > 1 else "", "id": item.key.sk}
    told["version"] = item.version
    if item.body:
        told["body"] = msgspec.json.decode(unpack(item.body))
    if item.numbers:
        told["numbers"] = dict(sorted(item.numbers.items()))
    return told


def _is_exported(kind: str) -> bool:
    return kind in ITEMS and ITEMS[kind].exported


def _as_it_lies(kind: str, below: str, found: StoredObject) -> ExportFile:
    name = f"{kind}-{found.key.removeprefix(below).replace('/', '~')}"
    return ExportFile(name, kind, found.key, found.size)
