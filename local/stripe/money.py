"""Amounts: whole cents, half a cent away from nothing."""

from decimal import ROUND_HALF_UP, Decimal


def cents(amount: Decimal) -> int:
    """Rounded to a whole cent."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def share(amount: Decimal, part: int, whole: int) -> int:
    """The part of an amount for a part of the time."""
    return cents(amount * part / whole) if whole else 0
