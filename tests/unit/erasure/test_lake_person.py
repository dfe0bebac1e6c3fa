"""A person leaves the lake: no event names them, every other column of every event stays, nobody else's changes."""

import pytest
from offhook import wiring
from offhook.domain.audit.chain import Entry
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import CustomerId
from offhook.domain.messages import Message
from offhook.stores.audit import AuditTrail
from offhook.stores.forgetting import Forgetting
from offhook.usecases.erasure import person
from offhook.usecases.erasure.lake import PERSONAL
from offhook.usecases.erasure.person import CERTIFIED, PersonEraser
from offhook.web.operator import jobs
from offhook.wiring.memory import MemoryWorld

from tests.unit.erasure.lake import MemoryLake, Row
from tests.unit.exports.kit import deps_of, work_off
from tests.unit.isolation.store_state import StoreState
from tests.unit.web.worlds import A, B

ADA, NUMBER, OTHER = CustomerId("cu_ada"), "+14155550123", "+14155550199"
FIRST, SECOND, THIRD = "2026-01-05", "2026-01-06", "2026-01-07"


def event(name: str, contact: str, **more: object) -> Row:
    return {"event_id": name, "type": "x", "event_version": 1, "at": 1, "contact_id": contact, **more}


@pytest.fixture
def lake() -> MemoryLake:
    made = MemoryLake()
    started = {"customer_number": NUMBER, "called_number": "+14155550100", "language": "en-US"}
    known = event("1", "c_1", customer_id=ADA, **started)
    made.add(A, FIRST, "a", known, event("2", "c_1", keys="4711"), event("3", "c_9", customer_number=OTHER, keys="9"))
    made.add(A, FIRST, "b", known)
    made.add(A, SECOND, "a", event("4", "c_1", keys="0815"), event("5", "c_8", keys="7"))
    made.add(A, THIRD, "a", event("6", "c_7", customer_number=OTHER))
    made.add(B, FIRST, "a", event("1", "c_1", **started))
    return made


def eraser(world: MemoryWorld, lake: MemoryLake) -> PersonEraser:
    deps = wiring.deps_for(world.tenant_context(A))
    return PersonEraser(deps, world.objects(deps.tenant), world.sweep(), lake, lake)


def begun(world: MemoryWorld) -> None:
    deps = deps_of(world, A)
    deps.customers.create(Customer(ADA, name="Ada", numbers=(NUMBER,)))
    person.begin(deps, ADA, "boss")


def erase(world: MemoryWorld, lake: MemoryLake, at: int = -1) -> int:
    def handle(message: Message) -> None:
        eraser(world, lake).advance(message.entity, message.arg)

    return work_off(world, handle, at)


def certificates(world: MemoryWorld) -> list[Entry]:
    return [e for e in AuditTrail(deps_of(world, A).items, A).all() if e.act.action == CERTIFIED]


def bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in PERSONAL}


def test_no_event_names_the_person_and_every_fact_stays(world: MemoryWorld, lake: MemoryLake) -> None:
    others, facts = lake.rows(B), {row["event_id"]: bare(row) for row in lake.rows(A)}
    untouched = lake.files[f"events/tenant={A}/dt={THIRD}/a"]
    begun(world)
    erase(world, lake)
    found = lake.rows(A)
    assert {row["event_id"]: bare(row) for row in found} == facts and len(found) == len(facts)
    left = {row["event_id"]: [row[name] for name in PERSONAL] for row in found}
    assert left["1"] == left["2"] == left["4"] == [None, None, None]
    assert left["3"] == [OTHER, None, "9"] and left["5"] == [None, None, "7"]
    assert lake.rows(B) == others and lake.files[f"events/tenant={A}/dt={THIRD}/a"] is untouched
    assert not lake.list("events/_compaction/")


def test_the_certificate_says_what_was_rewritten_and_that_nothing_is_left(world: MemoryWorld, lake: MemoryLake) -> None:
    begun(world)
    erase(world, lake)
    (certificate,) = certificates(world)
    assert certificate.act.about == {
        "customer_id": ADA,
        "asked_by": "boss",
        "lake_days_rewritten": 2,
        "lake_files_replaced": 3,
        "lake_events_left": 0,
    }
    assert not Forgetting(deps_of(world, A).items, A).under_way()


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.soak)])
def test_a_worker_that_dies_anywhere_forgets_as_well_and_certifies_once(
    world: MemoryWorld, lake: MemoryLake, step: int
) -> None:
    begun(world)
    before, files, sent = StoreState.of(world.store), dict(lake.files), list(world.queue.sent)
    calls = erase(world, lake)
    for at in range(0, calls, step):
        before.restore(world.store)
        lake.files, world.queue.sent[:] = dict(files), list(sent)
        erase(world, lake, at)
        assert not [row for row in lake.rows(A) if NUMBER in row.values() or ADA in row.values()]
        assert len(certificates(world)) == 1


def test_events_that_arrive_while_it_runs_are_found_by_the_last_look(world: MemoryWorld, lake: MemoryLake) -> None:
    begun(world)
    while not (under_way := Forgetting(deps_of(world, A).items, A).under_way()) or under_way[0].rewritten < 2:
        eraser(world, lake).advance(ADA, world.queue.sent[-1][0].arg)
    lake.add(A, SECOND, "late", event("7", "c_1", customer_number=NUMBER))
    erase(world, lake)
    assert not [row for row in lake.rows(A) if NUMBER in row.values()] and len(certificates(world)) == 1


def test_no_day_is_compacted_while_a_person_is_taken_out_of_it(world: MemoryWorld, lake: MemoryLake) -> None:
    deps, before = deps_of(world, A), dict(lake.files)
    begun(world)
    jobs.compact_day(deps, lake, FIRST)
    assert lake.files == before
    erase(world, lake)
    lake.add(A, FIRST, "late", event("8", "c_8"))
    jobs.compact_day(deps, lake, FIRST)
    assert len(lake.list(f"events/tenant={A}/dt={FIRST}/")) == 1
    assert not [row for row in lake.rows(A) if NUMBER in row.values() or ADA in row.values()]


def test_a_person_who_never_called_costs_one_look(world: MemoryWorld) -> None:
    lake = MemoryLake()
    begun(world)
    erase(world, lake)
    assert lake.scanned == 1 and len(certificates(world)) == 1
