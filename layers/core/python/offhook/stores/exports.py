"""Exports of a tenant and the files of each; both are forgotten when the files are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offhook.domain.errors import NotFound
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Items, Key, Put, Table, Write
from offhook.domain.tenants.export import KEPT, Export, ExportFile
from offhook.stores.codec import decode, encode

PAGE = 200
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Exports:
    """The exports of one tenant."""

    items: Items
    tenant: TenantId

    def get(self, export_id: str) -> Export:
        """The export; raises NotFound."""
        item = self.items.get(self._key(export_id)) if 0 < len(export_id.encode()) <= LONGEST_NAME else None
        if item is None:
            raise NotFound("There is no export with this id.")
        return decode(Export, item.body)

    def all(self) -> list[Export]:
        """Those of the last days, the newest first."""
        items = self.items.query(Table.RECORDS, self._list(), limit=PAGE)
        return sorted((decode(Export, item.body) for item in items), key=lambda e: -e.started_at)

    def commit(self, export: Export, files: Sequence[ExportFile] = (), expect: int | None = None) -> None:
        """Store the export and some of its files; raises CommitConflict unless the stored version is `expect`."""
        until = export.started_at + KEPT
        item = Item(self._key(export.id), export.version, encode(export), expires_at=until)
        writes: list[Write] = [Put(item, expect=export.version - 1 if expect is None else expect)]
        for file in files:
            key = Key(Table.RECORDS, self._files(export.id), file.name)
            writes.append(Put(Item(key, body=encode(file), expires_at=until)))
        self.items.commit(*writes)

    def file(self, export_id: str, name: str) -> ExportFile:
        """One file; raises NotFound."""
        fits = 0 < len(name.encode()) <= LONGEST_NAME
        item = self.items.get(Key(Table.RECORDS, self._files(export_id), name)) if fits else None
        if item is None:
            raise NotFound("There is no such file in this export.")
        return decode(ExportFile, item.body)

    def page_of_files(self, export_id: str, after: str, limit: int) -> list[ExportFile]:
        """Files by name, from the one behind `after` on."""
        page = self.items.query(Table.RECORDS, self._files(export_id), after=after, limit=limit)
        return [decode(ExportFile, item.body) for item in page]

    def files(self, export_id: str) -> Iterator[ExportFile]:
        """Every file, by name."""
        after = ""
        while page := self.page_of_files(export_id, after, PAGE):
            yield from page
            after = page[-1].name

    def _list(self) -> str:
        return f"T#{self.tenant}#EXPORT"

    def _files(self, export_id: str) -> str:
        return f"T#{self.tenant}#EXPORT#{export_id}"

    def _key(self, export_id: str) -> Key:
        return Key(Table.RECORDS, self._list(), export_id)
