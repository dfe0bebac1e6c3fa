"""The items in memory keep the contract and misbehave on demand."""

import pytest
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.domain.storage import Add, CommitConflict, Delete, Item, Key, Put, Table

from tests.contract.items_contract import ItemsContract

TENANT = TenantId("t_a")
KEY = Key(Table.LIVE, "T#t_a#CONTACT#c_1", "CONTACT")
OPEN = "T#t_a#OPEN"


class TestMemoryItems(ItemsContract):
    store = MemoryStore()

    def items(self, tenant):
        return MemoryItems(self.store, tenant)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def items(store) -> MemoryItems:
    return MemoryItems(store, TENANT)


def test_the_index_shows_the_state_of_some_commits_ago(store, items):
    items.commit(Put(Item(KEY, index=(OPEN, "1"))))
    store.index_lag = 2
    items.commit(Put(Item(KEY, version=2, index=(OPEN, "2"))))
    items.commit(Delete(KEY))
    assert [entry.rank for entry in items.query_index(Table.LIVE, OPEN)] == ["1"]
    store.index_lag = 1
    assert [entry.rank for entry in items.query_index(Table.LIVE, OPEN)] == ["2"]
    store.index_lag = 100
    assert items.query_index(Table.LIVE, OPEN) == []


def test_the_stream_shows_each_change_of_the_live_table_once_and_in_order(store, items):
    heard = []
    store.subscribe(heard.append)
    items.commit(Put(Item(KEY)))
    items.commit(Put(Item(KEY, version=2)), Put(Item(Key(Table.CONFIG, "T#t_a#QUEUE", "q"))))
    items.commit(Put(Item(KEY, version=2)))
    items.commit(Delete(KEY))
    assert [(r.old and r.old.version, r.new and r.new.version) for r in heard] == [(None, 1), (1, 2), (2, None)]
    assert store.stream == heard
    assert [record.seq for record in heard] == [0, 1, 2]


def test_a_refused_commit_leaves_no_trace_in_the_stream(store, items):
    with pytest.raises(CommitConflict):
        items.commit(Put(Item(KEY), expect=3))
    assert store.stream == []


def test_a_crash_before_the_commit_changes_nothing_and_after_it_everything(store, items):
    def crash(writes):
        raise StoreUnavailable

    store.before_commit = crash
    with pytest.raises(StoreUnavailable):
        items.commit(Put(Item(KEY)))
    store.before_commit, store.after_commit = None, crash
    assert items.get(KEY) is None
    with pytest.raises(StoreUnavailable):
        items.commit(Put(Item(KEY)))
    assert items.get(KEY) is not None


def test_a_store_that_is_down_refuses_every_request(store, items):
    store.unavailable = True
    for request in (lambda: items.get(KEY), lambda: items.commit(Add(KEY, {"n": 1})), lambda: items.get_many([KEY])):
        with pytest.raises(StoreUnavailable):
            request()


def test_round_trips_are_counted(store, items):
    items.commit(Put(Item(KEY)))
    items.get(KEY)
    items.get_many([KEY, KEY])
    items.get_many([])
    assert store.round_trips == {"commit": 1, "get": 1, "get_many": 1}
