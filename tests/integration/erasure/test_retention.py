"""What was kept long enough is gone from the embedded AWS the next night: schedule, message, job, items and files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec
import pytest
from offhook import wiring
from offhook.adapters.dynamo.database import Database
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.clock import FrozenClock
from offhook.adapters.s3_objects import Buckets, S3Objects
from offhook.domain.ids import DAY, CallSid, ContactId, FlowId, Instant, TenantId
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import recordings_of
from offhook.domain.recordings.stored import StoredRecording
from offhook.domain.routing.contact import Contact, ContactState, FlowPosition, Outcome, Recording
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores.config import ConfigStore
from offhook.stores.directory import Directory
from offhook.stores.recordings import Recordings
from offhook.stores.timelines import Timelines
from offhook.usecases.deps import Deps
from offhook.usecases.erasure import retention
from offhook.wiring.memory import MemoryWorld

from functions.operator.app import jobs, keep
from tests.world.world import ENVIRONMENT

KEEPS, FOREVER = TenantId("t_keeps30"), TenantId("t_forever")
MIDNIGHT = 20_400 * DAY + 600_000  # ten past midnight: once a day, the first look of the hour
BUCKET = "kept"
TICK: Any = {"version": "0", "account": "1", "region": "r", "detail": {}, "detail-type": "Scheduled Event",
             "source": "aws.events", "time": "", "id": "1", "resources": []}  # fmt: skip


@dataclass
class HalfWorld(MemoryWorld):
    """Items and files in the embedded AWS, the rest in memory."""

    database: Any = None
    s3: Any = None

    def deps_for(self, tenant: TenantContext) -> Deps:
        return replace(super().deps_for(tenant), items=DynamoItems(self.database, tenant.id))

    def objects(self, tenant: TenantContext) -> Any:
        return S3Objects(lambda: self.s3, Buckets(BUCKET, BUCKET, BUCKET, BUCKET), tenant.id)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, database: Database, aws: Any) -> Iterator[HalfWorld]:
    none: Any = None
    made = HalfWorld(telephony=lambda _: none, clock=FrozenClock(MIDNIGHT), database=database, s3=aws("s3"))
    made.s3.create_bucket(Bucket=BUCKET)
    for tenant in (KEEPS, FOREVER):
        one = Tenant(tenant, name=tenant, status=TenantStatus.ACTIVE)
        made.add_tenant(one)
        Directory(made.edge_items()).add_tenant(tenant)
        with tenant_scope(tenant):
            ConfigStore(DynamoItems(database, tenant), tenant).put(one)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with wiring.use(made):
        yield made
    settings.cache_clear()


def closed(world: HalfWorld, tenant: TenantId, name: str, at: Instant) -> ContactId:
    """A closed contact with a recording and a timeline."""
    with tenant_scope(tenant):
        deps, one = world.deps_for(world.tenant_context(tenant)), ContactId(f"c_{name}")
        key = f"{recordings_of(tenant)}RE{name}"
        flow = FlowPosition(FlowId("f"), 1, "n")
        new = Contact(
            one,
            tenant,
            0,
            ContactState.IN_FLOW,
            at,
            CallSid(f"CA{name}"),
            "+14155550123",
            "+14155550100",
            "en-US",
            flow,
        )
        begun = deps.contacts.start(new, [])
        Timelines(deps.items, tenant).add(one, [{"at": at, "event_id": f"{one}:1:0", "type": "x"}])
        over = replace(begun, state=ContactState.ENDED, outcome=Outcome.COMPLETED, ended_at=at, closed_at=at)
        deps.contacts.save(begun, replace(over, recordings=(Recording(f"RE{name}", "stored", 9, key),)), [])
        stored = StoredRecording(f"RE{name}", one, at, at, key, size=5, sha256="", carrier_gone_at=at)
        deps.items.commit(Recordings(deps.items, tenant).write(stored, expect=0))
        world.s3.put_object(Bucket=BUCKET, Key=key, Body=b"sound")
    return one


def night(world: HalfWorld) -> None:
    """The schedule, and every message of it, as the queue delivers them."""
    keep(TICK, None)
    while waiting := [m for m, _ in world.queue.sent if m.topic is Topic.RETENTION]:
        world.queue.sent[:] = [(m, d) for m, d in world.queue.sent if m.topic is not Topic.RETENTION]
        for message in waiting:
            assert jobs({"Records": [record(message)]}, None) == {"batchItemFailures": []}


def record(message: Message) -> dict[str, Any]:
    body = msgspec.json.encode(message).decode()
    return {"messageId": "m1", "receiptHandle": "r", "body": body, "eventSource": "aws:sqs",
            "attributes": {}, "messageAttributes": {}}  # fmt: skip


def left(world: HalfWorld, tenant: TenantId) -> tuple[set[str], set[str]]:
    with tenant_scope(tenant):
        deps = world.deps_for(world.tenant_context(tenant))
        find = partial(deps.contacts.closed)
        contacts = {n for n in ("old", "young") if find(ContactId(f"c_{n}"))}
        rows = {n for n in ("old", "young") if Timelines(deps.items, tenant).of(ContactId(f"c_{n}"))}
        assert rows == contacts
    found = world.s3.list_objects_v2(Bucket=BUCKET, Prefix=recordings_of(tenant)).get("Contents", [])
    return contacts, {one["Key"].rpartition("RE")[2] for one in found}


def test_a_night_takes_what_is_over_and_nothing_else(world: HalfWorld) -> None:
    for tenant in (KEEPS, FOREVER):
        closed(world, tenant, "old", MIDNIGHT - 31 * DAY)
        closed(world, tenant, "young", MIDNIGHT - 9 * DAY)
    with tenant_scope(KEEPS):
        retention.change(world.deps_for(world.tenant_context(KEEPS)), 7, 30, 0)
    night(world)
    assert left(world, KEEPS) == ({"young"}, set()), "contacts after thirty days, recordings after seven"
    assert left(world, FOREVER) == ({"old", "young"}, {"old", "young"})
    world.clock.advance(25 * 86_400)  # type: ignore[attr-defined]  # the frozen clock
    night(world)
    assert left(world, KEEPS) == (set(), set())
    assert left(world, FOREVER) == ({"old", "young"}, {"old", "young"})
