"""The writes of a commit as DynamoDB requests, conditions included."""

from functools import reduce
from operator import and_
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from offhook.adapters.dynamo.database import Database
from offhook.adapters.dynamo.rows import NUMBER, WATERMARK, row_of, seconds
from offhook.adapters.dynamo.tables import ItemModel
from offhook.domain.storage import Add, Check, Delete, Put, Write

SINGLE = {"Put": "PutItem", "Delete": "DeleteItem", "Update": "UpdateItem"}


def request_of(database: Database, write: Write) -> tuple[str, dict[str, Any]]:
    """The kind of the write within a transaction, and its request."""
    match write:
        case Put():
            row = row_of(write.item)
            return "Put", _request(database, write, key="Item", attributes=row, condition=_expected(write.expect))
        case Delete():
            return "Delete", _request(database, write, condition=_expected(write.expect))
        case Check():
            return "ConditionCheck", _request(database, write, condition=_expected(write.expect))
        case Add():
            return "Update", _request(database, write, actions=_additions(write), condition=_allowed(write))


def _request(database: Database, write: Write, **arguments: Any) -> dict[str, Any]:
    key = write.item.key if isinstance(write, Put) else write.key
    request: dict[str, Any] = database.connection.get_operation_kwargs(
        database.name(key.table), key.pk, range_key=key.sk, **arguments
    )
    return request


def _expected(version: int | None) -> Condition | None:
    if version is None:
        return None
    return ItemModel.v == version if version else ItemModel.pk.does_not_exist()


def _additions(add: Add) -> list[Action]:
    actions: list[Action] = [ItemModel.v.set(ItemModel.v | 1)]
    actions += [Path([NUMBER + name]).add(amount) for name, amount in add.numbers.items()]
    if add.expires_at is not None:
        actions.append(ItemModel.expires_at.set(seconds(add.expires_at)))
    if add.watermark:
        actions.append(Path([WATERMARK + add.watermark[0]]).set(add.watermark[1]))
    return actions


def _allowed(add: Add) -> Condition | None:
    """Every condition of the addition, None when it has none."""
    conditions = [_unseen(*add.watermark)] if add.watermark else []
    conditions += [_ends_within(name, most, add.numbers.get(name, 0), True) for name, most in add.at_most.items()]
    conditions += [_ends_within(name, least, add.numbers.get(name, 0), False) for name, least in add.at_least.items()]
    return reduce(and_, conditions) if conditions else None


def _unseen(name: str, value: str) -> Condition:
    mark = Path([WATERMARK + name])
    unseen: Condition = mark.does_not_exist() | (mark < value)
    return unseen


def _ends_within(name: str, bound: int, amount: int, upper: bool) -> Condition:
    """Whether the number, which is 0 when absent, is on the right side of the bound once the amount is added."""
    number, edge = Path([NUMBER + name]), bound - amount
    condition: Condition = (number <= edge) if upper else (number >= edge)
    absent_may = edge >= 0 if upper else edge <= 0
    return (number.does_not_exist() | condition) if absent_may else condition
