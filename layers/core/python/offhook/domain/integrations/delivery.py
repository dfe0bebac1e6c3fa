"""A delivery: one event on its way to one endpoint, its attempts, and when it is tried next."""

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from offhook.domain.ids import DAY, SECOND, Instant

DELAYS_S = (0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)  # before each attempt, since the one before
JITTER = 0.2  # of the delay, added by the delivery's id so that those that failed together do not return together
KEPT = 30 * DAY
MOST_ATTEMPTS_KEPT = 20
SHOWN_BYTES = 2048


class DeliveryState(StrEnum):
    """pending: is tried, or will be; exhausted: given up; missed: its endpoint was disabled."""

    PENDING = "pending"
    DELIVERED = "delivered"
    EXHAUSTED = "exhausted"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. status: 0 when there was no answer, reason says why; response: the first 2 KB of what was said."""

    at: Instant
    status: int
    reason: str
    latency_ms: int
    response: str = ""

    @property
    def accepted(self) -> bool:
        """2xx; a redirection is a failure."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """id: also the webhook-id of every attempt; at: of the event; tries: failed attempts since it was last begun.

    body: exactly what is sent; next_at: when it is due, None when it is not. test: asked for by hand, tried once.
    ordered: what came before about the same resource is over first; until then a pending one has no next_at.
    """

    id: str
    version: int
    endpoint_id: str
    event_id: str
    type: str
    at: Instant
    body: str
    state: DeliveryState = DeliveryState.PENDING
    tries: int = 0
    next_at: Instant | None = None
    attempts: tuple[Attempt, ...] = ()
    test: bool = False
    ordered: bool = False

    @property
    def last(self) -> Attempt | None:
        """The latest attempt."""
        return self.attempts[-1] if self.attempts else None


def delivery_id(endpoint_id: str, event_id: str, at: Instant) -> str:
    """The same event to the same endpoint is always the same delivery; the id tells its place in the log."""
    return f"dl_{at:013d}_{sha256(f'{endpoint_id} {event_id}'.encode()).hexdigest()[:20]}"


def after_attempt(delivery: Delivery, attempt: Attempt, retry_after_s: float | None = None) -> Delivery:
    """The delivery after one more attempt: delivered, to be tried again later, or exhausted.

    retry_after_s: what the receiver asked for; it may double our pause, and never shorten it.
    """
    kept = (*delivery.attempts, attempt)[-MOST_ATTEMPTS_KEPT:]
    tries = delivery.tries + 1
    after = replace(delivery, attempts=kept, tries=tries, version=delivery.version + 1)
    if attempt.accepted:
        return replace(after, state=DeliveryState.DELIVERED, next_at=None)
    if delivery.test or tries >= len(DELAYS_S):
        return replace(after, state=DeliveryState.EXHAUSTED, next_at=None)
    return replace(after, next_at=attempt.at + round(pause_s(delivery.id, tries, retry_after_s) * SECOND))


def pause_s(delivery: str, tries: int, retry_after_s: float | None = None) -> float:
    """Seconds to wait after so many failed attempts."""
    base = DELAYS_S[tries] * (1 + JITTER * _fraction(f"{delivery} {tries}"))
    return base if retry_after_s is None else min(max(base, retry_after_s), 2 * base)


def missed(delivery: Delivery) -> Delivery:
    """The endpoint is disabled."""
    return replace(delivery, state=DeliveryState.MISSED, next_at=None, version=delivery.version + 1)


def replayed(delivery: Delivery, now: Instant) -> Delivery:
    """From the beginning, at once; also what was delivered."""
    state = DeliveryState.PENDING
    return replace(delivery, state=state, tries=0, next_at=now, version=delivery.version + 1)


def _fraction(text: str) -> float:
    """0 to 1, the same for the same text."""
    return int.from_bytes(sha256(text.encode()).digest()[:4]) / 2**32
