"""The port to files: recordings, prompts, exports and the event lake, each tenant's below its own prefixes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Protocol

from offhook.domain.ids import Instant, TenantId


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One file as it lies there; size in bytes; stored_at: when it was written last."""

    key: str
    size: int
    stored_at: Instant = 0


class Objects(Protocol):
    """One tenant's files; every key begins with one of `prefixes_of` it."""

    def page(self, prefix: str, after: str = "", limit: int = 50) -> list[StoredObject]:
        """The next files below the prefix in the order of their keys; raises StoreUnavailable."""
        ...

    def put(self, key: str, content: bytes) -> None:
        """Write a file of an export; the same again changes nothing."""
        ...

    def put_file(self, key: str, content: IO[bytes]) -> None:
        """Write a file of an export from where it stands; the same again changes nothing."""
        ...

    def link(self, key: str) -> str:
        """An address to fetch the file from, valid for five minutes."""
        ...

    def delete(self, keys: Sequence[str]) -> None:
        """Remove files; those that are gone are no error."""
        ...


def recordings_of(tenant: TenantId) -> str:
    """What keys of recordings begin with."""
    return f"t/{tenant}/recordings/"


def prompts_of(tenant: TenantId) -> str:
    """What keys of recorded prompts begin with."""
    return f"t/{tenant}/prompts/"


def exports_of(tenant: TenantId) -> str:
    """What keys of exports begin with."""
    return f"t/{tenant}/exports/"


def audit_of(tenant: TenantId) -> str:
    """What keys of the signed ends of its audit trail begin with; no port here deletes them."""
    return f"t/{tenant}/audit/"


def lake_of(tenant: TenantId) -> str:
    """What keys of the tenant's events in the lake begin with."""
    return f"events/tenant={tenant}/"


def results_of(tenant: TenantId) -> str:
    """What keys of the answers of its reports begin with."""
    return f"t/{tenant}/results/"


def prefixes_of(tenant: TenantId) -> dict[str, str]:
    """Where a tenant's files are, by their class in the register of what is kept."""
    return {
        "recordings": recordings_of(tenant),
        "prompts": prompts_of(tenant),
        "exports": exports_of(tenant),
        "results": results_of(tenant),
        "lake": lake_of(tenant),
    }
