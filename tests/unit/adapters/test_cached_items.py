"""Configuration is remembered for seconds, for its own tenant only, and never past an own write."""

import pytest
from offhook.adapters.cached_items import CachedItems, ItemCache
from offhook.adapters.memory.clock import FrozenClock
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.storage import CommitConflict, Item, Key, Put, Table

A, B = TenantId("t_a"), TenantId("t_b")
QUEUE = Key(Table.CONFIG, "T#t_a#QUEUE", "q_1")
AGENT = Key(Table.LIVE, "T#t_a#AGENT#a_1", "AGENT")


class World:
    def __init__(self) -> None:
        self.clock, self.store = FrozenClock(), MemoryStore()
        self.cache = ItemCache(self.clock, ttl_s=5.0, most=10)

    def items(self, tenant=A) -> CachedItems:
        return CachedItems(self.direct(tenant), tenant, self.cache)

    def direct(self, tenant=A) -> MemoryItems:
        return MemoryItems(self.store, tenant)

    @property
    def reads(self) -> int:
        return sum(n for name, n in self.store.round_trips.items() if name != "commit")


@pytest.fixture
def world() -> World:
    return World()


def test_an_item_is_read_once_in_five_seconds(world):
    world.direct().commit(Put(Item(QUEUE)))
    for _ in range(3):
        assert world.items().get(QUEUE) is not None
    assert world.reads == 1
    world.clock.advance(5)
    world.items().get(QUEUE)
    assert world.reads == 2


def test_a_list_is_read_once_for_each_way_of_asking(world):
    world.direct().commit(Put(Item(QUEUE)))
    for _ in range(2):
        assert len(world.items().query(Table.CONFIG, QUEUE.pk)) == 1
        assert len(world.items().query(Table.CONFIG, QUEUE.pk, prefix="x")) == 0
    assert world.reads == 2


def test_what_is_missing_is_looked_for_again(world):
    assert world.items().get(QUEUE) is None
    world.direct().commit(Put(Item(QUEUE)))
    assert world.items().get(QUEUE) is not None


def test_an_own_write_is_seen_at_once_also_one_that_was_refused(world):
    world.items().commit(Put(Item(QUEUE, version=1)))
    world.items().get(QUEUE)
    world.items().query(Table.CONFIG, QUEUE.pk)
    world.items().commit(Put(Item(QUEUE, version=2)))
    assert world.items().get(QUEUE).version == 2
    assert world.items().query(Table.CONFIG, QUEUE.pk)[0].version == 2
    world.direct().commit(Put(Item(QUEUE, version=3)))
    with pytest.raises(CommitConflict):
        world.items().commit(Put(Item(QUEUE, version=3), expect=2))
    assert world.items().get(QUEUE).version == 3


def test_live_items_are_never_remembered(world):
    world.direct().commit(Put(Item(AGENT)))
    for _ in range(2):
        world.items().get(AGENT)
        world.items().query(Table.LIVE, AGENT.pk)
    assert world.reads == 4


def test_what_one_tenant_has_read_is_refused_to_another(world):
    world.direct().commit(Put(Item(QUEUE)))
    world.items(A).get(QUEUE)
    world.items(A).query(Table.CONFIG, QUEUE.pk)
    with pytest.raises(TenantViolation):
        world.items(B).get(QUEUE)
    with pytest.raises(TenantViolation):
        world.items(B).query(Table.CONFIG, QUEUE.pk)


def test_the_memory_is_bounded(world):
    for n in range(50):
        world.direct().commit(Put(Item(Key(Table.CONFIG, QUEUE.pk, f"q_{n}"))))
        world.items().get(Key(Table.CONFIG, QUEUE.pk, f"q_{n}"))
    assert len(world.cache) == 10
