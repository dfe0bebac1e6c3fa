"""What every implementation of the persistence port must do; subclasses say how to get one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import count
from threading import Barrier

import pytest
from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.storage import Add, Check, CommitConflict, Delete, IndexEntry, Item, Items, Key, Put, Table

RACERS = 8
_names = count(1)


class ItemsContract:
    """Subclasses give `items(tenant)` views of one store; every test uses tenants of its own."""

    def items(self, tenant: TenantId | None) -> Items:
        raise NotImplementedError

    def inside(self, tenant: TenantId | None) -> AbstractContextManager[None]:
        """The scope in which the view is used."""
        return nullcontext()

    @pytest.fixture
    def tenant(self) -> TenantId:
        return TenantId(f"t_{type(self).__name__.lower()}{next(_names):08d}")

    @pytest.fixture
    def mine(self, tenant):
        with self.inside(tenant):
            yield self.items(tenant)

    def test_an_item_comes_back_as_it_was_written(self, mine, tenant):
        item = Item(
            key(tenant, "A"), 3, b'{"a":1}', b"[]", (f"T#{tenant}#OPEN", "1"), 1_750_000_000_000, {"x.y": -7, "n": 1200}
        )
        mine.commit(Put(item))
        assert mine.get(item.key) == item

    def test_a_bare_item_comes_back_as_it_was_written(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"))))
        assert mine.get(key(tenant, "A")) == Item(key(tenant, "A"))

    def test_an_expiry_is_never_earlier_than_asked(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), expires_at=1_750_000_000_001)))
        assert mine.get(key(tenant, "A")).expires_at == 1_750_000_001_000

    def test_what_was_never_written_is_none(self, mine, tenant):
        assert mine.get(key(tenant, "A")) is None

    def test_a_new_item_must_not_exist(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), body=b"first"), expect=0))
        with pytest.raises(CommitConflict) as conflict:
            mine.commit(Put(Item(key(tenant, "A"), body=b"second"), expect=0))
        assert conflict.value.failed == (0,)
        assert mine.get(key(tenant, "A")).body == b"first"

    def test_a_change_needs_the_version_that_was_read(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), version=1), expect=0))
        mine.commit(Put(Item(key(tenant, "A"), version=2), expect=1))
        with pytest.raises(CommitConflict):
            mine.commit(Put(Item(key(tenant, "A"), version=2), expect=1))

    def test_a_change_of_nothing_is_refused(self, mine, tenant):
        with pytest.raises(CommitConflict):
            mine.commit(Put(Item(key(tenant, "A"), version=2), expect=1))

    def test_a_write_without_expectation_replaces_everything(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), version=5, events=b"[1]", numbers={"n": 1})))
        mine.commit(Put(Item(key(tenant, "A"), version=1)))
        assert mine.get(key(tenant, "A")) == Item(key(tenant, "A"))

    def test_a_deletion_needs_the_version_when_it_names_one(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), version=2)))
        with pytest.raises(CommitConflict):
            mine.commit(Delete(key(tenant, "A"), expect=1))
        mine.commit(Delete(key(tenant, "A"), expect=2))
        assert mine.get(key(tenant, "A")) is None

    def test_deleting_nothing_is_no_error(self, mine, tenant):
        mine.commit(Delete(key(tenant, "A")))

    def test_a_check_alone_refuses_or_changes_nothing(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), version=2)))
        mine.commit(Check(key(tenant, "A"), expect=2))
        mine.commit(Check(key(tenant, "B"), expect=0))
        with pytest.raises(CommitConflict):
            mine.commit(Check(key(tenant, "A"), expect=1))

    def test_several_writes_happen_together(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"))), Put(Item(key(tenant, "B"), version=4)))
        mine.commit(
            Delete(key(tenant, "A"), expect=1),
            Check(key(tenant, "B"), expect=4),
            Put(Item(key(tenant, "C", Table.CONFIG)), expect=0),
            Add(key(tenant, "D", Table.PULSE), {"n": 2}),
        )
        assert mine.get(key(tenant, "A")) is None
        assert mine.get(key(tenant, "C", Table.CONFIG)) is not None
        assert mine.get(key(tenant, "D", Table.PULSE)).numbers == {"n": 2}

    def test_one_failed_condition_undoes_every_write_and_is_named(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "B"))), Put(Item(key(tenant, "D"))))
        with pytest.raises(CommitConflict) as conflict:
            mine.commit(
                Put(Item(key(tenant, "A"))),
                Put(Item(key(tenant, "B"), body=b"x"), expect=0),
                Delete(key(tenant, "C")),
                Check(key(tenant, "D"), expect=9),
            )
        assert conflict.value.failed == (1, 3)
        assert mine.get(key(tenant, "A")) is None
        assert mine.get(key(tenant, "B")).body == b""

    def test_an_item_may_be_written_once_in_a_commit(self, mine, tenant):
        with pytest.raises(ValueError):
            mine.commit(Put(Item(key(tenant, "A"))), Delete(key(tenant, "A")))

    def test_many_items_come_in_the_order_asked_for_with_gaps(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"))), Put(Item(key(tenant, "B", Table.CONFIG))))
        wanted = [key(tenant, "B", Table.CONFIG), key(tenant, "X"), key(tenant, "A"), key(tenant, "A")]
        found = mine.get_many(wanted)
        assert [item and item.key for item in found] == [wanted[0], None, wanted[2], wanted[2]]
        assert mine.get_many([]) == []

    def test_a_partition_is_read_in_the_order_of_its_sort_keys(self, mine, tenant):
        rows(mine, tenant, "b", "a2", "a1", "c", "Z", "é")
        assert sort_keys(mine, tenant) == ["Z", "a1", "a2", "b", "c", "é"]
        assert sort_keys(mine, tenant, reverse=True, limit=2) == ["é", "c"]
        assert sort_keys(mine, tenant, prefix="a") == ["a1", "a2"]
        assert sort_keys(mine, tenant, limit=0) == []

    def test_reading_goes_on_after_a_sort_key(self, mine, tenant):
        rows(mine, tenant, "a1", "a2", "a3", "b1", "b2")
        assert sort_keys(mine, tenant, after="a2") == ["a3", "b1", "b2"]
        assert sort_keys(mine, tenant, after="a2", limit=1) == ["a3"]
        assert sort_keys(mine, tenant, after="a25", reverse=True) == ["a2", "a1"]
        assert sort_keys(mine, tenant, after="b1", reverse=True, limit=2) == ["a3", "a2"]

    def test_reading_goes_on_within_a_prefix(self, mine, tenant):
        rows(mine, tenant, "a1", "b1", "b2", "b3", "c1")
        assert sort_keys(mine, tenant, prefix="b", after="b1") == ["b2", "b3"]
        assert sort_keys(mine, tenant, prefix="b", after="a") == ["b1", "b2", "b3"]
        assert sort_keys(mine, tenant, prefix="b", after="c") == []
        assert sort_keys(mine, tenant, prefix="b", after="b3", reverse=True, limit=1) == ["b2"]
        assert sort_keys(mine, tenant, prefix="b", after="z", reverse=True) == ["b3", "b2", "b1"]
        assert sort_keys(mine, tenant, prefix="b", after="a", reverse=True) == []

    def test_items_before_a_sort_key_are_counted_up_to_a_limit(self, mine, tenant):
        rows(mine, tenant, "a", "b", "c", "d")
        assert mine.count(Table.LIVE, f"T#{tenant}#LIST", before="c", limit=50) == 2
        assert mine.count(Table.LIVE, f"T#{tenant}#LIST", before="c0", limit=2) == 2
        assert mine.count(Table.LIVE, f"T#{tenant}#LIST", before="a", limit=50) == 0
        assert mine.count(Table.LIVE, f"T#{tenant}#LIST", before="", limit=50) == 0

    def test_the_index_holds_the_items_that_carry_its_keys_in_order(self, mine, tenant):
        for name, rank in (("A", "2"), ("B", "1"), ("C", "3")):
            mine.commit(Put(Item(key(tenant, name), index=(f"T#{tenant}#OPEN", rank))))
        mine.commit(Put(Item(key(tenant, "D"))))
        assert [e.key.sk for e in mine.query_index(Table.LIVE, f"T#{tenant}#OPEN")] == ["B", "A", "C"]
        assert mine.query_index(Table.LIVE, f"T#{tenant}#OPEN", after="2") == [IndexEntry(key(tenant, "C"), "3")]
        assert [e.rank for e in mine.query_index(Table.LIVE, f"T#{tenant}#OPEN", reverse=True, limit=2)] == ["3", "2"]
        assert [e.rank for e in mine.query_index(Table.LIVE, f"T#{tenant}#OPEN", after="2", reverse=True)] == ["1"]

    def test_an_item_leaves_the_index_with_its_keys(self, mine, tenant):
        item = Item(key(tenant, "A"), index=(f"T#{tenant}#OPEN", "1"))
        mine.commit(Put(item))
        mine.commit(Put(replace(item, index=None)))
        assert mine.query_index(Table.LIVE, f"T#{tenant}#OPEN") == []

    def test_numbers_add_up_from_nothing_and_keep_the_rest(self, mine, tenant):
        mine.commit(Add(key(tenant, "A"), {"calls": 2}))
        mine.commit(Add(key(tenant, "A"), {"calls": -5, "talk": 1}, expires_at=1_750_000_000_000))
        assert mine.get(key(tenant, "A")) == Item(
            key(tenant, "A"), numbers={"calls": -3, "talk": 1}, expires_at=1_750_000_000_000
        )
        mine.commit(Put(Item(key(tenant, "A"), version=2), expect=1))

    def test_adding_keeps_version_and_body(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), version=7, body=b"x", numbers={"n": 1})))
        mine.commit(Add(key(tenant, "A"), {"n": 1}))
        assert mine.get(key(tenant, "A")) == Item(key(tenant, "A"), 7, b"x", numbers={"n": 2})

    def test_a_watermark_lets_each_position_add_once(self, mine, tenant):
        for mark, done in (("005", True), ("005", False), ("004", False), ("006", True)):
            assert succeeds(mine, Add(key(tenant, "A"), {"n": 1}, watermark=("shard-1", mark))) is done
        mine.commit(Add(key(tenant, "A"), {"n": 1}, watermark=("shard-2", "001")))
        assert mine.get(key(tenant, "A")).numbers == {"n": 3}

    def test_an_addition_is_refused_that_would_end_above_its_bound(self, mine, tenant):
        for amount, done in ((3, False), (2, True), (1, False), (-1, True), (1, True), (0, True)):
            assert succeeds(mine, Add(key(tenant, "A"), {"used": amount, "n": 1}, at_most={"used": 2})) is done
        assert mine.get(key(tenant, "A")).numbers == {"used": 2, "n": 4}

    def test_an_addition_is_refused_that_would_end_below_its_bound(self, mine, tenant):
        assert not succeeds(mine, Add(key(tenant, "A"), {"used": -1}, at_least={"used": 0}))
        assert mine.get(key(tenant, "A")) is None
        mine.commit(Add(key(tenant, "A"), {"used": 1}, at_least={"used": 0}))
        for amount, done in ((-2, False), (-1, True), (-1, False)):
            assert succeeds(mine, Add(key(tenant, "A"), {"used": amount}, at_least={"used": 0})) is done
        assert mine.get(key(tenant, "A")).numbers == {"used": 0}

    def test_bounds_and_watermark_of_an_addition_hold_together(self, mine, tenant):
        def add(amount, mark):
            write = Add(key(tenant, "A"), {"n": amount}, ("shard", mark), at_most={"n": 2}, at_least={"n": 0, "m": 0})
            return succeeds(mine, write)

        assert [add(2, "1"), add(1, "2"), add(-1, "1"), add(-3, "2"), add(-1, "2")] == [True, False, False, False, True]
        assert mine.get(key(tenant, "A")).numbers == {"n": 1}

    def test_a_bounded_addition_refuses_the_whole_transaction_and_is_named(self, mine, tenant):
        mine.commit(Add(key(tenant, "A"), {"used": 2}))
        with pytest.raises(CommitConflict) as conflict:
            mine.commit(Put(Item(key(tenant, "B"))), Add(key(tenant, "A"), {"used": 1}, at_most={"used": 2}))
        assert conflict.value.failed == (1,)
        assert mine.get(key(tenant, "B")) is None

    def test_racing_bounded_additions_never_end_above(self, mine, tenant):
        taken = self.race(tenant, lambda n: [Add(key(tenant, "A"), {"used": 1}, at_most={"used": 3})])
        assert sum(taken) == mine.get(key(tenant, "A")).numbers["used"] == 3

    def test_of_racing_writers_exactly_one_wins(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "A"), version=1)))
        won = self.race(tenant, lambda n: [Put(Item(key(tenant, "A"), version=2, body=b"%d" % n), expect=1)])
        assert sum(won) == 1
        assert mine.get(key(tenant, "A")).body == b"%d" % won.index(True)

    def test_of_racing_transactions_over_the_same_pair_exactly_one_wins(self, mine, tenant):
        mine.commit(Put(Item(key(tenant, "AGENT"), version=1)), Put(Item(key(tenant, "CONTACT"), version=1)))
        won = self.race(
            tenant,
            lambda n: [
                Put(Item(key(tenant, "AGENT"), version=2, body=b"%d" % n), expect=1),
                Put(Item(key(tenant, "CONTACT"), version=2, body=b"%d" % n), expect=1),
            ],
        )
        assert sum(won) == 1
        assert {mine.get(key(tenant, name)).body for name in ("AGENT", "CONTACT")} == {b"%d" % won.index(True)}

    def test_racing_additions_all_count(self, mine, tenant):
        assert all(self.race(tenant, lambda n: [Add(key(tenant, "A"), {"n": n})]))
        assert mine.get(key(tenant, "A")).numbers == {"n": sum(range(RACERS))}

    def test_a_view_refuses_every_key_of_another_tenant(self, mine, tenant):
        other = key(TenantId(f"{tenant}x"), "A")
        attempts = [
            lambda: mine.get(other),
            lambda: mine.get_many([key(tenant, "A"), other]),
            lambda: mine.query(Table.LIVE, other.pk),
            lambda: mine.count(Table.LIVE, other.pk, before="z", limit=1),
            lambda: mine.query_index(Table.LIVE, other.pk),
            lambda: mine.commit(Put(Item(other))),
            lambda: mine.commit(Delete(other)),
            lambda: mine.commit(Add(other, {"n": 1})),
            lambda: mine.commit(Put(Item(key(tenant, "A"))), Check(other, expect=0)),
            lambda: mine.commit(Put(Item(key(tenant, "A"), index=(other.pk, "1")))),
            lambda: mine.get(Key(Table.DIRECTORY, "NUMBER#1", "TENANT")),
        ]
        for attempt in attempts:
            with pytest.raises(TenantViolation):
                attempt()

    def test_the_directory_view_knows_the_directory_only(self, tenant):
        with self.inside(None):
            directory = self.items(None)
            handle = Key(Table.DIRECTORY, f"NUMBER#{tenant}", "TENANT")
            directory.commit(Put(Item(handle, body=b"t"), expect=0))
            assert directory.get(handle).body == b"t"
            for foreign in (key(tenant, "A"), Key(Table.DIRECTORY, f"T#{tenant}#A", "A")):
                with pytest.raises(TenantViolation):
                    directory.get(foreign)

    def race(self, tenant, writes) -> list[bool]:
        """Which of the racers' commits succeeded."""
        start = Barrier(RACERS)

        def run(n: int) -> bool:
            with self.inside(tenant):
                start.wait()
                return succeeds(self.items(tenant), *writes(n))

        with ThreadPoolExecutor(RACERS) as pool:
            return list(pool.map(run, range(RACERS)))


def key(tenant, name, table=Table.LIVE) -> Key:
    return Key(table, f"T#{tenant}#{name}", name)


def rows(items, tenant, *names) -> None:
    items.commit(*(Put(Item(Key(Table.LIVE, f"T#{tenant}#LIST", name))) for name in names))


def sort_keys(items, tenant, **how) -> list[str]:
    return [item.key.sk for item in items.query(Table.LIVE, f"T#{tenant}#LIST", **how)]


def succeeds(items, *writes) -> bool:
    try:
        items.commit(*writes)
    except CommitConflict:
        return False
    return True
