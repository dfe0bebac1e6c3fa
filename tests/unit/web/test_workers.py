"""Workers: each record in its tenant's scope, failures reported one by one, everything metered where it belongs."""

import json
from collections import Counter
from dataclasses import replace
from io import StringIO
from typing import Any

import msgspec
import pytest
from chalice.app import CloudWatchEvent, DynamoDBEvent, KinesisEvent, SQSEvent
from offhook.adapters.cached_items import ItemCache
from offhook.adapters.guard import ambient_tenant
from offhook.adapters.memory.items import MemoryItems
from offhook.domain.ids import TenantId
from offhook.domain.messages import Message, Topic
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.config import ConfigStore
from offhook.stores.directory import Directory
from offhook.usecases.deps import Deps
from offhook.web.app import OffhookApp
from offhook.web.workers import (
    careful_queue_worker,
    for_tenant,
    hint_each_tenant,
    queue_worker,
    schedule_worker,
    stream_worker,
)
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import A, B

pytestmark = pytest.mark.usefixtures("world")


def sqs(*bodies: str) -> SQSEvent:
    records = [
        {"messageId": f"m{n}", "body": body, "eventSource": "aws:sqs", "receiptHandle": "r", "attributes": {}}
        for n, body in enumerate(bodies)
    ]
    return SQSEvent({"Records": records}, None)


def hint(tenant: Any, entity: str = "c_1") -> str:
    return msgspec.json.encode(Message(tenant, Topic.RING, entity, "o_1")).decode()


def test_each_message_is_handled_in_the_scope_of_its_tenant(world: MemoryWorld) -> None:
    seen: list[tuple[object, ...]] = []

    @queue_worker
    def work(deps: Deps, message: Message) -> None:
        seen.append((ambient_tenant(), deps.tenant.id, message.entity))

    assert work(sqs(hint(A), hint(B, "c_2"))) == {"batchItemFailures": []}
    assert seen == [(A, A, "c_1"), (B, B, "c_2")]
    assert ambient_tenant() is None


def test_a_message_that_fails_is_reported_and_the_others_go_on(lines: StringIO) -> None:
    done: list[str] = []

    @queue_worker
    def work(deps: Deps, message: Message) -> None:
        if message.entity == "c_bad":
            raise RuntimeError
        done.append(message.entity)

    answer = work(sqs(hint(A, "c_1"), hint(B, "c_bad"), "{", hint("t_none"), hint(A, "c_2")))
    assert answer == {"batchItemFailures": [{"itemIdentifier": m} for m in ("m1", "m2", "m3")]}
    assert done == ["c_1", "c_2"]
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    failed = [line for line in logged if line["message"] == "work failed"]
    assert (failed[0]["tenant"], failed[0]["contact"]) == (B, "c_bad")
    assert len(failed) == 3


def test_a_batch_that_fails_as_a_whole_is_reported_like_any_other() -> None:
    @queue_worker
    def work(deps: Deps, message: Message) -> None:
        raise RuntimeError

    assert len(work(sqs(hint(A), hint(B)))["batchItemFailures"]) == 2


def test_a_batch_of_nothing_warms_the_process() -> None:
    @queue_worker
    def work(deps: Deps, message: Message) -> None:
        raise AssertionError

    assert work(sqs()) == {"batchItemFailures": []}


def test_each_message_is_metered_for_its_tenant_and_contact(world: MemoryWorld) -> None:
    @queue_worker
    def work(deps: Deps, message: Message) -> None:
        deps.contacts.items.get_many([])

    work(sqs(hint(A), hint(B, "queue-1")))
    assert [(u.tenant_id, u.contact_id) for u in world.used] == [(A, "c_1"), (B, ""), ("", "")]


def test_what_is_done_for_a_tenant_that_is_being_erased_leaves_no_fact_of_it(world: MemoryWorld) -> None:
    """A fact of the tenant reaches the lake after it was emptied, and the proof of the erasure finds it there."""
    config = world.deps_for(world.tenant_context(A)).config
    config.put(replace(config.get(Tenant, A), status=TenantStatus.ERASING))

    @queue_worker
    def work(deps: Deps, message: Message) -> None:
        assert ambient_tenant() == message.tenant_id

    work(sqs(hint(A), hint(B)))
    assert {used.tenant_id for used in world.used} == {"", B}


def test_a_careful_worker_sees_what_others_have_changed_since(world: MemoryWorld) -> None:
    world.cache = ItemCache(world.clock, ttl_s=3600)
    stored = ConfigStore(MemoryItems(world.store, A), A)  # of another process
    names: list[str] = []

    @careful_queue_worker
    def work(deps: Deps, message: Message) -> None:
        names.append(deps.tenant.name)

    for name in ("Before", "After"):
        stored.put(replace(stored.get(Tenant, A), name=name))
        work(sqs(hint(A)))
    assert names == ["Before", "After"]


def test_a_stream_handler_gets_the_records_and_says_which_failed() -> None:
    @stream_worker
    def count(records: Any) -> dict[str, list[dict[str, str]]]:
        return {"batchItemFailures": [{"itemIdentifier": records[1]["dynamodb"]["SequenceNumber"]}]}

    records = [{"dynamodb": {"SequenceNumber": str(n)}} for n in range(3)]
    assert count(DynamoDBEvent({"Records": records}, None)) == {"batchItemFailures": [{"itemIdentifier": "1"}]}


def test_a_stream_handler_that_says_nothing_did_everything() -> None:
    @stream_worker
    def count(records: Any) -> None:
        return None

    assert count(DynamoDBEvent({"Records": []}, None)) == {"batchItemFailures": []}


def test_a_stream_handler_that_raises_has_the_batch_delivered_again() -> None:
    @stream_worker
    def count(records: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        count(DynamoDBEvent({"Records": []}, None))


def test_a_consumer_of_the_event_stream_causes_no_further_records(world: MemoryWorld) -> None:
    @stream_worker
    def ledger(records: Any) -> None:
        for_tenant(A, lambda deps: None)

    ledger(KinesisEvent({"Records": []}, None))
    assert world.used == []
    ledger(DynamoDBEvent({"Records": []}, None))
    assert [used.tenant_id for used in world.used] == [A, ""]


def test_a_schedule_enters_each_tenants_scope_by_itself() -> None:
    seen: list[object] = []

    @schedule_worker
    def sweep() -> None:
        for tenant in (A, B):
            for_tenant(tenant, lambda deps: seen.append((ambient_tenant(), deps.tenant.id)))

    sweep(
        CloudWatchEvent(
            {
                "detail-type": "",
                "source": "",
                "time": "",
                "id": "",
                "resources": [],
                "region": "",
                "version": "",
                "account": "",
                "detail": {},
            },
            None,
        )
    )
    assert seen == [(A, A), (B, B)]


def test_each_tenant_gets_one_hint_at_a_time_of_its_own(world: MemoryWorld) -> None:
    many = [TenantId(f"t_{n}") for n in range(1000)]
    for tenant in many:
        Directory(world.edge_items()).add_tenant(tenant)
    for _ in range(2):
        hint_each_tenant(Topic.BILLING, spread_s=900)
    first, again = world.queue.sent[:1000], world.queue.sent[1000:]
    assert first == again and {message for message, _ in first} == {Message(t, Topic.BILLING, "") for t in many}
    assert max(Counter(delay // 100 for _, delay in first if delay < 900).values()) < 160, "spread evenly"
    assert {delay for _, delay in first} <= set(range(901))
    world.queue.sent.clear()
    hint_each_tenant(Topic.COMPACTION, "2026-11-22")
    assert {(message.entity, delay) for message, delay in world.queue.sent} == {("2026-11-22", 0)}


def test_workers_register_with_the_app_under_their_own_names() -> None:
    app = OffhookApp("sample")

    @app.on_sqs_message(queue="work", name="work")
    @queue_worker
    def on_message(deps: Deps, message: Message) -> None:
        """Does nothing."""

    assert [source.handler_string for source in app.event_sources] == ["app.on_message"]
    assert on_message(sqs(hint(A)).to_dict(), None) == {"batchItemFailures": []}
