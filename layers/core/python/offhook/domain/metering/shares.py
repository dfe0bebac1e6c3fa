"""Amounts cut into parts that sum to the whole, to the minor unit: largest remainder, ties by name."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm


def rounded(targets: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Whole numbers that sum to `total`, each within one of its target when the targets sum to it; see whole_parts."""
    common = lcm(*(target.denominator for target in targets.values()))
    numerators = {name: t.numerator * (common // t.denominator) for name, t in targets.items()}
    return whole_parts(numerators, common, total)


def proportionally(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """The total by weight (>= 0); no weight at all: {}."""
    whole = sum(weights.values())
    return whole_parts({name: total * weight for name, weight in weights.items()}, whole, total) if whole else {}


def whole_parts(numerators: Mapping[str, int], denominator: int, total: int) -> dict[str, int]:
    """Whole numbers near numerator / denominator that sum to `total`.

    The largest remainders are rounded up; of equal ones the first by name. What is negative in the whole is cut as its
    opposite, so that a credit is shared exactly as the charge it takes back. Nobody there: nothing to share, {}.
    """
    if total < 0:
        opposite = whole_parts({name: -n for name, n in numerators.items()}, denominator, -total)
        return {name: -part for name, part in opposite.items()}
    parts = {name: n // denominator for name, n in numerators.items()}
    missing = total - sum(parts.values())
    if missing and parts:
        order = sorted(numerators, key=lambda name: (-(numerators[name] % denominator), name))
        for n in range(abs(missing)):
            parts[order[n % len(order)] if missing > 0 else order[-1 - n % len(order)]] += 1 if missing > 0 else -1
    return parts
