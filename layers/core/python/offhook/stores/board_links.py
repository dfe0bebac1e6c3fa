"""Links to wallboards: configured things, and handles in the directory that lead to their tenant."""

from dataclasses import dataclass

from offhook.domain.analytics.boards import BoardLink
from offhook.domain.ids import TenantId
from offhook.domain.storage import Delete, Items
from offhook.stores import keys
from offhook.stores.config import ConfigStore
from offhook.stores.directory import Directory

HANDLE = "BOARDLINK"


@dataclass(frozen=True, slots=True)
class BoardLinks:
    """The links of one tenant."""

    config: ConfigStore
    directory: Items
    tenant: TenantId

    def of(self, board_id: str) -> list[BoardLink]:
        """Those of a board, the oldest first."""
        return sorted((one for one in self.all() if one.board_id == board_id), key=lambda one: (one.made_at, one.id))

    def all(self) -> list[BoardLink]:
        """Every link of the tenant."""
        return self.config.list(BoardLink)

    def keep(self, link: BoardLink) -> None:
        """A new link; it leads somewhere only once it is known here."""
        self.config.create(link)
        Directory(self.directory).register(HANDLE, link.secret_hash, self.tenant)

    def end(self, link: BoardLink) -> None:
        """The link leads nowhere any more; what a crash leaves is a handle to nothing."""
        self.config.delete(BoardLink, link.id)
        self.directory.commit(Delete(keys.directory(HANDLE, link.secret_hash)))
