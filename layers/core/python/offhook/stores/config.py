"""Configured things of a tenant: queues, profiles, people, flows, surveys, calendars, numbers."""

from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from offhook.domain.errors import NotFound, PreconditionFailed
from offhook.domain.ids import TenantId
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Put, Table
from offhook.stores import keys
from offhook.stores.codec import decode, encode

LONGEST_ID = 255  # bytes; a store refuses empty keys and those above a kilobyte


class Configured(Protocol):
    """A configured thing: a dataclass with an id and a version from 1."""

    @property
    def id(self) -> Any:
        """Unique among its kind in the tenant."""
        ...

    @property
    def version(self) -> int:
        """Counts the changes, from 1."""
        ...


C = TypeVar("C", bound=Configured)


def kind_of(cls: type) -> str:
    """The key segment of a class: its name in capitals (Queue -> QUEUE)."""
    return cls.__name__.upper()


def words_of(cls: type) -> str:
    """Its name as people write it (RoutingProfile -> routing profile)."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()


@dataclass(frozen=True, slots=True)
class ConfigStore:
    """Configured things by class and id. Reading is consistent; caching is the business of the Items given."""

    items: Items
    tenant: TenantId

    def find(self, cls: type[C], entity_id: str) -> C | None:
        """The thing, or None, also for what can be nobody's id."""
        if not 0 < len(entity_id.encode()) <= LONGEST_ID:
            return None
        item = self.items.get(keys.config(self.tenant, kind_of(cls), entity_id))
        return decode(cls, item.body) if item else None

    def get(self, cls: type[C], entity_id: str) -> C:
        """The thing; raises NotFound."""
        found = self.find(cls, entity_id)
        if found is None:
            raise NotFound(f"There is no {words_of(cls)} with this id.")
        return found

    def list(self, cls: type[C]) -> list[C]:
        """All things of a class, by id (up to 1,000)."""
        partition = keys.config_list(self.tenant, kind_of(cls))
        return [decode(cls, i.body) for i in self.items.query(Table.CONFIG, partition, limit=1000)]

    def create(self, thing: C) -> C:
        """Store a new thing at version 1; raises PreconditionFailed when the id is taken."""
        return self._put(replace(thing, version=1), 0)  # type: ignore[type-var]  # C is a dataclass

    def change(self, thing: C) -> C:
        """Store a changed thing, whose version is the one that was read; raises PreconditionFailed when outdated."""
        return self._put(replace(thing, version=thing.version + 1), thing.version)  # type: ignore[type-var]

    def put(self, thing: C) -> C:
        """Store the thing as it is, whatever was there (seeding)."""
        return self._put(thing, None)

    def delete(self, cls: type[C], entity_id: str) -> None:
        """Remove the thing; nothing there is no error."""
        self.items.commit(Delete(keys.config(self.tenant, kind_of(cls), entity_id)))

    def _put(self, thing: C, expect: int | None) -> C:
        key = keys.config(self.tenant, kind_of(type(thing)), str(thing.id))
        try:
            self.items.commit(Put(Item(key, version=thing.version, body=encode(thing)), expect=expect))
        except CommitConflict as conflict:
            raise PreconditionFailed("The version given is not the current one.", field="version") from conflict
        return thing
