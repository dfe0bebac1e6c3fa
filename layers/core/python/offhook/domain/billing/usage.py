"""Usage on its way to the provider: what was sent of each meter, and what is to be sent now.

The provider only adds. What was sent twice would be paid twice, so every message is written down before it goes, has an
identifier that names it for ever, and is only taken for arrived when the provider said so.
"""

from dataclasses import dataclass, replace

from offhook.domain.ids import DAY, HOUR, Instant, TenantId, day_of

KNOWN_FOR = 23 * HOUR  # the provider knows an identifier for a day
NOON = DAY // 2


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that is decided: it may have left, and arrived, or not."""

    value: int
    day: str
    rev: int
    at: Instant
    sent_at: Instant


@dataclass(frozen=True, slots=True)
class SentLog:
    """What a meter has had sent since `first_month`, in cents. rev counts the messages."""

    meter: str
    first_month: str
    version: int = 0
    arrived: int = 0
    rev: int = 0
    pending: Pending | None = None
    last_days: tuple[tuple[str, int], ...] = ()

    def on_day(self, day: str) -> int:
        """What arrived with that day's date, of the days that are remembered."""
        return dict(self.last_days).get(day, 0)


def identifier(tenant: TenantId, meter: str, pending: Pending) -> str:
    """Of a message, for ever."""
    return f"m:{tenant}:{meter}:{pending.day}:{pending.rev}"


def decided(log: SentLog, due: int, period_start: Instant, now: Instant) -> SentLog:
    """The log with the message that brings it to `due` cents, if one is needed and none is on its way.

    More than is due is not taken back, for the provider would bill a period below nothing as nothing: it is set off
    against what becomes due later.
    """
    missing = due - log.arrived
    if log.pending is not None or missing <= 0:
        return log
    at = billed_at(period_start, now)
    return replace(log, rev=log.rev + 1, pending=Pending(missing, day_of(at), log.rev + 1, at, now))


def arrived(log: SentLog) -> SentLog:
    """The log when the message under way was taken."""
    sent = log.pending
    if sent is None:
        return log
    days = {**dict(log.last_days), sent.day: log.on_day(sent.day) + sent.value}
    kept = tuple(sorted(days.items())[-40:])
    return replace(log, arrived=log.arrived + sent.value, pending=None, last_days=kept)


def lost(log: SentLog) -> SentLog:
    """The log when the message under way is known not to have arrived; its identifier is never used again."""
    return replace(log, pending=None)


def is_doubtful(log: SentLog, now: Instant) -> bool:
    """Whether the message is too old to be sent again under its identifier: the provider must be asked."""
    return log.pending is not None and now - log.pending.sent_at >= KNOWN_FOR


def billed_at(period_start: Instant, now: Instant) -> Instant:
    """The time that usage known now is billed at: yesterday noon, or now when that was in another period.

    A period that is over may be invoiced already, and what comes later would be paid by nobody: it goes on the next.
    """
    yesterday = (now // DAY - 1) * DAY + NOON
    return yesterday if yesterday >= period_start else now


def months(first: str, last: str) -> list[str]:
    """From the first to the last, both included; none when the first is later."""
    ends = [12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last)]
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(ends[0], ends[1] + 1)]
