"""Callbacks while everything goes wrong: one telephone at a time, one outcome each, nothing left."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from offhook.domain.ids import TenantId
from offhook.domain.routing.callbacks import First

from tests.unit.world.test_callbacks import NUMBER, policy
from tests.world import chaos, checks
from tests.world.agents import Habits, staff
from tests.world.world import World, world

CALLERS = tuple(f"+1415558{n:04d}" for n in range(60))
REACHED = ("answer after 3 s", "answer after 8 s, hang up after 20 s", "answer after 4 s, hang up after 1 s")
UNREACHED = ("busy", "do not answer", "voicemail", "fail")


def ask(chance: random.Random) -> str:
    """A caller who asks to be called back, waits, or rings off."""
    kept = 'press 4 after the first prompt, press 1 on hearing "keep your place"'
    drawn = chance.random()
    if drawn < 0.6:
        return kept
    return f"{kept}, hang up after 1 s" if drawn < 0.75 else "press 2 after the first prompt, hang up at 90 s"


def never_two_telephones_at_once(made: World) -> None:
    """At no time do two legs that we placed ring or talk to one customer."""
    for caller in CALLERS:
        legs = [c for c in made.carrier.calls.all.values() if c.to == caller]
        spans = sorted((c.created_at, c.ended_at or float("inf")) for c in legs)
        for (_, ended), (began, _) in pairwise(spans):
            assert ended <= began, f"two telephones of {caller}: {spans}"


def disturbed_day(made: World, contacts: int, agents: int, first: First) -> TenantId:
    """Callers ask, customers answer or do not, and everything goes wrong meanwhile."""
    tenant = made.add_tenant("acme", NUMBER, agents=agents)
    policy(made, tenant, first=first, detect=True, attempts=2)
    actors = staff(made, tenant, Habits(misses=0.08, declines=0.05))
    chance = random.Random(made.seed)
    for caller in CALLERS:
        made.carrier.set_script(caller, chance.choice(REACHED if chance.random() < 0.7 else UNREACHED))
    chaos.unleash(made)
    for n in range(contacts):
        made.run(chance.expovariate(1 / 5))
        made.carrier.place_call(chance.choice(CALLERS), NUMBER, ask(chance))
        if n % 25 == 0:
            checks.no_double_offers(made, tenant)
            never_two_telephones_at_once(made)
    made.run(1800)
    chaos.calm(made)
    made.run(1800)
    for actor in actors:
        actor.sign_out()
    made.run(180)
    return tenant


def everything_holds(made: World, tenant: TenantId) -> None:
    checks.no_double_offers(made, tenant)
    checks.nothing_left(made, tenant)
    checks.report_identity(made, tenant)
    checks.replay_equals_tables(made, tenant)
    checks.offers_never_overlap(checks.events(made, tenant))
    checks.no_poison(made)
    never_two_telephones_at_once(made)
    for contact in checks.contacts(made, tenant):
        if contact.called_back_as is not None:
            told = [e for e in checks.events(made, tenant) if e.get("contact_id") == contact.id]
            assert "abandoned" not in {e.get("exit") for e in told}


def test_customers_are_called_back_once_at_a_time_while_everything_goes_wrong():
    with world(seed=11) as made:
        tenant = disturbed_day(made, 25, 3, First.AGENT)
        everything_holds(made, tenant)
        outcomes = Counter(str(c.outcome) for c in checks.contacts(made, tenant) if c.callback is not None)
        assert outcomes["completed"] > 1 and sum(outcomes.values()) > 4, outcomes


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("first", list(First))
def test_ten_disturbed_days_of_callbacks(first: First, seed: int):
    with world(seed=seed) as made:
        everything_holds(made, disturbed_day(made, 300, 8, first))
