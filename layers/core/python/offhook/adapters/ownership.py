"""Layer one of tenant isolation: which keys a view of the store may name."""

from collections.abc import Sequence

from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.storage import Key, Put, Table, Write

MAX_WRITES = 100


def key_of(write: Write) -> Key:
    """The key that a write is about."""
    return write.item.key if isinstance(write, Put) else write.key


def require_own(tenant: TenantId | None, table: Table, *partitions: str) -> None:
    """Raise TenantViolation unless the partitions are the tenant's; tenant None = the directory and nothing else."""
    if tenant is None:
        allowed = table is Table.DIRECTORY and not any(p.startswith("T#") for p in partitions)
    else:
        allowed = table is not Table.DIRECTORY and all(p.startswith(f"T#{tenant}#") for p in partitions)
    if not allowed:
        raise TenantViolation(f"{partitions} in {table} is not for {tenant or 'the edge'}.")


def require_commit(tenant: TenantId | None, writes: Sequence[Write]) -> None:
    """Raise TenantViolation on a foreign key, ValueError on what no store accepts (a defect of the caller)."""
    for write in writes:
        key = key_of(write)
        index = write.item.index if isinstance(write, Put) else None
        require_own(tenant, key.table, key.pk, *([index[0]] if index else []))
    if not 1 <= len(writes) <= MAX_WRITES:
        raise ValueError(f"A commit has 1 to {MAX_WRITES} writes, not {len(writes)}.")
    if len({key_of(write) for write in writes}) < len(writes):
        raise ValueError("A commit names each item once.")
