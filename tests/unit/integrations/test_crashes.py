"""A process may die before or after anything it does: every event arrives, under one id, and the log says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from offhook.adapters.memory.http import MemorySender
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.domain.integrations.requests import Answered
from offhook.domain.messages import Message

from functions.integrations.app import fan_out
from tests.unit.analytics.test_app import kinesis_event
from tests.unit.integrations.office import URL, ZETA, Office, office


class Killed(BaseException):
    """The process died here."""


class Fate:
    """Kills at the index-th effect (0 = nobody is killed); seen counts them."""

    def __init__(self, index: int) -> None:
        self.index, self.seen = index, 0

    def __call__(self, *_: object) -> None:
        self.seen += 1
        if self.seen == self.index:
            raise Killed


def around(action: Callable[..., Any], fate: Fate) -> Callable[..., Any]:
    """The action, with a chance to die before it and after it."""

    def act(*given: Any, **more: Any) -> Any:
        fate()
        done = action(*given, **more)
        fate()
        return done

    return act


@contextmanager
def fated(at: Office, index: int) -> Iterator[Fate]:
    """Every commit, message and request may be the last."""
    fate, store = Fate(index), at.aws.store
    store.before_commit, store.after_commit = fate, fate
    send, post = MemoryOutgoing.send, MemorySender.send
    with (
        patch.object(MemoryOutgoing, "send", around(send, fate)),
        patch.object(MemorySender, "send", around(post, fate)),
    ):
        yield fate
    store.before_commit = store.after_commit = None


def a_day(index: int) -> tuple[Office, Fate]:
    """Two events for two tenants; one receiver fails at first. The stream and the queue bring again what was killed."""
    with office() as at:
        hooks = {tenant: at.endpoint(tenant=tenant, url=f"{URL}/{tenant}") for tenant in ("t_acme", "t_zeta")}  # type: ignore[arg-type]  # ids
        first = iter([503])
        at.answers[f"{URL}/t_acme"] = lambda _: Answered(next(first, 200))
        events = [at.event(), at.event(ZETA), at.event()]
        with fated(at, index) as fate:
            at.aws.delivering.handler = again_when_killed(at.deliver)
            for _ in range(2):
                if published(at, events):
                    break
            quiet(at, 1200)
        quiet(at, 600)
        for tenant, hook in hooks.items():
            log = at.deliveries(hook, tenant)  # type: ignore[arg-type]  # ids
            wanted = {e["event_id"] for e in events if e["tenant"] == tenant}
            assert {one["event_id"] for one in log} == wanted, index
            assert {one["state"] for one in log} == {"delivered"}, index
            heard = {sent.headers["webhook-id"] for sent in at.to(f"{URL}/{tenant}")}
            assert heard == {one["id"] for one in log}
        return at, fate


def published(at: Office, events: list[dict[str, Any]]) -> bool:
    """Whether the function that begins deliveries lived to say so."""
    import json

    try:
        return fan_out(kinesis_event([json.dumps(e).encode() for e in events]), None) == {"batchItemFailures": []}
    except Killed:
        return False


def again_when_killed(deliver: Callable[[Message], None]) -> Callable[[Message], None]:
    """A killed worker's message comes again."""

    def handle(message: Message) -> None:
        try:
            deliver(message)
        except Killed as killed:
            raise RuntimeError("the worker was killed") from killed

    return handle


def quiet(at: Office, seconds: float) -> None:
    """Time passes; a schedule that is killed is tried again a minute later."""
    until = at.scheduler.now() + seconds
    while at.scheduler.now() < until:
        try:
            at.run(until - at.scheduler.now())
        except Killed:
            continue


EFFECTS = 80


@pytest.mark.parametrize("index", range(EFFECTS + 1))
def test_nothing_is_lost_when_a_process_dies(index: int) -> None:
    _, fate = a_day(index)
    assert index == 0 or fate.seen >= index or index > 30


def test_the_indexes_reach_every_effect_of_an_undisturbed_day() -> None:
    _, fate = a_day(0)
    assert 30 < fate.seen <= EFFECTS
