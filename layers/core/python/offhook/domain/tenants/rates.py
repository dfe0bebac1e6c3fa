"""Token buckets: how often something may be done, and what is left of it."""

from dataclasses import dataclass

from offhook.domain.ids import SECOND, Instant


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
