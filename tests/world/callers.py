"""Callers as they behave: they press, wait, hang up at any point, press nonsense, call again."""

import random

NUMBERS = tuple(f"+1415557{n:04d}" for n in range(200))


def script(chance: random.Random) -> str:
    """What one caller does; about half stay to the end."""
    choice = chance.choice(("1", "2", "2", "1", "3", "7", "0", ""))
    first = f"press {choice} after the first prompt" if choice else "wait 1 s"
    survey = ", ".join(f"press {chance.choice('12359')}" for _ in range(chance.randint(0, 3)))
    ending = chance.random()
    if ending < 0.45:
        return ", ".join(part for part in (first, survey) if part)
    if ending < 0.8:
        return f"{first}, hang up at {round(chance.expovariate(1 / 60), 1)} s"
    return f"hang up at {round(chance.uniform(0, 30), 1)} s"


def number(chance: random.Random) -> str:
    """Who calls; a few withhold their number."""
    return "anonymous" if chance.random() < 0.05 else chance.choice(NUMBERS)
