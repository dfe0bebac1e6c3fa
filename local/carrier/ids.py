"""Sids and secrets in the carrier's form, drawn from the simulation's own chance."""

import random

_HEX = "0123456789abcdef"


def _hex(rng: random.Random, length: int = 32) -> str:
    return "".join(rng.choices(_HEX, k=length))


def sid(rng: random.Random, prefix: str) -> str:
    """A sid such as CA followed by 32 hexadecimal digits."""
    return prefix + _hex(rng)


def secret(rng: random.Random) -> str:
    """An auth token or API key secret: 32 hexadecimal digits."""
    return _hex(rng)


def idempotency_token(rng: random.Random) -> str:
    """The value of I-Twilio-Idempotency-Token: the same on every retry of one request."""
    parts = (_hex(rng, length) for length in (8, 4, 4, 4, 12))
    return "-".join(parts)
