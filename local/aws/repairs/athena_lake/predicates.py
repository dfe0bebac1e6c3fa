"""What a SELECT demands of a table's partition keys, as far as it is written with constants."""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp

Comparison = Callable[[str, str], bool]
_OPERATORS: dict[type[exp.Expr], Comparison] = {
    exp.EQ: operator.eq,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}
_MIRRORED: dict[Comparison, Comparison] = {
    operator.gt: operator.lt,
    operator.ge: operator.le,
    operator.lt: operator.gt,
    operator.le: operator.ge,
}


@dataclass(frozen=True, slots=True)
class Demand:
    """One key must compare so with one of these values; a key without a demand may have any value."""

    key: str
    compare: Comparison
    values: tuple[str, ...]

    def admits(self, value: str) -> bool:
        return any(self.compare(*_comparable(value, wanted)) for wanted in self.values)

    @property
    def is_equality(self) -> bool:
        return self.compare is operator.eq


def demands(reference: exp.Table, keys: set[str]) -> list[Demand]:
    """The demands of the SELECT around this table reference; other conditions are left to the engine."""
    select = reference.find_ancestor(exp.Select)
    where = select.args.get("where") if select else None
    if where is None:
        return []
    found = (demand for condition in _conjuncts(where.this) for demand in _of(condition, reference.alias_or_name))
    return [demand for demand in found if demand.key in keys]


def _conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    condition = condition.unnest()
    if isinstance(condition, exp.And):
        yield from _conjuncts(condition.left)
        yield from _conjuncts(condition.right)
    else:
        yield condition


def _of(condition: exp.Expr, table: str) -> Iterator[Demand]:
    match condition:
        case exp.Between():
            yield from _bound(condition.this, operator.ge, [condition.args["low"]], table)
            yield from _bound(condition.this, operator.le, [condition.args["high"]], table)
        case exp.In() if condition.expressions:
            yield from _bound(condition.this, operator.eq, condition.expressions, table)
        case exp.Binary() if compare := _OPERATORS.get(type(condition)):
            if _constant(condition.left) is None:
                yield from _bound(condition.left, compare, [condition.right], table)
            else:
                yield from _bound(condition.right, _MIRRORED.get(compare, compare), [condition.left], table)


def _bound(column: exp.Expr, compare: Comparison, values: list[exp.Expr], table: str) -> Iterator[Demand]:
    constants = [_constant(value) for value in values]
    known = tuple(constant for constant in constants if constant is not None)
    if isinstance(column, exp.Cast):
        column = column.this
    if isinstance(column, exp.Column) and column.table in ("", table) and len(known) == len(values):
        yield Demand(column.name.lower(), compare, known)


def _constant(value: exp.Expr) -> str | None:
    """The text of a literal, also of DATE '2025-01-31'."""
    value = value.unnest()
    if isinstance(value, exp.Cast):
        value = value.this
    return value.name if isinstance(value, exp.Literal) else None


def _comparable(left: str, right: str) -> tuple[str, str]:
    """Numbers by size, anything else as text; ISO dates order as text."""
    if left.isdigit() and right.isdigit():
        width = max(len(left), len(right))
        return left.zfill(width), right.zfill(width)
    return left, right
