"""Events on their way to us: signed, and when a test wants it doubled, late, lost or in another order."""

import hashlib
import hmac
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from local.stripe.state import Obj, Stripe

Send = Callable[[bytes, dict[str, str]], int]


def signature(secret: str, body: bytes, at: int) -> str:
    """The Stripe-Signature header of a body sent at that time."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


@dataclass
class Trouble:
    """How likely an event is lost for good, sent again, or kept back behind later ones."""

    lost: float = 0.0
    doubled: float = 0.0
    disordered: float = 0.0


@dataclass
class Outbox:
    """What waits to be sent; `flush` sends until nothing is left. sent: (event type, status)."""

    fake: Stripe
    secret: str
    send: Send
    trouble: Trouble = field(default_factory=Trouble)
    chance: random.Random = field(default_factory=random.Random)
    waiting: list[Obj] = field(default_factory=list)
    sent: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fake.listeners.append(self.take)

    def take(self, event: Obj) -> None:
        """One more to send, as luck has it."""
        draw = self.chance.random
        if draw() < self.trouble.lost:
            return
        self.waiting += [event] * (2 if draw() < self.trouble.doubled else 1)
        if draw() < self.trouble.disordered:
            self.chance.shuffle(self.waiting)

    def flush(self) -> None:
        """Send everything, in order; what is not taken is tried again once, later in the line."""
        retried: set[str] = set()
        while self.waiting:
            event = self.waiting.pop(0)
            status = self.deliver(event)
            self.sent.append((event["type"], status))
            if status >= 300 and event["id"] not in retried:
                retried.add(event["id"])
                self.waiting.append(event)

    def deliver(self, event: Obj) -> int:
        """Send one event now, signed now."""
        body = json.dumps(event).encode()
        return self.send(body, headers(self.secret, body, int(self.fake.clock())))


def headers(secret: str, body: bytes, at: int) -> dict[str, str]:
    """What goes with a body."""
    return {"Content-Type": "application/json", "Stripe-Signature": signature(secret, body, at)}
