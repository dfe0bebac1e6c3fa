"""Reads the records of a DynamoDB stream, as a Lambda function is given them."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from offhook.domain.analytics.changes import ItemChange
from offhook.domain.storage import Item, Key, Table

Record = Mapping[str, Any]


class MalformedRecord(ValueError):
    """A stream record is not one of ours; sequence says which."""

    def __init__(self, sequence: str) -> None:
        super().__init__(f"Stream record {sequence} cannot be read.")
        self.sequence = sequence


def sequence_of(record: Record) -> str:
    """The sequence number of a record; raises KeyError."""
    return str(record["dynamodb"]["SequenceNumber"])


def changes_of(records: Sequence[Record]) -> list[ItemChange]:
    """The changes in their order; raises MalformedRecord."""
    return [_change(record) for record in records]


def readable_changes(records: Sequence[Record]) -> tuple[list[ItemChange], str | None]:
    """The changes up to the first record that cannot be read, and the sequence number of that one."""
    changes: list[ItemChange] = []
    for record in records:
        try:
            changes.append(_change(record))
        except MalformedRecord as bad:
            return changes, bad.sequence
    return changes, None


def failures(sequence: str | None) -> dict[str, list[dict[str, str]]]:
    """The answer that lets Lambda deliver again from this record on; None = everything is done."""
    return {"batchItemFailures": [] if sequence is None else [{"itemIdentifier": sequence}]}


def _change(record: Record) -> ItemChange:
    sequence = sequence_of(record)
    try:
        images = record["dynamodb"]
        change = ItemChange(_item(images.get("OldImage")), _item(images.get("NewImage")), sequence)
        _ = (change.tenant, change.entity)
    except (KeyError, IndexError, ValueError, TypeError, AttributeError) as wrong:
        raise MalformedRecord(sequence) from wrong
    return change


def _item(image: Mapping[str, Mapping[str, str]] | None) -> Item | None:
    if not image:
        return None
    key = Key(Table.LIVE, image["pk"]["S"], image["sk"]["S"])
    version = int(image["v"]["N"]) if "v" in image else 1
    return Item(key, version, body=_bytes(image, "body"), events=_bytes(image, "events"))


def _bytes(image: Mapping[str, Mapping[str, str]], name: str) -> bytes:
    return b64decode(image[name]["B"], validate=True) if "B" in image.get(name, {}) else b""
