"""What runs beside the server: time that brings renewals, and webhooks that are tried again until they are taken."""

import json
import logging
import threading
import time
from collections import deque
from pathlib import Path

import requests

from local.stripe.due import catch_up
from local.stripe.state import Obj, Stripe
from local.stripe.webhooks import headers

TICK_S = 1.0
RETRY_S = (1, 5, 30, 300, 3600)
KEPT_EVENTS = 5_000


class Sender(threading.Thread):
    """Sends events to one address, in order of their next attempt; gives up after the last."""

    def __init__(self, fake: Stripe, url: str, secret: str) -> None:
        super().__init__(name="stripe-webhooks", daemon=True)
        self.fake, self.url, self.secret = fake, url, secret
        self.waiting: deque[tuple[float, int, Obj]] = deque()
        self.over = threading.Event()
        fake.listeners.append(lambda event: self.waiting.append((time.time(), 0, event)))

    def run(self) -> None:
        """Until told to stop."""
        while not self.over.wait(0.05):
            for _ in range(len(self.waiting)):
                due, attempt, event = self.waiting.popleft()
                if due > time.time() or not self._sent(event):
                    self._again(due, attempt, event)

    def _again(self, due: float, attempt: int, event: Obj) -> None:
        if due > time.time():
            self.waiting.append((due, attempt, event))
        elif attempt < len(RETRY_S):
            self.waiting.append((time.time() + RETRY_S[attempt], attempt + 1, event))

    def _sent(self, event: Obj) -> bool:
        body = json.dumps(event).encode()
        try:
            answer = requests.post(
                self.url, data=body, headers=headers(self.secret, body, int(time.time())), timeout=30
            )
        except requests.RequestException:
            return False
        if not answer.ok:
            logging.warning("webhook %s: %s", event["type"], answer.status_code)
        return answer.ok


class Ticker(threading.Thread):
    """Lets happen what is due, and keeps the state on disk."""

    def __init__(self, fake: Stripe, file: Path) -> None:
        super().__init__(name="stripe-time", daemon=True)
        self.fake, self.file, self.over, self.saved = fake, file, threading.Event(), -1

    def run(self) -> None:
        """Each second until told to stop."""
        while not self.over.wait(TICK_S):
            with self.fake.lock:
                catch_up(self.fake, self.fake.now())
            self.save()

    def save(self) -> None:
        """Write what changed."""
        if self.fake.changes == self.saved:
            return
        with self.fake.lock:
            text, self.saved = json.dumps(stored(self.fake)), self.fake.changes
        fresh = self.file.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self.file)


def stored(fake: Stripe) -> Obj:
    """All that has to survive a restart."""
    names = ("kinds", "cards", "meter_events", "keys", "counters")
    return {name: getattr(fake, name) for name in names}


def load(fake: Stripe, file: Path) -> None:
    """Put back what was stored; subscriptions and their items are one object again."""
    if not file.exists():
        return
    for name, value in json.loads(file.read_text()).items():
        setattr(fake, name, value)
