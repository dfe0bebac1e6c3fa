"""A change and its audit entry are one commit; entries of one tenant are in one order."""

import pytest
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.audit.chain import Act
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.domain.storage import CommitConflict, Item, Key, Put, Table
from offhook.domain.tenants.context import TenantContext
from offhook.stores import audit as store
from offhook.stores.audit import AuditTrail
from offhook.stores.audited_items import AuditedItems
from offhook.usecases import audit
from offhook.usecases.deps import Deps

A = TenantId("t_a")
NONE = None
THING = Key(Table.CONFIG, "T#t_a#QUEUE", "q_1")


def act(n: int = 0) -> Act:
    return Act(n, "u_1", "admin", "PUT /v1/routing/queues/{id}")


class World:
    def __init__(self) -> None:
        self.store = MemoryStore()
        self.items = MemoryItems(self.store, A)
        self.trail = AuditTrail(self.items, A)
        self.deps = Deps(TenantContext(A), FrozenClock(), SeededIds(), self.items, NONE, NONE, NONE)

    def request(self, n: int = 0) -> AuditedItems:
        return AuditedItems(self.items, self.trail, act(n))


@pytest.fixture
def world() -> World:
    return World()


def test_a_change_carries_its_entry(world):
    world.request().commit(Put(Item(THING)))
    assert [e.act for e in world.trail.all()] == [act()]
    assert audit.verify(world.deps).intact


def test_a_request_that_commits_twice_is_one_entry(world):
    request = world.request()
    request.commit(Put(Item(THING)))
    request.commit(Put(Item(Key(Table.CONFIG, "T#t_a#QUEUE", "q_2"))))
    assert world.trail.head().number == 1


def test_a_refused_change_leaves_no_entry(world):
    world.items.commit(Put(Item(THING, version=3)))
    with pytest.raises(CommitConflict) as refused:
        world.request().commit(Put(Item(THING), expect=2))
    assert refused.value.failed == (0,)
    assert world.trail.head().number == 0


def test_a_crash_leaves_both_or_neither(world):
    def die(writes):
        raise StoreUnavailable

    world.store.before_commit = die
    with pytest.raises(StoreUnavailable):
        world.request().commit(Put(Item(THING)))
    world.store.before_commit, world.store.after_commit = None, die
    assert world.items.get(THING) is None and world.trail.head().number == 0
    with pytest.raises(StoreUnavailable):
        world.request().commit(Put(Item(THING)))
    assert world.items.get(THING) and world.trail.head().number == 1


def test_what_passes_by_is_not_audited(world):
    request = world.request()
    request.commit(Put(Item(Key(Table.PULSE, "T#t_a#ONCE#1", "ONCE"))))
    assert not request.written and world.trail.head().number == 0


def test_requests_that_append_at_once_are_put_in_one_order(world):
    raced = []

    def another_first(writes):
        if len(raced) < 5:
            raced.append(1)
            AuditedItems(world.items, world.trail, act(99)).commit(
                Put(Item(Key(Table.CONFIG, "T#t_a#QUEUE", f"q_{len(raced)}x")))
            )

    world.store.before_commit = another_first
    world.request().commit(Put(Item(THING)))
    assert world.trail.head().number == 6
    assert audit.verify(world.deps).intact


def test_pages_go_from_the_newest_to_the_first_over_the_blocks(world, monkeypatch):
    monkeypatch.setattr(store, "BLOCK", 7)
    for n in range(30):
        audit.append(world.deps, act(n))
    seen, before = [], None
    while page := audit.page(world.deps, before, 4):
        seen += [entry.number for entry in page]
        before = page[-1].number
    assert seen == list(range(30, 0, -1))
    assert audit.verify(world.deps) == audit.Verification(30, world.trail.head().hash, True, ())


def test_an_entry_changed_in_the_table_is_named(world):
    for n in range(5):
        audit.append(world.deps, act(n))
    key = next(k for k in world.store.rows if k.sk == f"{3:012d}")
    entries = list(world.trail.all())
    forged = store.encode(entries[1])
    world.items.commit(Put(Item(key, body=forged)))
    found = audit.verify(world.deps)
    assert not found.intact and {b.number for b in found.breaks} >= {2}
