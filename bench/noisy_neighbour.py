"""What a tenant at 50 times its share does to a quiet one: `python -m bench.noisy_neighbour`.

Two parts, both in virtual time, so that the machine plays no part. The work queue is a model of SQS fair queues by
their documented rule (a message group is noisy with 30 messages or more, and more than a tenth of those, in flight;
messages of quiet groups are handed out first). The API is the real app in process, with its real limits, behind a
fixed number of executions. Each part is also run without its protection, which shows that the load is too much.
"""

import os
import random
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any
from unittest.mock import patch

from offhook import wiring
from offhook.domain.ids import TenantId
from offhook.domain.tenants.plans import limits_of
from offhook.domain.tenants.tenant import Tenant
from offhook.web.testing import claims_by_name, invoke
from offhook.wiring.memory import MemoryWorld

from bench.record import keep, percentile
from functions.tenants.app import app
from tests.unit.web.worlds import add_member
from tests.world.world import ENVIRONMENT

MOST_RATIO = 2.0
TIMES = 50
TENANTS = 100
NOISY = 0
NOISY_IN_FLIGHT, NOISY_PART = 30, 0.1


@dataclass(frozen=True, slots=True)
class Load:
    """share: what one of all tenants may use of the whole, a second; quiet: what a quiet one sends."""

    servers: int
    service_s: float
    quiet: float
    seconds: float

    @property
    def share(self) -> float:
        return self.servers / self.service_s / TENANTS


QUEUE = Load(servers=200, service_s=0.1, quiet=14.0, seconds=40.0)
API = Load(servers=40, service_s=0.03, quiet=8.0, seconds=15.0)
NO_CARRIER: Any = None
REFUSED_S = 0.003  # an execution that answers 429 at once


def arrivals(load: Load, noisy: bool, rng: random.Random) -> list[tuple[float, int]]:
    """(time, tenant) in order; the noisy tenant sends 50 times its share, or as little as the others."""
    found = []
    for tenant in range(TENANTS):
        rate, at = (TIMES * load.share if noisy and tenant == NOISY else load.quiet), 0.0
        while (at := at + rng.expovariate(rate)) < load.seconds:
            found.append((at, tenant))
    return sorted(found)


@dataclass
class Line:
    """Who waits. fair: by the rule of fair queues; else first come, first served."""

    fair: bool
    waiting: dict[int, deque[tuple[float, int]]] = field(default_factory=lambda: defaultdict(deque))
    in_flight: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    flying: int = 0

    def put(self, at: float, tenant: int) -> None:
        """Joins."""
        self.waiting[tenant].append((at, tenant))

    def take(self) -> tuple[float, int] | None:
        """The next one to be served."""
        heads = [line[0] for line in self.waiting.values() if line]
        if not heads:
            return None
        quiet = [head for head in heads if not (self.fair and self._noisy(head[1]))]
        at, tenant = min(quiet or heads)
        self.waiting[tenant].popleft()
        self.in_flight[tenant] += 1
        self.flying += 1
        return at, tenant

    def done(self, tenant: int) -> None:
        """Served."""
        self.in_flight[tenant] -= 1
        self.flying -= 1

    def _noisy(self, tenant: int) -> bool:
        mine = self.in_flight[tenant]
        return mine >= NOISY_IN_FLIGHT and mine > NOISY_PART * self.flying


def served(
    load: Load, line: Line, coming: list[tuple[float, int]], service_s: Callable[[float, int], float]
) -> Iterator[tuple[int, float]]:
    """(tenant, seconds from arrival to the end of its service) of each, in the order they end."""
    free, ends = load.servers, list[tuple[float, int, float]]()
    queue = deque(coming)
    while queue or ends:
        if queue and (not ends or queue[0][0] <= ends[0][0]):
            now, tenant = queue.popleft()
            line.put(now, tenant)
        else:
            now, tenant, began = heappop(ends)
            line.done(tenant)
            free += 1
            yield tenant, now - began
        while free and (taken := line.take()):
            free -= 1
            heappush(ends, (now + service_s(now, taken[1]), taken[1], taken[0]))


def p99_of_quiet(results: Iterator[tuple[int, float]]) -> float:
    """Milliseconds, over all quiet tenants."""
    return percentile([1000 * seconds for tenant, seconds in results if tenant != NOISY], 0.99)


def queue_p99(noisy: bool, fair: bool) -> float:
    """Of the model of the work queue."""
    rng = random.Random(1)
    coming = arrivals(QUEUE, noisy, rng)
    return p99_of_quiet(served(QUEUE, Line(fair), coming, lambda _at, _tenant: rng.expovariate(1 / QUEUE.service_s)))


class Moment:
    """The clock of the app: virtual, moved by the bench."""

    def __init__(self) -> None:
        self.ms = 1_800_000_000_000

    def now(self) -> int:
        """In milliseconds."""
        return self.ms


def api_p99(noisy: bool, limited: bool) -> tuple[float, dict[str, int]]:
    """Of the real app, and how many requests were answered and refused."""
    clock, told = Moment(), {"answered": 0, "refused": 0}
    world = MemoryWorld(telephony=lambda _tenant: NO_CARRIER, clock=clock, limited=limited)
    for n in range(TENANTS):
        tenant = TenantId(f"t_{n:03d}")
        world.add_tenant(Tenant(tenant, plan="trial"))
        add_member(world, tenant, f"owner-{n}", "owner", "a_1")
    start = clock.ms

    def service_s(now: float, tenant: int) -> float:
        clock.ms = start + round(1000 * now)
        status = invoke(app, "GET", "/me", headers={"Authorization": f"Bearer owner-{tenant}"}).status
        assert status in (200, 429), status
        told["refused" if status == 429 else "answered"] += 1
        return REFUSED_S if status == 429 else rng.expovariate(1 / API.service_s)

    rng = random.Random(2)
    settled = patch.dict(os.environ, ENVIRONMENT)
    with settled, wiring.use(world), patch("offhook.web.tokens.claims_of", claims_by_name):
        p99 = p99_of_quiet(served(API, Line(fair=False), arrivals(API, noisy, rng), service_s))
    return p99, told


def compared(calm: float, noisy: float, unprotected: float) -> dict[str, object]:
    """A part as it is kept."""
    return {
        "quiet_p99_ms": round(calm, 2),
        "quiet_p99_ms_beside_noisy": round(noisy, 2),
        "ratio": round(noisy / calm, 3),
        "ratio_without_protection": round(unprotected / calm, 3),
    }


def main() -> int:
    """Run both parts, print and keep."""
    queue = compared(queue_p99(False, True), queue_p99(True, True), queue_p99(True, False))
    (calm, _), (beside, told), (bare, _) = api_p99(False, True), api_p99(True, True), api_p99(True, False)
    api = compared(calm, beside, bare) | told | {"plan_per_minute": limits_of("trial").api_per_minute}
    load = {"tenants": TENANTS, "times_share": TIMES, "queue_share": QUEUE.share, "api_share": round(API.share, 2)}
    ratios = [float(str(part["ratio"])) for part in (queue, api)]
    measured = {"budget": {"ratio": MOST_RATIO}, "load": load, "queue_model": queue, "api": api}
    return keep("noisy_neighbour", measured, within=max(ratios) < MOST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
