"""A change of a stored item as the stream tells it: the item before and after, and where in the stream."""

from collections.abc import Iterable
from dataclasses import dataclass

from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Key


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One stream record. sequence orders the changes of one shard."""

    old: Item | None
    new: Item | None
    sequence: str

    @property
    def key(self) -> Key:
        """The key of the item that changed."""
        item = self.new or self.old
        if item is None:
            raise ValueError("A change needs an image.")
        return item.key

    @property
    def tenant(self) -> TenantId:
        """Whose item it is: T#<tenant>#..."""
        return TenantId(self.key.pk.split("#", 2)[1])

    @property
    def kind(self) -> str:
        """What the item is, in small letters: contact, agent, waiting, ready."""
        return self.key.pk.split("#", 3)[2].lower()

    @property
    def entity_id(self) -> str:
        """The last part of the partition key: the contact's or agent's id, the queue of a waiting row."""
        return self.key.pk.split("#", 3)[3]

    @property
    def entity(self) -> str:
        """What begins the ids of its events: contact:<id>, agent:<id>."""
        return f"{self.kind}:{self.entity_id}"

    @property
    def version(self) -> int:
        """The version that the change made; 0 when it removed the item."""
        return self.new.version if self.new else 0

    @property
    def outbox(self) -> bytes:
        """The events made by this change; empty when it made none (or only touched the item)."""
        if self.new is None or (self.old is not None and self.old.version == self.new.version):
            return b""
        return self.new.events


def by_tenant(changes: Iterable[ItemChange]) -> dict[TenantId, list[ItemChange]]:
    """The changes of each tenant, in their order."""
    parts: dict[TenantId, list[ItemChange]] = {}
    for change in changes:
        parts.setdefault(change.tenant, []).append(change)
    return parts
