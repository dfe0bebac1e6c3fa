"""Time and waiting for everything simulated: one virtual scheduler for tests, one real for a running server."""

import heapq
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

Action = Callable[[], None]
HOUR_S = 3600.0


@dataclass(eq=False, slots=True)
class Timer:
    """An action due at a time; actions due together run in the order in which they were asked for."""

    due_at: float
    action: Action
    cancelled: bool = False

    def cancel(self) -> None:
        """Make the action not happen; harmless when it already did."""
        self.cancelled = True


class Scheduler(Protocol):
    """The clock of a simulation. Times are unix seconds."""

    def now(self) -> float: ...

    def at(self, due_at: float, action: Action) -> Timer:
        """Run a short action at a time; a time that is past means as soon as possible."""

    def after(self, seconds: float, action: Action) -> Timer:
        """Run a short action some seconds from now."""

    def submit(self, work: Action) -> None:
        """Run work that may block (a request to the application), soon, and never inside this call."""


class _Heap:
    """Timers in order of time and then of asking."""

    def __init__(self) -> None:
        self._timers: list[tuple[float, int, Timer]] = []
        self._asked = 0

    def push(self, due_at: float, action: Action) -> Timer:
        self._asked += 1
        timer = Timer(due_at, action)
        heapq.heappush(self._timers, (due_at, self._asked, timer))
        return timer

    def head(self) -> Timer | None:
        while self._timers and self._timers[0][2].cancelled:
            heapq.heappop(self._timers)
        return self._timers[0][2] if self._timers else None

    def pop(self) -> Timer:
        return heapq.heappop(self._timers)[2]


class VirtualScheduler:
    """A single-threaded clock that stands still until it is told to run; the same actions give the same run."""

    def __init__(self, start: float = 1_750_000_000.0) -> None:
        self._now = start
        self._heap = _Heap()

    def now(self) -> float:
        return self._now

    def at(self, due_at: float, action: Action) -> Timer:
        return self._heap.push(max(due_at, self._now), action)

    def after(self, seconds: float, action: Action) -> Timer:
        return self.at(self._now + seconds, action)

    def submit(self, work: Action) -> None:
        self.at(self._now, work)

    def next_event_at(self) -> float | None:
        """When the next action is due, or None when nothing is planned."""
        head = self._heap.head()
        return head.due_at if head else None

    def run_next(self) -> bool:
        """Run one action; False when there is none."""
        head = self._heap.head()
        if head is None:
            return False
        self._heap.pop()
        self._now = max(self._now, head.due_at)
        head.action()
        return True

    def run_until(self, moment: float) -> None:
        """Run everything due up to and including a moment, and leave the clock there."""
        while (due := self.next_event_at()) is not None and due <= moment:
            self.run_next()
        self._now = max(self._now, moment)

    def advance(self, seconds: float) -> None:
        """Run the next seconds."""
        self.run_until(self._now + seconds)

    def run_until_idle(self, limit_s: float = HOUR_S) -> bool:
        """Run until nothing is planned or the limit has passed; True when idle. The clock stays at the last action."""
        end = self._now + limit_s
        while (due := self.next_event_at()) is not None:
            if due > end:
                return False
            self.run_next()
        return True

    def run_while(self, condition: Callable[[], bool], limit_s: float = HOUR_S) -> bool:
        """Run while the condition holds; True when it stopped holding within the limit."""
        end = self._now + limit_s
        while condition():
            due = self.next_event_at()
            if due is None or due > end:
                return False
            self.run_next()
        return True


def _guarded(action: Action) -> None:
    """A broken action must not stop the clock."""
    try:
        action()
    except Exception:
        logging.getLogger("carrier").exception("an action of the carrier failed")


class RealScheduler:
    """Wall-clock time: one thread runs the short actions, a pool runs the work that may block."""

    def __init__(self, workers: int = 32) -> None:
        self._heap = _Heap()
        self._changed = threading.Condition()
        self._open = True
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="carrier-delivery")
        self._thread = threading.Thread(target=self._run, name="carrier-clock", daemon=True)
        self._thread.start()

    def now(self) -> float:
        return time.time()

    def at(self, due_at: float, action: Action) -> Timer:
        with self._changed:
            timer = self._heap.push(due_at, action)
            self._changed.notify()
        return timer

    def after(self, seconds: float, action: Action) -> Timer:
        return self.at(self.now() + seconds, action)

    def submit(self, work: Action) -> None:
        if self._open:
            self._pool.submit(_guarded, work)

    def close(self) -> None:
        """Stop; planned actions are dropped and running deliveries are not waited for."""
        with self._changed:
            self._open = False
            self._changed.notify()
        self._thread.join(timeout=5)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while (timer := self._take()) is not None:
            if not timer.cancelled:
                _guarded(timer.action)

    def _take(self) -> Timer | None:
        with self._changed:
            while self._open:
                head = self._heap.head()
                if head is not None and head.due_at <= self.now():
                    return self._heap.pop()
                self._changed.wait(None if head is None else head.due_at - self.now())
        return None
