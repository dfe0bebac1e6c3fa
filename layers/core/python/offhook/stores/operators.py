"""Who operates the platform: users of the pool, listed in the directory by the deployment's tool and by no route."""

from dataclasses import dataclass

from offhook.domain.storage import Delete, Item, Items, Put
from offhook.stores import keys

OPERATOR = "OPERATOR"


@dataclass(frozen=True, slots=True)
class Operators:
    """Operators by their subject in the pool."""

    items: Items

    def has(self, user_id: str) -> bool:
        """Whether the user is one."""
        return self.items.get(keys.directory(OPERATOR, user_id)) is not None

    def add(self, user_id: str) -> None:
        """Make the user one; again changes nothing."""
        self.items.commit(Put(Item(keys.directory(OPERATOR, user_id))))

    def remove(self, user_id: str) -> None:
        """The user is none any more; who is none already is no error."""
        self.items.commit(Delete(keys.directory(OPERATOR, user_id)))
