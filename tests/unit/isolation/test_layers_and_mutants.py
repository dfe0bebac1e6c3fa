"""Both layers below the routes hold by themselves; and every way of breaking isolation is seen by these tests."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from offhook.domain.tenants.permissions import Role

from tests.unit.isolation.centre import A, user
from tests.unit.isolation.layers import guard_faults, store_faults
from tests.unit.isolation.mutants import MUTANTS, Break
from tests.unit.isolation.probes import Place, Probe, Prober
from tests.unit.isolation.rows import ROWS, Route, is_webhook
from tests.unit.isolation.test_forged_webhooks import FORGERIES, genuine, send, state

OWNER = (user(A, Role.OWNER),)


WEBHOOKS = [route for route in ROWS if is_webhook(route)]


def forged(prober: Prober, routes: list[Route]) -> Iterator[str]:
    """Forged webhooks that were accepted or did something."""
    for route in routes:
        for name, forge in FORGERIES.items():
            wrong = forge(prober, genuine(prober, route))
            prober.centre.rewind()
            before = state(prober)
            if send(prober, route, wrong).status != 403 or state(prober) != before:
                yield f"{' '.join(route)} {name}"


def faults(prober: Prober) -> Iterator[str]:
    """Everything that the whole suite finds, the cheapest first."""
    yield from guard_faults()
    yield from store_faults(prober.centre)
    yield from forged(prober, WEBHOOKS[:1])
    for probe in in_turns(prober):
        yield from prober.faults(probe)
    yield from forged(prober, WEBHOOKS)


def in_turns(prober: Prober) -> Iterator[Probe]:
    """The owner's probes, one of each place and route before the second of any: a fault is met early wherever it is."""
    queues = [iter(by_place(list(prober.probes(route, OWNER)))) for route in sorted(ROWS)]
    while queues:
        heads = [(queue, next(queue, None)) for queue in queues]
        yield from (probe for _, probe in heads if probe is not None)
        queues = [queue for queue, probe in heads if probe is not None]


def by_place(probes: list[Probe]) -> list[Probe]:
    """The first of each place, then the second of each."""
    seen, ranked = Counter[Place](), []
    for probe in probes:
        ranked.append((seen[probe.place], probe))
        seen[probe.place] += 1
    return [probe for _, probe in sorted(ranked, key=lambda pair: pair[0])]


def test_stores_refuse_whatever_is_not_their_tenants(prober: Prober) -> None:
    assert list(store_faults(prober.centre)) == []


def test_the_guard_refuses_whatever_is_not_the_ambient_tenants(prober: Prober) -> None:
    assert list(guard_faults()) == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_broken_isolation_is_seen(prober: Prober, mutant: Break) -> None:
    with ExitStack() as stack:
        prober.absent.clear()
        mutant(stack)
        found = next(faults(prober), None)
    prober.absent.clear()
    assert found is not None
