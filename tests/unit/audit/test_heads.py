"""Each hour the end of the trail is signed and locked away; no tampering behind such a head goes unseen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from offhook.adapters.memory.heads import MemoryNotary, MemoryVault
from offhook.domain.audit.chain import Entry, Head, head_of, linked
from offhook.domain.audit.heads import ChainBroken, SignedHead
from offhook.domain.ids import TenantId
from offhook.domain.storage import Delete, Item, Put
from offhook.stores import audit as store
from offhook.stores.codec import encode
from offhook.usecases import audit
from offhook.usecases.audit import heads

from tests.unit.audit.test_trail import A, World, act

NOTARY = MemoryNotary()


class Sealed(World):
    """A tenant's trail, and where its ends are locked."""

    def __init__(self) -> None:
        super().__init__()
        self.vault = MemoryVault({}, A)

    def acts(self, count: int) -> None:
        for n in range(count):
            audit.append(self.deps, act(n))

    def seal(self) -> SignedHead | None:
        return heads.seal(self.deps, self.vault, NOTARY)

    def verify(self) -> audit.Verification:
        return audit.verify(self.deps, heads.chosen(self.vault), NOTARY.check)

    def rewrite(self, entries: list[Entry]) -> None:
        """As somebody would who can write the table, head and all."""
        old = [e.number for e in self.trail.all()]
        self.items.commit(*(Put(Item(self.trail._key(e.number), body=encode(e))) for e in entries))
        gone = [Delete(self.trail._key(n)) for n in old if n > len(entries)]
        end = head_of(entries[-1])
        self.items.commit(*gone, Put(Item(self.trail._head_key(), end.number, encode(end))))


@pytest.fixture
def world() -> Sealed:
    return Sealed()


def linked_anew(entries: list[Entry], at: int) -> list[Entry]:
    made, head = [], Head()
    for entry in entries:
        said = replace(entry.act, actor="somebody else") if entry.number == at else entry.act
        made.append(linked(head, said))
        head = head_of(made[-1])
    return made


def test_the_end_is_signed_once_and_again_only_when_it_moved(world):
    world.acts(3)
    sealed = world.seal()
    assert (sealed.number, world.seal(), world.vault.numbers(0, 10)) == (3, None, [3])
    world.acts(2)
    world.seal()
    assert world.vault.numbers(0, 10) == [3, 5]
    found = world.verify()
    assert found.intact and found.sealed == 5


def test_an_idle_hour_costs_one_read(world):
    world.acts(3)
    world.seal()
    world.store.round_trips = {}
    world.seal()
    assert world.store.round_trips == {"query": 1}


def test_a_tenant_that_did_nothing_is_not_sealed(world):
    assert world.seal() is None and world.vault.numbers(0, 10) == []


@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_trail_linked_anew_behind_a_head_is_found_and_not_signed_again(world, at):
    world.acts(5)
    world.seal()
    world.rewrite(linked_anew(list(world.trail.all()), at))
    found = world.verify()
    assert not found.intact and found.breaks[0].number == 5
    world.acts(1)
    with pytest.raises(ChainBroken):
        world.seal()
    assert world.vault.numbers(0, 10) == [5]


def test_a_trail_cut_back_behind_a_head_is_found_and_not_signed_again(world):
    world.acts(5)
    world.seal()
    world.rewrite(list(world.trail.all())[:3])
    assert not world.verify().intact
    with pytest.raises(ChainBroken):
        world.seal()


@pytest.mark.parametrize("lie", [None, Head(99, "f" * 64), Head(2, "f" * 64)])
def test_a_note_that_lies_of_the_last_head_makes_nobody_sign_a_forged_trail(world, lie):
    world.acts(5)
    world.seal()
    world.rewrite(linked_anew(list(world.trail.all()), 2))
    if lie is None:
        world.items.commit(Delete(replace(world.trail._head_key(), sk=store.SEALED)))
    else:
        world.trail.note_sealed(lie)
    with pytest.raises(ChainBroken):
        world.seal()


@pytest.mark.parametrize("forge", [
    lambda head: replace(head, hash="f" * 64),
    lambda head: replace(head, at=head.at + 1),
    lambda head: replace(head, tenant=TenantId("t_b")),
    lambda head: replace(head, signature=""),
    lambda head: replace(head, signature="not base64"),
    lambda head: head.signed(MemoryNotary().sign(head.statement)),
])  # fmt: skip
def test_a_head_that_our_key_did_not_sign_is_no_proof_of_anything(
    world: Sealed, forge: Callable[[SignedHead], SignedHead]
) -> None:
    world.acts(5)
    sealed = world.seal()
    assert sealed
    world.vault.kept[A, 5] = forge(world.vault.kept[A, 5])
    found = world.verify()
    assert (found.intact, found.sealed) == (False, 0)
    world.acts(1)
    with pytest.raises(ChainBroken):
        world.seal()


@pytest.mark.parametrize("missing", ["vault", "mark"])
def test_a_crash_between_lock_and_note_signs_no_second_head(world, missing):
    world.acts(4)
    world.seal()
    if missing == "mark":
        world.items.commit(Delete(replace(world.trail._head_key(), sk=store.SEALED)))
    else:
        world.vault.kept.clear()
        world.trail.note_sealed(Head())
    world.seal()
    assert world.vault.numbers(0, 10) == [4] and world.verify().intact


def test_a_long_history_is_checked_by_its_newest_heads_and_some_of_the_old(world):
    for number in range(1, 1201):
        world.vault.keep(SignedHead(A, number, "x", 0))
    picked = [head.number for head in heads.chosen(world.vault)]
    assert picked[-50:] == list(range(1151, 1201)) and 100 <= len(picked) <= 110 and picked[0] == 1


def test_entries_beyond_a_number_are_read_over_the_blocks(world, monkeypatch):
    monkeypatch.setattr(store, "BLOCK", 4)
    world.acts(11)
    for beyond in range(12):
        assert [e.number for e in world.trail.all(beyond)] == list(range(beyond + 1, 12))
