"""Idempotency keys: one effect, one answer, whatever is repeated, raced or broken off."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from chalice.app import Response
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.domain.errors import (
    CarrierUnavailable,
    CarrierUncertain,
    Conflict,
    InvalidInput,
    StillRunning,
    StoreUnavailable,
)
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Key, Put, Table
from offhook.domain.tenants.context import TenantContext
from offhook.stores.once_items import OnceItems
from offhook.usecases.deps import Deps
from offhook.web.errors import KeyReused
from offhook.web.idempotency import LONGEST_RUN, Attempt, foretell, key_of
from offhook.web.responses import created

UNUSED: Any = None


def deps_of(store: MemoryStore, tenant: str = "t_a", clock: FrozenClock | None = None) -> Deps:
    tenant_id = TenantId(tenant)
    items = MemoryItems(store, tenant_id)
    context = TenantContext(tenant_id)
    return Deps(context, clock or FrozenClock(), SeededIds(), items, UNUSED, MemoryOutgoing(), UNUSED)


class Effect:
    """Something that must happen once."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Response:
        self.times += 1
        return created({"n": self.times}, "/v1/things/1", version=1)


def attempt(deps: Deps, body: bytes = b"{}", key: str = "k", scope: str = "POST /v1/things") -> Attempt:
    return Attempt(deps, OnceItems(deps.items), scope, key, body)


def test_a_repeated_request_gets_the_first_answer_and_has_no_second_effect() -> None:
    deps, effect = deps_of(MemoryStore()), Effect()
    first, again = (attempt(deps).once(effect) for _ in range(2))
    assert (again.status_code, again.body, again.headers["ETag"]) == (201, first.body, '"1"')
    assert again.headers["Idempotency-Replayed"] == "true"
    assert effect.times == 1


def test_a_key_used_with_another_body_is_refused() -> None:
    deps = deps_of(MemoryStore())
    attempt(deps).once(Effect())
    with pytest.raises(KeyReused):
        attempt(deps, body=b'{"a":1}').once(Effect())


@pytest.mark.parametrize("other", [{"key": "k2"}, {"scope": "POST /v1/others"}])
def test_another_key_or_route_is_another_request(other: dict[str, str]) -> None:
    deps, effect = deps_of(MemoryStore()), Effect()
    attempt(deps).once(effect)
    attempt(deps, **other).once(effect)  # type: ignore[arg-type]  # only the string fields are given
    assert effect.times == 2


def test_a_key_of_one_tenant_says_nothing_to_another() -> None:
    store, effect = MemoryStore(), Effect()
    attempt(deps_of(store, "t_a")).once(effect)
    attempt(deps_of(store, "t_b")).once(effect)
    assert effect.times == 2


def test_a_request_that_is_still_running_is_not_run_beside_itself() -> None:
    deps = deps_of(MemoryStore())

    def meanwhile() -> Response:
        with pytest.raises(StillRunning):
            attempt(deps).once(Effect())
        return created({}, "/x")

    assert attempt(deps).once(meanwhile).status_code == 201


def test_an_action_that_fails_may_be_tried_again() -> None:
    deps, effect = deps_of(MemoryStore()), Effect()

    def fails() -> Response:
        raise Conflict()

    with pytest.raises(Conflict):
        attempt(deps).once(fails)
    assert attempt(deps).once(lambda: Response("", {}, 503)).status_code == 503
    assert attempt(deps).once(effect).status_code == 201


def test_a_reservation_left_by_a_crash_is_taken_over() -> None:
    clock = FrozenClock()
    store = MemoryStore()
    deps, effect = deps_of(store, clock=clock), Effect()

    def dies() -> Response:
        store.unavailable = True
        raise SystemExit

    with pytest.raises(Exception):  # noqa: B017  # the store is down while it dies
        attempt(deps).once(dies)
    store.unavailable = False
    with pytest.raises(StillRunning):
        attempt(deps).once(effect)
    clock.advance(LONGEST_RUN / 1000)
    assert attempt(deps).once(effect).status_code == 201


def test_of_many_at_once_one_has_the_effect() -> None:
    deps, effect, start = deps_of(MemoryStore()), Effect(), Barrier(8)

    def one(_: int) -> int:
        start.wait()
        try:
            return int(attempt(deps).once(effect).status_code)
        except StillRunning:
            return 409

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(one, range(8)))
    assert effect.times == 1
    assert set(answers) <= {201, 409}


@pytest.mark.parametrize("header", ["", '""', "x" * 256, "a\nb", "é"])
def test_what_is_no_key_is_refused_by_name(header: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        key_of(header)
    assert refused.value.field == "Idempotency-Key"


def test_a_key_may_be_quoted() -> None:
    assert key_of('"8e03978e"') == key_of(" 8e03978e ") == "8e03978e"


def thing(n: int) -> Put:
    return Put(Item(Key(Table.CONFIG, "T#t_a#THING", f"{n}")), expect=0)


def things(store: MemoryStore) -> int:
    return len([key for key in store.rows if key.pk == "T#t_a#THING"])


def died_after_its_effect(deps: Deps, store: MemoryStore, one: Attempt, *, told: bool = False) -> None:
    """The action's commit is there; the process says nothing more."""

    def dies() -> Response:
        if told:
            foretell(one.items, created({"n": 1}, "/v1/things/1"))
        one.items.commit(thing(1))
        store.unavailable = True
        raise SystemExit

    with pytest.raises((StoreUnavailable, SystemExit)):
        one.once(dies)
    store.unavailable = False


def test_what_was_done_by_a_process_that_died_is_not_done_again_and_says_so() -> None:
    clock, store = FrozenClock(), MemoryStore()
    deps, effect = deps_of(store, clock=clock), Effect()
    died_after_its_effect(deps, store, attempt(deps))
    with pytest.raises(StillRunning):
        attempt(deps).once(effect)
    clock.advance(LONGEST_RUN / 1000 + 1)
    answers = [attempt(deps).once(effect) for _ in range(2)]
    assert [(one.status_code, "idempotency_answer_lost" in str(one.body)) for one in answers] == [(409, True)] * 2
    assert (effect.times, things(store)) == (0, 1)


def test_an_answer_that_was_foretold_outlives_the_process() -> None:
    store = MemoryStore()
    deps, effect = deps_of(store), Effect()
    died_after_its_effect(deps, store, attempt(deps), told=True)
    again = attempt(deps).once(effect)
    assert (again.status_code, again.body, effect.times) == (201, '{"n":1}', 0)


@pytest.mark.parametrize(("error", "code"), [(Conflict(), "conflict"), (KeyError(), "idempotency_answer_lost")])
def test_what_fails_after_its_effect_fails_alike_for_ever(error: Exception, code: str) -> None:
    deps, effect = deps_of(MemoryStore()), Effect()
    one = attempt(deps)

    def fails() -> Response:
        one.items.commit(thing(1))
        raise error

    with pytest.raises(type(error)):
        one.once(fails)
    again = attempt(deps).once(effect)
    assert (again.status_code, f'"{code}"' in str(again.body), effect.times) == (409, True, 0)


def test_a_commit_whose_answer_was_lost_counts() -> None:
    store = MemoryStore()
    deps, effect = deps_of(store), Effect()
    one = attempt(deps)

    def uncertain() -> Response:
        store.after_commit = lost
        one.items.commit(thing(1))
        raise AssertionError

    def lost(_: object) -> None:
        store.after_commit = None
        raise StoreUnavailable()

    with pytest.raises(StoreUnavailable):
        one.once(uncertain)
    with pytest.raises(StillRunning):
        attempt(deps).once(effect)
    assert (effect.times, things(store)) == (0, 1)


def test_a_slow_process_that_was_given_up_has_no_effect_any_more() -> None:
    clock, store = FrozenClock(), MemoryStore()
    deps = deps_of(store, clock=clock)
    slow, quick = attempt(deps), attempt(deps)

    def does(which: Attempt, n: int) -> Response:
        which.items.commit(thing(n))
        return created({"n": n}, "/v1/things/1")

    def slowly() -> Response:
        clock.advance(LONGEST_RUN / 1000 + 1)
        assert quick.once(lambda: does(quick, 2)).status_code == 201
        return does(slow, 1)

    with pytest.raises(StillRunning):
        slow.once(slowly)
    assert things(store) == 1
    assert attempt(deps).once(Effect()).body == '{"n":2}'


@pytest.mark.parametrize("unsure", [CarrierUncertain(), StoreUnavailable()], ids=lambda error: type(error).__name__)
def test_an_effect_outside_is_begun_once_and_tried_again_only_when_it_was_refused(unsure: Exception) -> None:
    """The store may be gone after the effect, when the answer is put together."""
    clock, store = FrozenClock(), MemoryStore()
    deps, pressed = deps_of(store, clock=clock), Effect()

    def fails(error: BaseException) -> None:
        def press() -> Response:
            pressed()
            raise error

        with pytest.raises(type(error)):
            replace(attempt(deps), outside=True).once(press)

    fails(CarrierUnavailable())
    fails(unsure)
    again = replace(attempt(deps), outside=True).once(pressed)
    assert (again.status_code, pressed.times) == (409, 2)
