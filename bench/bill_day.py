"""A simulated day of several tenants, metered by the product and logged raw at the providers' doors."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any
from unittest.mock import patch

import msgspec
from offhook import wiring
from offhook.adapters.dynamo.rows import row_of
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.metering import meter
from offhook.domain.analytics.changes import ItemChange
from offhook.domain.ids import TenantId, month_of
from offhook.domain.messages import Message
from offhook.domain.metering.settle import settled
from offhook.domain.storage import Check, Item
from offhook.settings import settings
from offhook.stores.ledger import Ledger
from offhook.usecases.analytics.ledger import book_events, keep_timelines
from offhook.usecases.analytics.publish import publish
from offhook.usecases.metering.carrier_prices import ask
from offhook.usecases.metering.platform import PLATFORM

from bench import bill_doors
from bench.bill_simulator import RawLog
from functions.routing.app import work as work_handler
from local.carrier.pricing import category
from local.carrier.scheduler import VirtualScheduler
from local.carrier.webhooks.request import WebhookRequest, WebhookResponse
from tests.world import callers, checks
from tests.world.agents import staff
from tests.world.world import ENVIRONMENT, World

MEMORY_MB = {"api": 1024, "work": 1024}
REQUEST_MS = (1.5, 6.0)  # what a request to the store takes
OVERHEAD_MS = (0.05, 0.3)  # what Lambda bills around our handler
SHIFTS = (8 * 3600, 13 * 3600, 19 * 3600)
DAY_S, AFTER_S = 86_400, 900
BEGINS = 1_796_083_200.0  # 2026-12-01 00:00 UTC, by the newest prices
AGENTS = 4


@dataclass
class Day(World):
    """A world whose functions run on a clock of their own, and whose providers keep a raw log."""

    log: RawLog = field(default_factory=RawLog)

    def __post_init__(self) -> None:
        self.scheduler = VirtualScheduler(BEGINS)
        super().__post_init__()
        self.chance, self.ms, self.inside = Random(self.seed + 1), 0.0, False
        self.files = bill_doors.LoggedFiles(self.aws.clock)
        self.aws.files, self.aws.file_times = self.files, self.files.times
        self.stream = bill_doors.LoggedStream(self.log)
        usage = bill_doors.SentUsage(self.aws, self.stream)
        self.aws.used, self.send_usage = usage, usage.recorder.flush
        store = self.aws.store
        meter(store)
        metered_read, metered_commit = store.on_read, store.on_commit
        assert metered_read is not None and metered_commit is not None

        def read(operation: str, items: Sequence[Item | None]) -> None:
            metered_read(operation, items)
            self._took(REQUEST_MS)
            if self.inside:
                images = [row_of(item) if item else None for item in items]
                together = operation not in ("get", "get_many", "glance")
                if operation == "query_index":
                    keys = ("pk", "sk", "index_pk", "index_sk")
                    images = [{name: row[name] for name in keys} if row else None for row in images]
                self.log.reads.append((operation not in ("query_index", "glance"), together, images))

        def commit(writes: Sequence[Any], before: Sequence[Item | None], after: Sequence[Item | None]) -> None:
            metered_commit(writes, before, after)
            self._took(REQUEST_MS)
            together = len(writes) > 1 or isinstance(writes[0], Check)
            for old, new in zip(before, after, strict=True) if self.inside else ():
                self.log.writes.append((together, row_of(old) if old else None, row_of(new) if new else None))

        store.on_read, store.on_commit = read, commit

    def _took(self, span: tuple[float, float]) -> None:
        self.ms += self.chance.uniform(*span)

    @contextmanager
    def _invocation(self) -> Iterator[None]:
        began, outer, self.inside = self.ms, self.inside, True
        self._took(OVERHEAD_MS)
        try:
            yield
        finally:
            self.inside = outer
            self.log.invocations.append((MEMORY_MB["api"], self.ms - began))

    def _deliver(self, request: WebhookRequest) -> WebhookResponse:
        self.log.api_requests += 1
        with self._invocation():
            return super()._deliver(request)

    def _work(self, message: Message) -> None:
        body = msgspec.json.encode(message).decode()
        record = {"messageId": "m", "receiptHandle": "r", "body": body, "attributes": {}, "messageAttributes": {},
                  "md5OfBody": "", "eventSource": "aws:sqs", "eventSourceARN": "a", "awsRegion": "r"}  # fmt: skip
        self.log.polls += 1
        with self._invocation():
            answer = work_handler({"Records": [record]}, None)
        if answer["batchItemFailures"]:
            raise RuntimeError("comes again")


@contextmanager
def day(seed: int = 1) -> Iterator[Day]:
    """An empty day; the clock of `lambda_ms` is the day's own, so that runs repeat."""
    environment = {**ENVIRONMENT, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY_MB["api"])}
    with patch.dict(os.environ, environment):
        settings.cache_clear()
        made = Day(seed=seed)
        try:
            with wiring.use(made.aws), patch("offhook.web.metering.perf_counter", lambda: made.ms / 1000):
                yield made
        finally:
            settings.cache_clear()


def live_through(
    made: Day,
    names: Mapping[str, str],
    calls: int,
    *,
    shifts: Sequence[float] = SHIFTS,
    shift_s: float = 1200.0,
    lasts_s: float = DAY_S,
) -> None:
    """Shifts with calls (`calls` in all), nights between, and everything over at the end."""
    tenants = [made.add_tenant(name, number, agents=AGENTS) for name, number in names.items()]
    bought = {one.phone_number: one.sid for one in made.carrier.accounts.numbers.values()}
    for tenant, number in zip(tenants, names.values(), strict=True):
        bill_doors.settle_in(tenant, number, bought[number], AGENTS)
    passed, each = 0.0, max(1, calls // len(shifts))
    for begins in shifts:
        made.run(begins - passed)
        for tenant in tenants:
            bill_doors.sign_in(made.log, tenant, AGENTS, made.scheduler.now())
        actors = [actor for tenant in tenants for actor in staff(made, tenant)]
        for _ in range(each):
            number = made.chance.choice(list(names.values()))
            made.carrier.place_call(callers.number(made.chance), number, callers.script(made.chance))
            made.run(shift_s / each)
        made.run(AFTER_S)
        for actor in actors:
            actor.sign_out()
        passed = begins + shift_s + AFTER_S
    for tenant in tenants:
        bill_doors.delete_one_recording(tenant)
    made.run(max(0.0, lasts_s - passed))
    _note_carrier(made)
    bill_doors.note_standing(made.log, made.files, made.carrier)


def _note_carrier(made: Day) -> None:
    """What the carrier knows of the day, from its own books."""
    kinds = {"calls-inbound-local": "inbound", "calls-outbound": "outbound", "calls-client": "client",
             "calls-sip": "sip"}  # fmt: skip
    for call in made.carrier.calls.all.values():
        if call.answered_at is not None:
            made.log.legs.append((kinds[category(call)], call.duration_s() or 0))
    for room in made.carrier.rooms.all.values():
        for one in room.participants.values():
            if one.joined_at is not None and one.left_at is not None:
                made.log.rooms.append(one.left_at - one.joined_at)
    made.log.recordings = [one.duration_s for one in made.carrier.recorder.all.values() if one.duration_s]


def booked(made: Day) -> dict[str, dict[str, int]]:
    """Publish and book everything as the consumers do; picos by tenant and meter of all days."""
    made.send_usage()
    publish([ItemChange(one.old, one.new, str(one.seq)) for one in made.aws.store.stream], made.stream)
    facts: dict[str, list[dict[str, Any]]] = {}
    for body in made.stream.kept:
        event = msgspec.json.decode(body, type=dict[str, Any])
        facts.setdefault(event["tenant"], []).append(event)
    return {tenant: _costs(made, TenantId(tenant), of) for tenant, of in facts.items()}


def _costs(made: Day, tenant: TenantId, facts: list[dict[str, Any]]) -> dict[str, int]:
    context = PLATFORM if tenant == PLATFORM.id else wiring.tenant_context(tenant)
    with tenant_scope(tenant):
        deps = wiring.deps_for(context)
        keep_timelines(deps, facts)
        book_events(deps, facts)
        for contact in checks.contacts(made, tenant) if tenant in made.tenants else ():
            ask(deps, contact.id)
        if tenant in made.tenants:
            bill_doors.book_standing(deps, made.aws, made.log.until)
        ledger, costs = Ledger(deps.items, tenant), dict[str, int]()
        for month in {fact_month(fact["at"]) for fact in facts}:
            for meters in ledger.costs(month).values():
                for name, picos in settled(meters).items():
                    costs[name] = costs.get(name, 0) + picos
    return costs


def fact_month(at: int) -> str:
    """The UTC month of an instant."""

    return month_of(at)


METERS: Mapping[str, Callable[[str], bool]] = {
    "lambda": lambda meter: meter.startswith("aws.lambda."),
    "api_gateway": lambda meter: meter.startswith("aws.apigateway."),
    "dynamodb": lambda meter: meter.startswith("aws.dynamodb."),
    "sqs": lambda meter: meter.startswith("aws.sqs."),
    "voice": lambda meter: meter.startswith("carrier.voice."),
    "conference": lambda meter: meter.startswith("carrier.conference."),
    "recording": lambda meter: meter.startswith("carrier.recording"),
    "stream": lambda meter: meter.startswith("aws.kinesis."),
    "delivery": lambda meter: meter.startswith("aws.firehose."),
    "storage": lambda meter: meter == "aws.s3.byte_month",
    "numbers": lambda meter: meter in ("carrier.number_month", "carrier.true_up.phonenumbers"),
    "people": lambda meter: meter.startswith("aws.cognito."),
}
