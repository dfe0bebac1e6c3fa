"""Idempotency keys: one effect, one answer, whatever is repeated, raced or broken off."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from chalice.app import Response
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import TenantId
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.deps import Deps
from offhook.web.errors import KeyReused, StillRunning
from offhook.web.idempotency import LONGEST_RUN, Attempt, key_of
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
    return Attempt(deps, scope, key, body)


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
