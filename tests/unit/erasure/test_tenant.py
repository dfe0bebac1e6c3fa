"""A tenant's erasure leaves what the law asks for and nothing else, however often its worker dies."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from offhook import wiring
from offhook.adapters.memory.store import Row
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import CustomerId, QueueId, TenantId
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import exports_of, lake_of, recordings_of
from offhook.domain.routing.queues import Queue
from offhook.domain.storage import Key
from offhook.domain.tenants.carrier_accounts import Telco
from offhook.domain.tenants.data_classes import kind_of_partition
from offhook.domain.tenants.erasure import Erasure
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.directory import Directory
from offhook.stores.erasures import Erasures
from offhook.stores.memberships import Users
from offhook.usecases.erasure import begin
from offhook.usecases.erasure.tenant import Eraser, is_deleted
from offhook.web.app import OffhookApp
from offhook.web.operator import jobs
from offhook.web.tenants import erasure as routes
from offhook.wiring.memory import MemoryWorld

import functions.integrations.app as integrations
import functions.operator.app as operator
import functions.routing.app as routing
import functions.tenants.app as tenants
from tests.unit.exports.kit import deps_of, work_off
from tests.unit.isolation.store_state import StoreState
from tests.unit.web.worlds import SIDS, A, B, add_member, asks

pytestmark = pytest.mark.usefixtures("names_as_tokens")


class Pool:
    """Remembers who was forgotten."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []

    def forget_user(self, user_id: str) -> None:
        """Again is no error."""
        self.forgotten.append(user_id)


@pytest.fixture
def pool() -> Pool:
    return Pool()


@pytest.fixture
def busy(world: MemoryWorld) -> MemoryWorld:
    add_member(world, A, "both", "admin", email="both@example.com")
    add_member(world, B, "both", "admin")
    add_member(world, A, "boss", "owner", email="boss@example.com")
    for tenant in (A, B):
        deps = deps_of(world, tenant)
        deps.config.put(replace(deps.config.get(Tenant, tenant), name="Acme", status=TenantStatus.CLOSING))
        Directory(world.edge_items()).add_tenant(tenant)
        for n in range(2):
            deps.config.put(Queue(QueueId(f"q_{n}"), name="a queue"))
            deps.customers.create(Customer(CustomerId(f"k_{n}"), numbers=(f"+1415555010{n}",)))
        for key in (recordings_of(tenant) + "RE1", lake_of(tenant) + "x", exports_of(tenant) + "ex/x"):
            world.files[key] = b"x"
    return world


def rows_of(world: MemoryWorld, tenant: TenantId) -> dict[Key, Row]:
    named = f'"{tenant}"'.encode()
    return {k: r for k, r in world.store.rows.items() if k.pk.startswith(f"T#{tenant}#") or named in r.item.body}


def eraser(world: MemoryWorld, pool: Pool, settles_s: float = 0) -> Eraser:
    deps = deps_of(world, A)
    files = world.objects(deps.tenant)
    return Eraser(deps, files, world.edge_items(), world.sweep(), pool, world.mails, settles_s)


def erased(world: MemoryWorld, pool: Pool, at: int = -1) -> tuple[Erasure, int]:
    begin.ask(deps_of(world, A), "Erase acme", "boss")
    calls = work_off(world, lambda _: eraser(world, pool).advance(), at)
    found = Erasures(deps_of(world, A).items, A).find()
    assert found
    return found, calls


def test_nothing_is_left_but_what_must_be_kept_and_others_are_as_they_were(busy: MemoryWorld, pool: Pool) -> None:
    others, files = rows_of(busy, B), {k for k in busy.files if B in k}
    certificate, _ = erased(busy, pool)
    assert certificate.is_done and certificate.found["CUSTOMER"] == 2 and certificate.found["recordings"] == 1
    left = {kind_of_partition(k.pk) for k in rows_of(busy, A) if k.pk.startswith("T#")}
    assert not {kind for kind in left if is_deleted(kind)} and "ERASURE" in left
    assert set(busy.files) == files
    tenant = deps_of(busy, A).config.get(Tenant, A)
    assert tenant == Tenant(A, tenant.version, status=TenantStatus.ERASED, since=tenant.since)
    now = rows_of(busy, B)
    assert {k: r for k, r in now.items() if k.pk != "USER#both"} == {
        k: r for k, r in others.items() if k.pk != "USER#both"
    }


def test_handles_lead_nowhere_and_people_without_another_tenant_are_gone(busy: MemoryWorld, pool: Pool) -> None:
    erased(busy, pool)
    directory = busy.edge_items()
    assert Directory(directory).tenant_of("ACCOUNT", SIDS[A]) is None
    assert Directory(directory).tenant_of("ACCOUNT", SIDS[B]) == B
    assert Users(directory).of("both").tenants == (B,) and not Users(directory).of("boss").tenants
    assert set(pool.forgotten) == {"boss", f"owner-of-{A}", f"agent-of-{A}"}


def test_the_owners_get_the_certificate_and_their_addresses_are_forgotten(busy: MemoryWorld, pool: Pool) -> None:
    certificate, _ = erased(busy, pool)
    (mail,) = busy.mails.sent
    assert (mail.to, mail.template) == ("boss@example.com", "tenant_erased")
    assert "customer: 2" in mail.values["counts"]
    assert certificate.mail_to == () and len(certificate.audit_head) == 64


def test_a_worker_that_dies_anywhere_ends_with_the_same_certificate(busy: MemoryWorld, pool: Pool) -> None:
    before, files = StoreState.of(busy.store), dict(busy.files)
    whole, calls = erased(busy, pool)
    after = set(busy.store.rows)
    assert calls > 40
    for at in range(calls):
        before.restore(busy.store)
        busy.files = dict(files)
        again, _ = erased(busy, pool, at)
        assert (again.found, again.kept, again.left, again.is_done) == (whole.found, whole.kept, whole.left, True)
        assert set(busy.store.rows) == after


def test_what_arrives_late_is_found_by_the_proof_and_erased_too(busy: MemoryWorld, pool: Pool) -> None:
    begin.ask(deps_of(busy, A), "erase Acme", "boss")
    one = eraser(busy, pool, settles_s=60)
    while not (now := one.advance()) or not now.settled_at:
        pass
    assert one.advance() == now, "it waits"
    busy.files[lake_of(A) + "late"] = b"x"
    deps_of(busy, A).config.put(Queue(QueueId("q_late"), name="late"))
    busy.clock.advance(61)  # type: ignore[attr-defined]  # the frozen clock
    while not (now := one.advance()) or not now.is_done:
        busy.clock.advance(61)  # type: ignore[attr-defined]  # the frozen clock
    assert now.rounds == 1 and not [k for k in busy.files if A in k]


def test_it_waits_for_the_carriers_account_to_be_closed(busy: MemoryWorld, pool: Pool) -> None:
    deps = deps_of(busy, A)
    deps.config.put(Telco(A, account_sid=SIDS[A], status="suspended"))
    begin.ask(deps, "erase Acme", "boss")
    busy.queue.sent.clear()
    assert (first := eraser(busy, pool).advance()) and first.step == 0
    assert [(m.topic, d) for m, d in busy.queue.sent] == [(Topic.TENANT_STATUS, 0.0), (Topic.ERASE_TENANT, 60.0)]
    deps.config.put(Telco(A, account_sid=SIDS[A], status="closed"))
    assert (second := eraser(busy, pool).advance()) and second.step == 1


@pytest.fixture
def app(busy: MemoryWorld) -> OffhookApp:
    made = OffhookApp("tenants")
    routes.routes(made)
    return made


@pytest.mark.parametrize(("user", "said", "status"), [
    ("owner-of-t_a", "erase Acme", 202), ("owner-of-t_a", "Acme", 400), ("both", "erase Acme", 403),
])  # fmt: skip
def test_only_an_owner_who_types_it_all_erases(app: OffhookApp, user: str, said: str, status: int) -> None:
    assert asks(app, "POST", "/erasure", user=user, json={"confirm": said}).status == status


def test_who_has_not_closed_cannot_erase(app: OffhookApp, busy: MemoryWorld) -> None:
    deps = deps_of(busy, A)
    deps.config.put(replace(deps.config.get(Tenant, A), status=TenantStatus.ACTIVE))
    assert asks(app, "POST", "/erasure", json={"confirm": "erase Acme"}).status == 409


def test_the_clock_begins_what_is_due_and_goes_on_with_what_was_lost(busy: MemoryWorld) -> None:
    def status() -> Any:
        return deps_of(busy, A).config.get(Tenant, A).status

    deps = deps_of(busy, A)
    deps.config.put(replace(deps.config.get(Tenant, A), status=TenantStatus.CLOSED))
    jobs.look(deps)
    assert status() is TenantStatus.ERASING
    busy.queue.sent.clear()
    jobs.look(deps_of(busy, A))
    assert Message(A, Topic.ERASE_TENANT, "") in [m for m, _ in busy.queue.sent]
    assert wiring.world() is busy


def test_the_erased_leave_the_list_that_schedules_walk(busy: MemoryWorld, pool: Pool) -> None:
    erased(busy, pool)
    directory = Directory(busy.edge_items())
    assert (list(directory.tenants()), list(directory.erased())) == ([B], [A])


def test_a_tenant_erased_before_its_place_was_given_up_leaves_the_list_with_the_next_look(
    busy: MemoryWorld, pool: Pool
) -> None:
    erased(busy, pool)
    Directory(busy.edge_items()).add_tenant(A)
    jobs.look(deps_of(busy, A))
    work_off(busy, lambda _: eraser(busy, pool).advance())
    assert list(Directory(busy.edge_items()).tenants()) == [B]


def round_trips(world: MemoryWorld, schedule: Callable[[Any, Any], object]) -> dict[str, int]:
    world.store.round_trips = {}
    schedule(EVERY_HOUR, None)
    return dict(world.store.round_trips)


EVERY_HOUR = {"version": "0", "id": "1", "detail-type": "Scheduled Event", "source": "aws.events", "account": "1",
              "time": "2026-11-21T10:05:00Z", "region": "us-east-1", "resources": [], "detail": {}}  # fmt: skip


@pytest.mark.parametrize("schedule", [operator.due, routing.sweep, integrations.sweep, tenants.statuses])
def test_a_thousand_erased_tenants_cost_a_schedule_nothing(
    busy: MemoryWorld, schedule: Callable[[Any, Any], object]
) -> None:
    round_trips(busy, schedule)  # what is begun by the first look
    before = round_trips(busy, schedule)
    for n in range(1000):
        Directory(busy.edge_items()).drop_tenant(TenantId(f"t_{n:020d}"))
    assert round_trips(busy, schedule) == before
