"""Amounts cut into parts that sum to the whole, to the minor unit: largest remainder, ties by name."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def rounded(targets: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Whole numbers that sum to `total`, each within one of its target when the targets sum to it.

    The largest remainders are rounded up; of equal ones the first by name. What is negative in the whole is cut as its
    opposite, so that a credit is shared exactly as the charge it takes back. No targets: nothing to share, {}.
    """
    if total < 0:
        return {name: -part for name, part in rounded({n: -t for n, t in targets.items()}, -total).items()}
    parts = {name: floor(target) for name, target in targets.items()}
    order = sorted(targets, key=lambda name: (parts[name] - targets[name], name))
    missing = total - sum(parts.values())
    for n in range(abs(missing)) if order else ():
        name = order[n % len(order)] if missing > 0 else order[-1 - n % len(order)]
        parts[name] += 1 if missing > 0 else -1
    return parts


def proportionally(total: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """The total by weight (>= 0); no weight at all: {}."""
    whole = sum((Fraction(w) for w in weights.values()), Fraction(0))
    return rounded({name: Fraction(total) * w / whole for name, w in weights.items()}, total) if whole else {}
