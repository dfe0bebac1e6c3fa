"""The promises hold while agents consult, transfer, confer and place calls, also while everything goes wrong."""

import random
from collections import Counter

import pytest

from tests.world import callers, chaos, checks, restless
from tests.world.agents import Habits, staff
from tests.world.world import World, world

NUMBER = "+14155550100"
RESTLESS = Habits(fidgets=0.15, dials=0.01, talks_s=60.0, misses=0.04, declines=0.04)


def run(made: World, contacts: int, *, disturbed: bool, agents: int = 6, per_minute: float = 8.0) -> Counter[str]:
    """So many calls in a centre of restless agents, then rest and every check; what was recorded, by type."""
    tenant = made.add_tenant("acme", NUMBER, agents=agents)
    for number, script in restless.outsiders().items():
        made.carrier.set_script(number, script)
    actors = staff(made, tenant, RESTLESS)
    chance = random.Random(made.seed)
    if disturbed:
        chaos.unleash(made)
    placed = []
    for n in range(contacts):
        made.run(chance.expovariate(per_minute / 60))
        placed.append(made.carrier.place_call(callers.number(chance), NUMBER, callers.script(chance)))
        if n % 10 == 0:
            checks.no_double_offers(made, tenant)
    made.run(600 if disturbed else 300)
    chaos.calm(made)
    made.run(600 if disturbed else 0)
    for actor in actors:
        actor.sign_out()
    made.run(400 if disturbed else 200)
    checks.no_double_offers(made, tenant)
    checks.nothing_left(made, tenant)
    checks.report_identity(made, tenant)
    checks.replay_equals_tables(made, tenant)
    checks.offers_never_overlap(checks.events(made, tenant))
    checks.every_call_recorded(made, tenant, placed)
    checks.no_poison(made)
    return Counter(e["type"] for e in checks.events(made, tenant))


@pytest.mark.parametrize("contacts", [8, pytest.param(300, marks=pytest.mark.soak)])
def test_restless_agents_leave_nothing_behind(contacts: int) -> None:
    with world(seed=2) as made:
        told = run(made, contacts, disturbed=False)
        assert told["call_transferred"] and told["party_joined"] and told["party_left"]


@pytest.mark.parametrize(
    ("seed", "contacts"), [(1, 10), *(pytest.param(seed, 400, marks=pytest.mark.soak) for seed in range(2, 8))]
)
def test_restless_agents_lose_nobody_while_everything_goes_wrong(seed: int, contacts: int) -> None:
    with world(seed=seed) as made:
        told = run(made, contacts, disturbed=True)
        assert told["call_transferred"] and told["party_joined"]
