"""Token buckets: how often something may be done, and what is left of it."""

from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.ids import SECOND, Instant
from offhook.domain.tenants.plans import Limits

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `quota` at once, refilled evenly within window_s.

    chunk: how many a process grants before it accounts for them, so that what all processes grant is at most
    `quota` and one chunk for each process; 0 = each is accounted for first, for what must be exact.
    """

    name: str
    quota: int
    window_s: int
    chunk: int = 0

    @property
    def window(self) -> Instant:
        """In milliseconds."""
        return self.window_s * SECOND


@dataclass(frozen=True, slots=True)
class Level:
    """How full a bucket is, as one number: when it will be full again, in microseconds since 1970."""

    full_at_us: int = 0

    def left(self, rate: Rate, now: Instant) -> int:
        """Whole tokens; below 0 when processes granted more than there was."""
        missing_us = max(0, self.full_at_us - now * 1000)
        return rate.quota - -(-missing_us * rate.quota // (rate.window * 1000))

    def spent(self, rate: Rate, amount: int, now: Instant) -> "Level":
        """After so many more; the debt is at most one more window, so that nobody is locked out for long."""
        cost_us = -(-amount * rate.window * 1000 // rate.quota)
        return Level(min(max(self.full_at_us, now * 1000) + cost_us, (now + 2 * rate.window) * 1000))

    def wait_s(self, rate: Rate, now: Instant, amount: int = 1) -> int:
        """Whole seconds until so many are there."""
        short = amount - self.left(rate, now)
        return max(0, -(-short * rate.window_s // rate.quota))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may be done. left: tokens; reset_s: until the bucket is full; wait_s: until one may be done."""

    rate: Rate
    allowed: bool
    left: int
    reset_s: int
    wait_s: int = 0


class Pace(StrEnum):
    """What a plan allows in a time, beside requests of the API."""

    OUTBOUND_CALLS = "outbound_calls"
    SMS = "sms"
    ATHENA_BYTES = "athena_bytes"
    AI_TOKENS = "ai_tokens"


def pace_of(limits: Limits, pace: Pace) -> Rate:
    """The bucket of a pace; each taking is accounted for at once."""
    match pace:
        case Pace.OUTBOUND_CALLS:
            return Rate(pace.value, limits.outbound_calls_per_second, 1)
        case Pace.SMS:
            return Rate(pace.value, limits.sms_per_second, 1)
        case Pace.ATHENA_BYTES:
            return Rate(pace.value, limits.athena_bytes_per_day, DAY_S)
        case Pace.AI_TOKENS:
            return Rate(pace.value, limits.ai_tokens_per_day, DAY_S)
