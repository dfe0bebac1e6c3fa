"""A POST that carries an Idempotency-Key has its effect once, wherever the process dies and however it is repeated."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from offhook.adapters.memory.clock import FrozenClock
from offhook.adapters.ownership import key_of
from offhook.domain.storage import Key, Put, Table, Write, changes_something
from offhook.domain.tenants.permissions import Role
from offhook.web.idempotency import LONGEST_RUN
from offhook.web.testing import Response

from tests.unit.isolation.centre import A, canary, user
from tests.unit.isolation.probes import Probe, Prober, Request
from tests.unit.isolation.rows import ROWS, Route, is_webhook
from tests.world.world import WorkerKilled, app_of

KEY = ("header", "Idempotency-Key")
BODIES: dict[Route, Any] = {
    ("customers", "POST", "/"): {"name": "Somebody", "numbers": ["+14155558123"]},
    ("ivr", "POST", "/numbers"): {"country": "US"},
    ("routing", "POST", "/calls"): {"to": "+14155550123"},
    ("routing", "POST", "/contacts/{contact_id}/keys"): {"keys": "12#"},
    ("routing", "POST", "/contacts/{contact_id}/parties"): {"to": {"kind": "number", "id": "+14155550123"}},
    ("tenants", "POST", "/closure"): {"confirm": canary(A, "tenant.name")},
}
GOES_ON = frozenset({("ivr", "POST", "/numbers")})  # repeated, it finds its order and finishes it
LEFT_BEHIND = "SECRET"  # stored before what it belongs to, which then never came to be: nothing leads to it
SHOWN_ONCE = re.compile(r'"(secret|token)":"[^"]*"')
LEAST = 32  # routes that have an effect here; the others refuse in the state that the centre is in


def keyed() -> list[Route]:
    """The routes of signed-in people that take a key."""
    posts = [route for route in sorted(ROWS) if route[1] == "POST" and not is_webhook(route)]
    return [one for one in posts if app_of(one[0]).permissions[one[2], "POST"] is not None]


@dataclass
class Death:
    """The process dies at this commit of the tenant's, and says nothing more."""

    prober: Prober
    where: str
    left: int
    struck: bool = False

    def __call__(self, writes: Sequence[Write]) -> None:
        self.left -= 1
        if self.left < 0 and not self.struck:
            self.struck = True
            self.prober.centre.world.aws.store.unavailable = True
            raise WorkerKilled


def asked(prober: Prober, route: Route, role: Role) -> Request:
    """The request with its key."""
    request = prober.request(Probe(route, user(A, role), KEY, "key", "my-key"))
    return replace(request, body=BODIES.get(route, request.body))


def carried_out(prober: Prober, route: Route) -> Request | None:
    """The request by the first role that may and can; None when nobody does."""
    for role in Role:
        prober.centre.rewind()
        request = asked(prober, route, role)
        if prober._ask(request).status < 300:
            return request
    return None


def commits(prober: Prober, request: Request) -> list[Sequence[Write]]:
    """What the undisturbed request commits."""
    seen: list[Sequence[Write]] = []
    prober.centre.rewind()
    prober.centre.world.aws.store.before_commit = seen.append
    prober._ask(request)
    prober.centre.world.aws.store.before_commit = None
    return seen


def kind_of(key: Key) -> str:
    """What kind of thing it is the key of."""
    parts = key.pk.split("#")
    return parts[0] if key.table is Table.DIRECTORY else parts[2]


def effects(prober: Prober, *, changes: bool) -> Counter[str]:
    """How many things of each kind there are, how often each was changed, and how often the carrier was told."""
    found = Counter(said.split()[0] for said in prober.centre.said)
    for key, row in prober.centre.world.aws.store.rows.items():
        kind = kind_of(key)
        if key.table is not Table.PULSE and kind not in (LEFT_BEHIND, "AUDIT", "AUDITHEAD"):
            found[f"{key.table} {kind}"] += row.item.version if changes else 1
    return found


def after_death(prober: Prober, request: Request, where: str, step: int) -> Iterator[Response]:
    """The answers to the same request, sent again when the process that died must be gone."""
    store, clock = prober.centre.world.aws.store, prober.centre.world.aws.clock
    prober.centre.rewind()
    death = Death(prober, where, step)
    setattr(store, where, death)
    with suppress(BaseException):  # whatever a process dies with
        prober._ask(request)
    setattr(store, where, None)
    store.unavailable = False
    assert death.struck
    prober.centre.world.aws.clock = FrozenClock(clock.now() + LONGEST_RUN + 1)
    try:
        yield prober._ask(request)
        yield prober._ask(request)
    finally:
        prober.centre.world.aws.clock = clock


@pytest.mark.parametrize("route", keyed(), ids=" ".join)
def test_a_process_that_dies_at_any_commit_leaves_one_effect_after_the_repetition(prober: Prober, route: Route) -> None:
    request = carried_out(prober, route)
    if request is None:
        return
    steps = commits(prober, request)
    once = effects(prober, changes=route not in GOES_ON)
    for where in ("before_commit", "after_commit"):
        for step in range(len(steps)):
            first, again = after_death(prober, request, where, step)
            more = effects(prober, changes=route not in GOES_ON) - once
            assert not more, f"{where} {step}: {more}"
            assert first.status < 300 or first.json()["code"] == "idempotency_answer_lost", first.body
            assert (again.status, SHOWN_ONCE.sub("", again.body)) == (first.status, SHOWN_ONCE.sub("", first.body))


def test_the_record_is_in_the_commit_of_the_first_effect(prober: Prober) -> None:
    found: dict[Route, bool] = {}
    for route in keyed():
        request = carried_out(prober, route)
        changing = [one for one in commits(prober, request) if is_effect(one)] if request is not None else []
        if changing and route not in GOES_ON:
            found[route] = any(isinstance(w, Put) and w.item.key.sk == "ONCE" for w in changing[0])
    assert len(found) >= LEAST
    assert [route for route, kept in found.items() if not kept] == []


def is_effect(writes: Sequence[Write]) -> bool:
    """Whether the commit changes something that anybody can see."""
    return changes_something(writes) and {kind_of(key_of(write)) for write in writes} != {LEFT_BEHIND}
