"""A tenant's secrets are sealed for that tenant and read anew after five minutes."""

import pytest
from offhook.adapters.memory.cipher import MemoryCipher
from offhook.adapters.memory.clock import FrozenClock
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.adapters.secrets import SecretCache, Secrets
from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Key, Put, Table

A, B = TenantId("t_a"), TenantId("t_b")


class World:
    def __init__(self) -> None:
        self.clock, self.store = FrozenClock(), MemoryStore()
        self.cache = SecretCache(self.clock, most=3)

    def secrets(self, tenant=A, cache=None) -> Secrets:
        return Secrets(MemoryItems(self.store, tenant), tenant, MemoryCipher(), cache or self.cache)

    def elsewhere(self) -> Secrets:
        """The same tenant in another process."""
        return self.secrets(cache=SecretCache(self.clock))


@pytest.fixture
def world() -> World:
    return World()


def test_a_secret_comes_back_and_lies_sealed(world):
    world.secrets().put("api", "abc-123")
    assert world.secrets().get("api") == "abc-123"
    assert all(b"abc-123" not in row.item.body for row in world.store.rows.values())


def test_a_secret_never_put_is_none(world):
    assert world.secrets().get("api") is None


def test_another_processes_change_is_seen_after_five_minutes(world):
    world.secrets().put("api", "old")
    assert world.secrets().get("api") == "old"
    world.elsewhere().put("api", "new")
    world.clock.advance(299)
    assert world.secrets().get("api") == "old"
    world.clock.advance(1)
    assert world.secrets().get("api") == "new"


def test_two_tenants_have_secrets_of_the_same_name(world):
    world.secrets(A).put("api", "a")
    world.secrets(B).put("api", "b")
    assert (world.secrets(A).get("api"), world.secrets(B).get("api")) == ("a", "b")


def test_an_item_moved_to_another_tenant_does_not_open(world):
    world.secrets(A).put("api", "a")
    stolen = world.store.read(Key(Table.CONFIG, "T#t_a#SECRET", "api"))
    MemoryItems(world.store, B).commit(Put(Item(Key(Table.CONFIG, "T#t_b#SECRET", "api"), body=stolen.body)))
    with pytest.raises(TenantViolation):
        world.secrets(B).get("api")


def test_a_new_carrier_token_comes_first_and_the_one_before_is_kept(world):
    assert world.secrets().carrier_tokens() == ()
    for token in ("one", "two", "two", "three"):
        world.secrets().put_carrier_token(token)
    assert world.secrets().carrier_tokens() == ("three", "two")


def test_few_secrets_are_remembered_and_none_is_printed(world):
    for n in range(9):
        world.secrets().put(f"s{n}", "hidden")
        world.secrets().get(f"s{n}")
    assert len(world.cache.kept) == 3
    assert "hidden" not in repr(world.secrets())
