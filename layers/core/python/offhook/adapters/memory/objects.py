"""Files in memory, of all tenants in one dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from offhook.domain.errors import TenantViolation
from offhook.domain.ids import Instant, TenantId
from offhook.domain.objects import StoredObject, prefixes_of


@dataclass(frozen=True, slots=True)
class MemoryObjects:
    """One tenant's; whatever lies elsewhere is refused. times: since when files lie there, if not always."""

    files: dict[str, bytes]
    tenant: TenantId
    times: Mapping[str, Instant] = field(default_factory=dict)

    def page(self, prefix: str, after: str = "", limit: int = 50) -> list[StoredObject]:
        """In the order of the keys."""
        self._own(prefix)
        found = sorted(key for key in self.files if key.startswith(prefix) and key > after)
        return [StoredObject(key, len(self.files[key]), self.times.get(key, 0)) for key in found[:limit]]

    def put(self, key: str, content: bytes) -> None:
        """Kept."""
        self.files[self._own(key)] = content

    def put_file(self, key: str, content: IO[bytes]) -> None:
        """Kept."""
        self.put(key, content.read())

    def link(self, key: str) -> str:
        """An address that leads nowhere."""
        return f"https://media.invalid/{self._own(key)}"

    def delete(self, keys: Sequence[str]) -> None:
        """Gone."""
        for key in keys:
            self.files.pop(self._own(key), None)

    def _own(self, key: str) -> str:
        if not key.startswith(tuple(prefixes_of(self.tenant).values())):
            raise TenantViolation(f"{key} is not for {self.tenant}.")
        return key
