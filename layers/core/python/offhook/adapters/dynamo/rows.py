"""Items to DynamoDB attributes and back: the one place that names attributes, without any AWS import."""

from collections.abc import Mapping
from typing import Any

from offhook.domain.storage import Item, Key, Table

Row = dict[str, dict[str, Any]]

NUMBER = "n:"
WATERMARK = "w:"


def row_of(item: Item) -> Row:
    """The typed attributes of an item; what is empty is left out."""
    row: Row = {"pk": {"S": item.key.pk}, "sk": {"S": item.key.sk}, "v": {"N": str(item.version)}}
    if item.body:
        row["body"] = {"B": item.body}
    if item.events:
        row["events"] = {"B": item.events}
    if item.index:
        row["index_pk"], row["index_sk"] = {"S": item.index[0]}, {"S": item.index[1]}
    if item.expires_at is not None:
        row["expires_at"] = {"N": str(seconds(item.expires_at))}
    return row | {NUMBER + name: {"N": str(value)} for name, value in item.numbers.items()}


def item_of(table: Table, row: Mapping[str, Mapping[str, Any]]) -> Item:
    """The item of a row as botocore returns it (binary values are bytes)."""
    expires_at = row.get("expires_at")
    return Item(
        key=Key(table, row["pk"]["S"], row["sk"]["S"]),
        version=int(row["v"]["N"]) if "v" in row else 1,
        body=bytes(row["body"]["B"]) if "body" in row else b"",
        events=bytes(row["events"]["B"]) if "events" in row else b"",
        index=(row["index_pk"]["S"], row["index_sk"]["S"]) if "index_pk" in row else None,
        expires_at=int(expires_at["N"]) * 1000 if expires_at else None,
        numbers={name[len(NUMBER) :]: int(v["N"]) for name, v in row.items() if name.startswith(NUMBER)},
    )


def seconds(at: int) -> int:
    """An instant in whole seconds, never earlier than it: what DynamoDB's expiry takes."""
    return -(-at // 1000)
