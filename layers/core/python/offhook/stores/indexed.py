"""Items in the order of an index, which may still name what is gone."""

from offhook.domain.storage import Item, Items, Table


def in_order(
    items: Items, table: Table, partition: str, after: str = "", limit: int = 50, reverse: bool = False
) -> list[tuple[str, Item]]:
    """The items beyond `after` with their ranks, to read on after; fewer than limit mean that no more follow."""
    found: list[tuple[str, Item]] = []
    while missing := limit - len(found):
        entries = items.query_index(table, partition, after=after, limit=missing, reverse=reverse)
        read = items.get_many([entry.key for entry in entries])
        found += [(entry.rank, item) for entry, item in zip(entries, read, strict=True) if item]
        if len(entries) < missing:
            break
        after = entries[-1].rank
    return found
