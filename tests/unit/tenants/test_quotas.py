"""No interleaving sells more than the plan has, and the counter always is the number of things."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.ids import TenantId
from offhook.domain.storage import CommitConflict, Delete, Item, Key, Put, Table, Write
from offhook.domain.tenants import plans
from offhook.domain.tenants.plans import Quota, QuotaReached, limits_of
from offhook.stores.quotas import Quotas

from tests.unit.tenants.interleavings import live_together

TENANT = TenantId("t_one")
LIMIT = limits_of("trial").of(Quota.SEATS)


@dataclass
class Office:
    """Seats of a tenant on the trial plan."""

    store: MemoryStore = field(default_factory=MemoryStore)

    def __post_init__(self) -> None:
        self.items = MemoryItems(self.store, TENANT)
        self.quotas = Quotas(self.items, TENANT)

    def seat(self, name: str) -> Key:
        return Key(Table.CONFIG, f"T#{TENANT}#SEAT", name)

    def sit(self, name: str) -> None:
        self.quotas.commit(Quota.SEATS, "trial", Put(Item(self.seat(name)), expect=0))

    def leave(self, name: str) -> None:
        self.items.commit(Delete(self.seat(name), expect=1), self.quotas.give_back(Quota.SEATS))

    def seats(self) -> int:
        return len(self.items.query(Table.CONFIG, f"T#{TENANT}#SEAT", limit=1000))

    def true(self) -> bool:
        return self.seats() == self.quotas.used(Quota.SEATS) <= LIMIT


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_last_one_is_given_and_the_next_refused_naming_quota_and_plan(office):
    for n in range(LIMIT):
        office.sit(f"s{n}")
    with pytest.raises(QuotaReached, match=rf"trial allows {LIMIT} seats") as refused:
        office.sit("one too many")
    assert refused.value.status == 402
    assert office.true() and office.seats() == LIMIT


def test_what_is_given_back_can_be_taken_again(office):
    for n in range(LIMIT):
        office.sit(f"s{n}")
    office.leave("s0")
    office.sit("another")
    assert office.true() and office.seats() == LIMIT


def test_a_thing_that_exists_is_a_conflict_and_counts_once(office):
    office.sit("s")
    with pytest.raises(CommitConflict) as conflict:
        office.sit("s")
    assert conflict.value.failed == (0,)
    assert office.true()


def test_a_thing_that_is_gone_is_not_given_back_twice(office):
    office.sit("s")
    office.leave("s")
    with pytest.raises(CommitConflict):
        office.leave("s")
    assert office.quotas.used(Quota.SEATS) == 0


def test_a_full_quota_beside_a_thing_that_exists_is_still_called_full(office):
    for n in range(LIMIT):
        office.sit(f"s{n}")
    with pytest.raises(QuotaReached):
        office.sit("s0")


def test_a_counter_is_set_right_only_when_nobody_moved_it(office):
    office.sit("s")
    office.items.commit(office.quotas.correct(Quota.SEATS, seen=1, true=3))
    with pytest.raises(CommitConflict):
        office.items.commit(office.quotas.correct(Quota.SEATS, seen=1, true=2))
    assert office.quotas.used(Quota.SEATS) == 3


def test_each_quota_has_a_counter_and_a_limit_in_every_plan(office):
    for quota in Quota:
        office.items.commit(office.quotas.take(quota, 2), Put(Item(office.seat(quota.value))))
    assert set(office.quotas.all().values()) == {1}
    assert all(plan.limits.of(quota) > 0 for plan in plans.CATALOGUE for quota in Quota)


def interleave(rng: random.Random) -> None:
    """Several people sit and leave at once: each step of each is a read or a commit, in random order."""
    office = Office()
    people = [person(office, rng) for _ in range(rng.randint(2, 5))]
    while people:
        one = rng.choice(people)
        if next(one, None) is None:
            people.remove(one)
        assert office.quotas.used(Quota.SEATS) <= LIMIT
    assert office.true()


def person(office: Office, rng: random.Random) -> Iterator[bool]:
    """Decides on what it read, commits on what is there by then; sometimes its answer is lost, and it tries again."""
    for _ in range(rng.randint(1, 4)):
        name, action = f"s{rng.randrange(LIMIT + 3)}", rng.choice((office.sit, office.sit, office.leave))
        yield bool(office.quotas.used(Quota.SEATS))
        for _ in range(rng.choice((1, 1, 2))):
            tolerated(action, name)
            yield True


def tolerated(action: Callable[[str], None], name: str) -> None:
    with suppress(CommitConflict, QuotaReached):
        action(name)


def test_no_interleaving_oversells():
    for seed in range(500):
        interleave(random.Random(seed))


def test_no_interleaving_of_quota_seats_life_and_rotation_oversells_or_loses_anything():
    assert sum(live_together(random.Random(seed), things=4) for seed in range(2_000)) > 4_000


def test_an_unbounded_counter_would_be_found(office, monkeypatch):
    def unbounded(self: Quotas, quota: Quota, limit: int, amount: int = 1) -> Write:
        return self.correct(quota, (used := self.used(quota)), used + amount)

    monkeypatch.setattr(Quotas, "take", unbounded)
    for interleaved in (interleave, live_together):
        with pytest.raises(AssertionError):
            for seed in range(200):
                interleaved(random.Random(seed))
