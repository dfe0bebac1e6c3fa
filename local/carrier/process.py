"""A leg's life as a generator: it waits for signals, time and answers, and can be interrupted at any wait."""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from local.carrier.scheduler import Scheduler, Timer
from local.carrier.webhooks.sender import Answer, Outgoing


class Signal:
    """Something that a waiting process may be told."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Pressed(Signal):
    digit: str


CONFIDENCE = 0.94  # of the recogniser, unless the person mumbles


@dataclass(frozen=True, slots=True)
class Spoke(Signal):
    words: str
    confidence: float = CONFIDENCE


class Interrupt(Exception):
    """Something that ends whatever a process is doing."""


class HungUp(Interrupt):
    """The leg is over: clean up, and wait for nothing more."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Until one of these signals comes, or the time is up (None: no limit); the result is the signal or None."""

    seconds: float | None
    signals: tuple[type[Signal], ...] = ()


@dataclass(frozen=True, slots=True)
class Fetch:
    """Until the application has answered; the result is the Answer."""

    outgoing: Outgoing


T = TypeVar("T")
Steps = Generator[Wait | Fetch, Any, T]


def sleep(seconds: float) -> Steps[None]:
    """Let time pass; signals that come meanwhile are not heard (keys) or kept for later (all else)."""
    if seconds > 0:
        yield Wait(seconds)


def receive(seconds: float | None, *signals: type[Signal]) -> Steps[Signal | None]:
    """The next signal of these kinds, or None when the time is up."""
    result: Signal | None = yield Wait(seconds, signals)
    return result


def fetch(outgoing: Outgoing) -> Steps[Answer]:
    answer: Answer = yield Fetch(outgoing)
    return answer


class RunQueue:
    """Processes with something to do; drained before the engine's lock is given back."""

    def __init__(self) -> None:
        self._ready: deque[Process] = deque()

    def add(self, process: "Process") -> None:
        self._ready.append(process)

    def drain(self) -> None:
        while self._ready:
            self._ready.popleft().run()


@dataclass(slots=True, eq=False)
class Process:
    """Drives one generator. Everything here happens under the engine's lock, one step at a time.

    enter: runs an action under the lock and drains the run queue afterwards.
    """

    steps: Steps[None]
    scheduler: Scheduler
    queue: RunQueue
    send: Callable[[Outgoing, Callable[[Answer], None]], None]
    enter: Callable[[Callable[[], None]], None]
    ended: Callable[[], None]
    waiting: Wait | Fetch | None = None
    over: bool = False
    _timer: Timer | None = None
    _wait_number: int = 0
    _results: deque[tuple[int, Any]] = field(default_factory=deque)
    _signals: deque[Signal] = field(default_factory=deque)
    _interrupts: deque[Interrupt] = field(default_factory=deque)
    _begun: bool = False

    def begin(self) -> None:
        self.queue.add(self)

    def tell(self, signal: Signal) -> None:
        """Pass a signal on. Keys and words that nobody waits for are lost, other signals are kept."""
        if isinstance(signal, Pressed | Spoke) and not self.listens_for(type(signal)):
            return
        self._signals.append(signal)
        self.queue.add(self)

    def interrupt(self, interrupt: Interrupt) -> None:
        if not self.over:
            self._interrupts.append(interrupt)
            self.queue.add(self)

    def forget(self, *kinds: type[Interrupt]) -> list[Interrupt]:
        """Drop pending interrupts that were meant for something that is over; returns them."""
        dropped = [one for one in self._interrupts if isinstance(one, kinds)]
        self._interrupts = deque(one for one in self._interrupts if not isinstance(one, kinds))
        return dropped

    def discard(self, *kinds: type[Signal]) -> None:
        """Forget signals that were meant for something that is over."""
        self._signals = deque(one for one in self._signals if not isinstance(one, kinds))

    def listens_for(self, kind: type[Signal]) -> bool:
        return isinstance(self.waiting, Wait) and kind in self.waiting.signals

    def run(self) -> None:
        """Go as far as possible; called by the run queue only."""
        if not self._begun:
            self._begun = True
            self._resume(lambda: self.steps.send(None))
        while not self.over and self._step():
            pass

    def _step(self) -> bool:
        if self._interrupts:
            interrupt = self._interrupts.popleft()
            self._resume(lambda: self.steps.throw(interrupt))
            if isinstance(interrupt, HungUp) and not self.over:
                raise RuntimeError(f"a verb waited after the call was over: {self.waiting}")
            return True
        if self._results:
            number, result = self._results.popleft()
            if number == self._wait_number:
                self._resume(lambda: self.steps.send(result))
            return True
        signal = self._next_signal()
        if signal is not None:
            self._resume(lambda: self.steps.send(signal))
            return True
        return False

    def _next_signal(self) -> Signal | None:
        if not isinstance(self.waiting, Wait):
            return None
        for signal in self._signals:
            if type(signal) in self.waiting.signals:
                self._signals.remove(signal)
                return signal
        return None

    def _resume(self, advance: Callable[[], Wait | Fetch]) -> None:
        self._wait_number += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.waiting = None
        try:
            self._wait_for(advance())
        except (StopIteration, Interrupt):
            self._finish()

    def _finish(self) -> None:
        self.over = True
        self.steps.close()
        self.ended()

    def _wait_for(self, what: Wait | Fetch) -> None:
        self.waiting = what
        self._forget_typed_ahead()
        number = self._wait_number
        if isinstance(what, Fetch):
            self.send(what.outgoing, lambda answer: self._arrived(number, answer))
        elif what.seconds is not None:
            self._timer = self.scheduler.after(what.seconds, lambda: self._arrived(number, None))

    def _forget_typed_ahead(self) -> None:
        """Keys and words are heard by the verb that listens at that moment, or by nobody."""
        kept = [one for one in self._signals if not isinstance(one, Pressed | Spoke) or self.listens_for(type(one))]
        self._signals = deque(kept)

    def _arrived(self, number: int, result: Any) -> None:
        def deliver() -> None:
            self._results.append((number, result))
            self.queue.add(self)

        self.enter(deliver)
