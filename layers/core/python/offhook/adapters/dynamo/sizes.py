"""AWS's rules for the size of an item and the units that reading and writing it costs."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

Row = Mapping[str, Mapping[str, Any]]

WRITE_UNIT_BYTES = 1024
READ_UNIT_BYTES = 4096
INDEX_ENTRY = ("index_pk", "index_sk", "pk", "sk")


def row_bytes(row: Row | None) -> int:
    """Attribute names in UTF-8 and their values; 0 for no row. Source: DynamoDB guide, "item sizes and formats"."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in (row or {}).items())


def value_bytes(value: Mapping[str, Any]) -> int:
    """Bytes of one typed attribute value."""
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "B":
            return len(content)
        case "N":
            return _number_bytes(content)
        case "BOOL" | "NULL":
            return 1
        case "L":
            return 3 + sum(1 + value_bytes(one) for one in content)
        case "M":
            return 3 + sum(1 + len(name.encode()) + value_bytes(one) for name, one in content.items())
        case _:
            scalar = {"SS": "S", "NS": "N", "BS": "B"}[kind]
            return sum(value_bytes({scalar: one}) for one in content)


def _number_bytes(number: str) -> int:
    digits = number.lstrip("+-").replace(".", "").strip("0")
    return ceil(len(digits) / 2) + 1 + (1 if number.startswith("-") else 0)


def write_units(old: Row | None, new: Row | None, *, transaction: bool = False) -> float:
    """Units of one write, index included: per started KB of the larger image; a transaction's part costs double.

    old is None when there was nothing, new is None for a deletion; both None still costs one.
    """
    table = max(1, ceil(max(row_bytes(old), row_bytes(new)) / WRITE_UNIT_BYTES))
    return table * (2 if transaction else 1) + index_units(old, new)


def index_units(old: Row | None, new: Row | None) -> float:
    """Units of keeping the sparse index of keys: unchanged entry = 0; moved within it = a deletion and a write."""
    before, after = index_entry(old), index_entry(new)
    if before == after:
        return 0
    return sum(max(1, ceil(row_bytes(entry) / WRITE_UNIT_BYTES)) for entry in (before, after) if entry)


def read_units(sizes: Iterable[int], *, consistent: bool = True, transaction: bool = False) -> float:
    """Units of items read one by one (a get, or each of a batch): per started 4 KB each, half when not consistent."""
    units = sum(max(1, ceil(size / READ_UNIT_BYTES)) for size in sizes)
    return units * (2 if transaction else 1 if consistent else 0.5)


def query_units(total_bytes: int, *, consistent: bool) -> float:
    """Units of a query: its items together, per started 4 KB."""
    return read_units([total_bytes], consistent=consistent)


def index_entry(row: Row | None) -> Row | None:
    """What the index holds of a row: its own keys and the table's."""
    return {name: row[name] for name in INDEX_ENTRY} if row and "index_pk" in row else None
