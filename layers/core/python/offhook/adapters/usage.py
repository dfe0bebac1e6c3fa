"""What was used, as records on the event stream, sent in batches beside the work (docs/adr/0005-usage-sink.md)."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from offhook.adapters.guard import platform_scope
from offhook.domain.analytics.outbound import EventStream, Outbound
from offhook.domain.ids import Clock, Ids, day_of

PLATFORM = "platform"
KEPT_S = 1.0
FULL = 100
MOST_KEPT = 5_000
Later = Callable[[float, Callable[[], object]], object]
_log = logging.getLogger(__name__)


def on_a_thread(seconds: float, action: Callable[[], object]) -> None:
    """Later, unless the process is frozen then: when it is woken."""
    timer = threading.Timer(seconds, action)
    timer.daemon = True
    timer.start()


@dataclass
class UsageRecorder:
    """Takes one record for each invocation and tenant at the cost of a list's append.

    stream: made with the first batch. Records carry this process's name and their number in it, so that the ledger's
    reader can tell what was emitted from what has arrived.
    """

    stream: Callable[[], EventStream]
    clock: Clock
    ids: Ids
    later: Later = on_a_thread
    process: str = field(init=False)
    emitted: int = field(default=0, init=False)
    waiting: list[Outbound] = field(default_factory=list, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _sending: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        self.process = self.ids.new("p")

    def record(self, tenant_id: str, contact_id: str, counters: dict[str, float]) -> None:
        """A record of type usage_recorded; event_id makes counting it twice harmless."""
        with self._lock:
            self.emitted += 1
            self.waiting.append(self._record(tenant_id or PLATFORM, contact_id, counters))
            held = len(self.waiting)
        if held == 1:
            self.later(KEPT_S, self.flush)
        elif held % FULL == 0:
            self.flush()

    def flush(self) -> None:
        """Send what waits; what is not taken waits for the next time, never more than 5,000 records."""
        with self._sending:
            with self._lock:
                batch, self.waiting = self.waiting, []
            if batch:
                self._keep([one for one, there in zip(batch, self._sent(batch), strict=True) if not there])

    def _sent(self, batch: list[Outbound]) -> list[bool]:
        try:
            with platform_scope():
                return self.stream().put(batch)
        except Exception as failed:
            _log.warning("usage was not sent: %s", failed)
            return [False] * len(batch)

    def _keep(self, refused: list[Outbound]) -> None:
        if not refused:
            return
        with self._lock:
            self.waiting = [*refused, *self.waiting][:MOST_KEPT]
        self.later(KEPT_S, self.flush)

    def _record(self, tenant_id: str, contact_id: str, counters: dict[str, float]) -> Outbound:
        now = self.clock.now()
        body = {
            "event_id": self.ids.new("u"),
            "type": "usage_recorded",
            "event_version": 1,
            "tenant": tenant_id,
            "contact_id": contact_id,
            "at": now,
            "dt": day_of(now),
            "counters": counters,
            "process": self.process,
            "number": self.emitted,
        }
        return Outbound(f"{tenant_id}#{contact_id or 'usage'}", msgspec.json.encode(body))
