"""The doors of stream, bucket, carrier and user pool: what passes is done as before, and noted raw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from offhook import wiring
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.analytics.outbound import Outbound
from offhook.domain.ids import DAY, HOUR, AgentId, Clock, TenantId, day_of
from offhook.domain.numbers.line import Line
from offhook.domain.tenants.membership import Membership
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps
from offhook.usecases.metering.carrier_prices import import_day
from offhook.usecases.metering.standing import book_today
from offhook.usecases.recordings import deleting
from offhook.usecases.tenants.membership import admit
from offhook.web.claims import add_claims
from offhook.wiring import Used
from offhook.wiring.memory import MemoryWorld

from bench.bill_simulator import RawLog
from local.carrier.engine import Carrier

CONSUMERS = 3  # of the stream: the ledger, the webhooks, the delivery to the lake
RESTORABLE_S = 7 * 24 * 3600  # what is deleted, or written over, may be restored for so long (the bucket's rule)
DAILY_AT = 6 * HOUR  # when the product books what stands


@dataclass
class LoggedStream:
    """An event stream that refuses nothing."""

    log: RawLog
    kept: list[bytes] = field(default_factory=list)

    def put(self, records: Sequence[Outbound]) -> list[bool]:
        """There."""
        for record in records:
            size = len(record.body)
            self.log.put.append(size)
            self.log.got += [size] * CONSUMERS
            self.log.delivered.append(size)
            self.kept.append(record.body)
        return [True] * len(records)


class LoggedFiles(dict[str, bytes]):
    """A bucket with versions. times: when what lies there was stored."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock, self.gone, self.times = clock, list[tuple[int, float, float | None]](), dict[str, int]()

    def __setitem__(self, key: str, content: bytes) -> None:
        self.pop(key, None)
        super().__setitem__(key, content)
        self.times[key] = self.clock.now()

    def pop(self, key: str, *default: Any) -> Any:
        """It goes, and may be restored for a while."""
        if key in self:
            now = self.clock.now() / 1000
            self.gone.append((len(self[key]), self.times.pop(key) / 1000, now + RESTORABLE_S))
        return super().pop(key, *default)

    def lain(self) -> Iterator[tuple[int, float, float | None]]:
        """Bytes, since when, and until when for good."""
        yield from self.gone
        yield from ((len(content), self.times[key] / 1000, None) for key, content in self.items())


def settle_in(tenant: TenantId, number: str, number_sid: str, people: int) -> None:
    """The tenant knows its number as bought, and its people may sign in."""
    context = wiring.tenant_context(tenant)
    with tenant_scope(tenant):
        wiring.deps_for(context).config.put(Line(number, sid=number_sid))
    for n in range(people):
        member = Membership(f"{tenant}-{n}", AgentId(f"a_{n}"), "agent", second_factor=True)
        with platform_scope():
            admit(wiring.deps_for(context), wiring.edge_items(), member)


def sign_in(log: RawLog, tenant: TenantId, people: int, now_s: float) -> None:
    """Everybody, as the user pool sees it: a token, and one more a little later."""
    for n in range(people):
        for _ in range(2):
            log.pool.append((f"{tenant}-{n}", now_s))
            with platform_scope():
                add_claims({"request": {"userAttributes": {"sub": f"{tenant}-{n}"}}})


def delete_one_recording(tenant: TenantId) -> None:
    """The oldest there is, by a rule."""
    with tenant_scope(tenant):
        deps = wiring.deps_for(wiring.tenant_context(tenant))
        for one in Recordings(deps.items, tenant).kept_by("", limit=1):
            deleting.delete(deps, one.id, "retention", "clock")


def note_standing(log: RawLog, files: LoggedFiles, carrier: Carrier) -> None:
    """What bucket and carrier know, until the end of the day that it is."""
    end = datetime.fromtimestamp(carrier.clock.now() - 1, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    log.until = end.timestamp() + DAY / 1000
    log.objects = list(files.lain())
    log.numbers = [(number.created_at, None) for number in carrier.accounts.numbers.values()]


def book_standing(deps: Deps, world: MemoryWorld, until_s: float) -> None:
    """As the clock has it done at six, on that day and on the next; then the carrier's bill of both."""
    end = round(until_s * 1000)
    for midnight in (end - DAY, end):
        clock = FrozenClock(midnight + DAILY_AT)
        book_today(_at(deps, clock), world.objects(deps.tenant))
    for midnight in (end - DAY, end):
        import_day(deps, day_of(midnight))


def _at(deps: Deps, clock: Clock) -> Deps:
    from dataclasses import replace

    return replace(deps, clock=clock)


class SentUsage(list[Used]):
    """Usage records in the place where the world keeps them: sent as on AWS, none stays."""

    def __init__(self, world: MemoryWorld, stream: LoggedStream) -> None:
        from offhook.adapters.usage import UsageRecorder

        super().__init__()
        self.recorder = UsageRecorder(lambda: stream, world.clock, world.ids, later=lambda seconds, action: None)

    def append(self, used: Used) -> None:
        """It waits to be sent with others."""
        self.recorder.record(used.tenant_id, used.contact_id, used.counters)
