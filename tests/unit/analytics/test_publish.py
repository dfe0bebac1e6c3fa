"""Events leave in order, once for each change, and a failure is reported where it happened."""

import json
from random import Random
from typing import Any

from offhook.domain.analytics.outbound import Outbound
from offhook.domain.events import ContactWaiting, KeyPressed
from offhook.usecases.analytics.publish import publish
from offhook.usecases.analytics.stream_records import changes_of, failures, readable_changes

from .streams import ACME, OTHER, MemoryStream, image, record

NOON = 1_760_097_600_000  # 2025-10-10 12:00 UTC


def pressed(contact: str, keys: str = "1") -> KeyPressed:
    return KeyPressed(at=NOON, contact_id=contact, flow_id="f", node_id="menu", keys=keys, outcome="matched")


def contact_change(sequence: int, contact: str, version: int, *events: Any, tenant: str = ACME) -> dict[str, Any]:
    old = image(tenant, "CONTACT", contact, version - 1) if version > 1 else None
    return record(sequence, image(tenant, "CONTACT", contact, version, events), old)


def bodies(stream: MemoryStream) -> list[dict[str, Any]]:
    return [json.loads(r.body) for r in stream.kept]


def test_each_event_leaves_flat_with_its_id_tenant_and_day():
    stream = MemoryStream()
    changes = changes_of([contact_change(1, "c1", 3, pressed("c1", "1"), pressed("c1", "2"))])
    assert publish(changes, stream) is None
    first, second = bodies(stream)
    assert first == {
        "event_id": "contact:c1:3:0", "tenant": ACME, "dt": "2025-10-10", "type": "key_pressed", "event_version": 1,
        "at": NOON, "contact_id": "c1", "flow_id": "f", "node_id": "menu", "keys": "1", "outcome": "matched",
    }  # fmt: skip
    assert second["event_id"] == "contact:c1:3:1"
    assert {r.partition_key for r in stream.kept} == {f"{ACME}#c1"}


def test_a_change_that_keeps_the_version_or_removes_the_item_publishes_nothing():
    same = record(1, image(ACME, "CONTACT", "c1", 3, [pressed("c1")]), image(ACME, "CONTACT", "c1", 3))
    removed = record(2, None, image(ACME, "CONTACT", "c1", 3, [pressed("c1")]))
    stream = MemoryStream()
    assert publish(changes_of([same, removed]), stream) is None
    assert stream.kept == []


def test_the_first_failed_record_is_reported_and_nothing_of_its_contact_overtakes_it():
    records = [contact_change(n, contact, 1 + n // 2, pressed(contact, str(n))) for n, contact in enumerate("ababab")]
    stream = MemoryStream(refuses=lambda r: b'"keys":"2"' in r.body)
    assert publish(changes_of(records), stream) == "2"
    assert [b["keys"] for b in bodies(stream) if b["contact_id"] == "a"] == ["0"]
    assert [b["keys"] for b in bodies(stream) if b["contact_id"] == "b"] == ["1", "3", "5"]


def test_two_records_of_one_contact_are_never_in_one_call():
    stream = MemoryStream()
    publish(changes_of([contact_change(n, "a", n, pressed("a")) for n in range(1, 5)]), stream)
    assert [len(call) for call in stream.calls] == [1, 1, 1, 1]


def test_delivered_again_after_failures_every_event_arrives_in_order():
    chance = Random(7)
    records = [
        contact_change(n, f"c{n % 5}", 1 + n // 5, pressed(f"c{n % 5}", str(n)), tenant=(ACME, OTHER)[n % 2])
        for n in range(60)
    ]
    stream = MemoryStream(refuses=lambda _: chance.random() < 0.2)
    rest = records
    while rest:
        failed = publish(changes_of(rest), stream)
        rest = [r for r in rest if failed and int(r["dynamodb"]["SequenceNumber"]) >= int(failed)]
    for key in {r.partition_key for r in stream.kept}:
        ids = list(dict.fromkeys(json.loads(r.body)["event_id"] for r in stream.kept if r.partition_key == key))
        assert ids == sorted(ids, key=lambda i: int(i.split(":")[2]))
    assert len({json.loads(r.body)["event_id"] + json.loads(r.body)["tenant"] for r in stream.kept}) == 60


def test_an_unreadable_record_stops_the_batch_there_and_keeps_what_came_before():
    good, bad = contact_change(1, "c1", 1, pressed("c1")), contact_change(2, "c2", 1)
    bad["dynamodb"]["NewImage"]["pk"]["S"] = "nonsense"
    changes, broken = readable_changes([good, bad])
    assert ([c.entity for c in changes], broken) == (["contact:c1"], "2")
    assert failures(broken) == {"batchItemFailures": [{"itemIdentifier": "2"}]}


def test_an_outbox_that_is_no_json_is_reported():
    broken = contact_change(2, "c2", 1)
    broken["dynamodb"]["NewImage"]["events"]["B"] = "Ww=="  # [
    waiting = ContactWaiting(at=NOON, contact_id="c1", queue_id="q", visit=1, enqueued_at=NOON)
    stream = MemoryStream()
    assert publish(changes_of([contact_change(1, "c1", 1, waiting), broken]), stream) == "2"
    assert len(stream.kept) == 1


def test_outbound_records_know_their_change():
    assert Outbound("k", b"{}").source == ""
