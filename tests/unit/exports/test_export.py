"""An export holds everything of its tenant and nothing of others, however often its worker dies."""

import hashlib
import json
from typing import Any

import pytest
from offhook import wiring
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import DAY, CustomerId, QueueId
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import exports_of, lake_of, recordings_of
from offhook.domain.routing.queues import Queue
from offhook.domain.tenants.export import MANIFEST, ExportStatus
from offhook.stores.exports import Exports
from offhook.usecases.exports.advance import Exporter
from offhook.usecases.exports.ask import ExportUnderWay, begin
from offhook.web.app import OffhookApp
from offhook.web.operator import jobs
from offhook.web.tenants import exports as routes
from offhook.wiring.memory import MemoryWorld

from tests.unit.exports.kit import deps_of, work_off
from tests.unit.isolation.store_state import StoreState
from tests.unit.web.worlds import A, B, asks

pytestmark = pytest.mark.usefixtures("names_as_tokens")


@pytest.fixture
def busy(world: MemoryWorld) -> MemoryWorld:
    for tenant in (A, B):
        deps = deps_of(world, tenant)
        for n in range(3):
            deps.config.put(Queue(QueueId(f"q_{n}"), name=f"queue {n} of {tenant}"))
            deps.customers.create(Customer(CustomerId(f"k_{n}"), name=f"customer {n} of {tenant}"))
        world.files[f"{recordings_of(tenant)}RE1"] = b"sound of " + tenant.encode()
        world.files[f"{lake_of(tenant)}dt=2026-01-01/part.parquet"] = b"events of " + tenant.encode()
    return world


def handle(message: Message) -> None:
    deps = wiring.deps_for(wiring.tenant_context(message.tenant_id))
    Exporter(deps, wiring.objects(deps.tenant), wiring.sweep()).advance(message.entity)


def exported(world: MemoryWorld, at: int = -1) -> tuple[dict[str, Any], int]:
    export = begin(deps_of(world, A), "owner")
    calls = work_off(world, handle, at)
    return json.loads(world.files[f"{exports_of(A)}{export.id}/{MANIFEST}"]), calls


def lines_of(world: MemoryWorld, manifest: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for file in manifest["files"]:
        if file["sha256"]:
            content = world.files[f"{exports_of(A)}{manifest['export']}/{file['name']}"]
            assert hashlib.sha256(content).hexdigest() == file["sha256"] and len(content) == file["size"]
            rows = [json.loads(line) for line in content.splitlines()]
            assert len(rows) == file["rows"]
            found += rows
    return found


def test_everything_of_the_tenant_and_nothing_of_another_is_in_it(busy: MemoryWorld) -> None:
    manifest, _ = exported(busy)
    lines = lines_of(busy, manifest)
    names = {line["body"].get("name") for line in lines if line["kind"] in ("QUEUE", "CUSTOMER")}
    assert names == {f"{what} {n} of {A}" for what in ("queue", "customer") for n in range(3)}
    assert manifest["rows"]["QUEUE"] == 3 and manifest["rows"]["recordings"] == manifest["rows"]["lake"] == 1
    assert B not in json.dumps(lines) and not {line["kind"] for line in lines} & {"SECRET", "EXPORT", "FACT"}


def test_a_worker_that_dies_anywhere_ends_with_the_same_manifest(busy: MemoryWorld) -> None:
    before, files = StoreState.of(busy.store), dict(busy.files)
    whole, calls = exported(busy)
    assert calls > 20
    for at in range(calls):
        before.restore(busy.store)
        busy.files = dict(files)
        again, _ = exported(busy, at)
        assert {**again, "export": ""} == {**whole, "export": ""}


def test_a_message_that_comes_twice_changes_nothing(busy: MemoryWorld) -> None:
    deps, before = deps_of(busy, A), exported(busy)[0]
    handle(Message(A, Topic.EXPORT, before["export"]))
    assert json.loads(busy.files[f"{exports_of(A)}{before['export']}/{MANIFEST}"]) == before
    assert Exports(deps.items, A).get(before["export"]).status is ExportStatus.READY


def test_one_export_at_a_time_and_a_lost_message_is_sent_again(busy: MemoryWorld) -> None:
    deps = deps_of(busy, A)
    export = begin(deps, "owner")
    with pytest.raises(ExportUnderWay):
        begin(deps, "owner")
    busy.queue.sent.clear()
    jobs.look(deps)
    assert [m.entity for m, _ in busy.queue.sent if m.topic is Topic.EXPORT] == [export.id]


@pytest.fixture
def app(busy: MemoryWorld) -> OffhookApp:
    made = OffhookApp("tenants")
    routes.routes(made)
    return made


def test_the_owner_asks_waits_and_fetches_the_files(app: OffhookApp, busy: MemoryWorld) -> None:
    asked = asks(app, "POST", "/exports")
    assert (asked.status, asked.json()["status"]) == (202, "running")
    one = asked.json()["id"]
    assert asks(app, "GET", f"/exports/{one}/files/{MANIFEST}").status == 404
    assert asks(app, "GET", f"/exports/{one}/files").status == 404, "not while it runs"
    work_off(busy, handle)
    assert asks(app, "GET", f"/exports/{one}").json()["manifest"] == MANIFEST
    link = asks(app, "GET", f"/exports/{one}/files/{MANIFEST}").json()["url"]
    assert link.endswith(f"{exports_of(A)}{one}/{MANIFEST}")
    assert asks(app, "GET", f"/exports/{one}/files/recordings-RE1").json()["url"].endswith(f"{recordings_of(A)}RE1")
    assert [e["id"] for e in asks(app, "GET", "/exports").json()["data"]] == [one]
    names = {f["name"] for f in json.loads(busy.files[f"{exports_of(A)}{one}/{MANIFEST}"])["files"]}
    assert listed_files(app, one, limit=2) == sorted({*names, MANIFEST}) == listed_files(app, one, limit=100)
    busy.clock.advance(8 * DAY / 1000)  # type: ignore[attr-defined]  # the frozen clock
    assert asks(app, "GET", f"/exports/{one}/files/{MANIFEST}").status == 404
    assert asks(app, "GET", f"/exports/{one}/files").status == 404


def listed_files(app: OffhookApp, export_id: str, limit: int) -> list[str]:
    names: list[str] = []
    asked = f"/exports/{export_id}/files?limit={limit}"
    cursor: str | None = ""
    while cursor is not None:
        page = asks(app, "GET", f"{asked}&cursor={cursor}" if cursor else asked).json()
        names += [one["name"] for one in page["data"]]
        assert len(page["data"]) <= limit
        cursor = page["next_cursor"]
    return names


def test_exports_of_others_and_of_nobody_look_the_same(app: OffhookApp, busy: MemoryWorld) -> None:
    one = asks(app, "POST", "/exports").json()["id"]
    answers = {asks(app, "GET", f"/exports/{e}", user="owner-of-t_b").body for e in (one, "ex_nowhere")}
    assert len(answers) == 1
    assert asks(app, "POST", "/exports", user="agent-of-t_a").status == 403
