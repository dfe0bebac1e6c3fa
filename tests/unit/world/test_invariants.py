"""The promises that hold whatever happens: nothing lost, nothing offered twice, nothing left, reports add up."""

import random
from collections import Counter

import pytest

from tests.world import callers, chaos, checks
from tests.world.agents import Habits, staff
from tests.world.world import World, world

NUMBERS = ("+14155550100", "+14155550200")
DISTURBED = Habits(misses=0.08, declines=0.05)


def run(made: World, contacts: int, *, agents: int = 10, per_minute: float = 12.0, disturbed: bool = False) -> None:
    """Two tenants share `contacts` calls, then come to rest; every promise is checked on the way and at the end."""
    tenants = [made.add_tenant(f"world{n}", number, agents=agents) for n, number in enumerate(NUMBERS)]
    actors = [actor for tenant in tenants for actor in staff(made, tenant, DISTURBED if disturbed else Habits())]
    placed: dict[str, list[str]] = {number: [] for number in NUMBERS}
    chance = random.Random(made.seed)
    if disturbed:
        chaos.unleash(made)
    for n in range(contacts):
        made.run(chance.expovariate(per_minute / 60))
        number = chance.choice(NUMBERS)
        placed[number].append(made.carrier.place_call(callers.number(chance), number, callers.script(chance)))
        if n % 50 == 0:
            for tenant in tenants:
                checks.no_double_offers(made, tenant)
    made.run(1200)
    chaos.calm(made)
    made.run(900)
    for actor in actors:
        actor.sign_out()
    made.run(120)
    for tenant, number in zip(tenants, NUMBERS, strict=True):
        checks.no_double_offers(made, tenant)
        checks.nothing_left(made, tenant)
        checks.report_identity(made, tenant)
        checks.replay_equals_tables(made, tenant)
        checks.offers_never_overlap(checks.events(made, tenant))
        checks.every_call_recorded(made, tenant, placed[number])
    checks.no_poison(made)


def outcomes(made: World) -> Counter[str]:
    """How the contacts of all tenants ended."""
    return Counter(str(c.outcome) for tenant in made.tenants for c in checks.contacts(made, tenant))


def test_an_ordinary_day_leaves_every_contact_with_one_outcome_and_nothing_behind():
    with world(seed=3) as made:
        run(made, 150)
        assert outcomes(made)["completed"] > 30
        assert outcomes(made)["failed"] == 0


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in (1, 2, 3, 4))])
def test_nothing_is_lost_or_offered_twice_while_everything_goes_wrong(seed: int):
    with world(seed=seed) as made:
        run(made, 400, agents=24, per_minute=40, disturbed=True)
        assert outcomes(made)["completed"] > 100
        assert made.killed > 20, "the disturbance must really have struck"
