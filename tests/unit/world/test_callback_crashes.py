"""A worker dies between any two steps of calling somebody back: one telephone rings, and the customer is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from offhook.domain.routing.callbacks import First
from offhook.domain.routing.contact import Outcome
from offhook.domain.storage import Put, Write
from offhook.usecases.callbacks import asking as asks

from local.carrier.faults import Fault
from local.demo.plan import SERVICE
from tests.unit.world.test_callbacks import ANSWERS, NUMBER, OTHER, legs_to, policy, rest
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import WorkerKilled, world

STEPS = 7  # commits of the contact, from the offer to the conversation


@dataclass
class OneDeath:
    """The worker dies at this commit of a contact, once."""

    left: int
    struck: bool = False

    def __call__(self, writes: Sequence[Write]) -> None:
        if not any(isinstance(w, Put) and w.item.key.sk == "CONTACT" for w in writes) or self.struck:
            return
        self.left -= 1
        if self.left < 0:
            self.struck = True
            raise WorkerKilled


def called_back(first: First, where: str, step: int, *faults: Fault) -> bool:
    """One callback with one death on its way; whether it struck. Everything holds in any case."""
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant, first=first)
        made.carrier.set_script(OTHER, "answer after 14 s" if faults else ANSWERS)
        actors = staff(made, tenant)
        made.carrier.faults.rules += faults
        death = OneDeath(step)
        with made.within(tenant) as deps:
            asks.ask(deps, asks.Wish(OTHER, SERVICE, "u_1", "once"))
        setattr(made.aws.store, where, None if faults else death)
        rest(made, tenant, actors, 1200)
        (contact,) = checks.contacts(made, tenant)
        legs = sorted((c.created_at, c.ended_at) for c in legs_to(made, OTHER))
        assert all(ended <= began for (_, ended), (began, _) in pairwise(legs)), legs
        assert contact.outcome is Outcome.COMPLETED, (contact.outcome, contact.outcome_reason)
        assert len(legs) == (1 if faults else len(legs))
        return death.struck


@pytest.mark.parametrize("effect", ["500_after", pytest.param("timeout_after", marks=pytest.mark.soak)])
def test_a_lost_answer_of_the_carrier_places_no_second_call(effect: str):
    lost = Fault(effect, kind="rest", url="POST .*Calls", count=1)
    silent = Fault("drop", kind="status", count=3)  # nor does anything else tell of the leg before it is answered
    assert not called_back(First.CUSTOMER, "before_commit", 0, lost, silent)


@pytest.mark.parametrize(("where", "step"), [("after_commit", 0), ("after_commit", 2)])
def test_a_worker_who_dies_at_a_step_leaves_one_call(where: str, step: int):
    assert called_back(First.CUSTOMER, where, step)


@pytest.mark.soak
@pytest.mark.parametrize("where", ["before_commit", "after_commit"])
@pytest.mark.parametrize("first", list(First))
@pytest.mark.parametrize("step", range(STEPS))
def test_a_worker_who_dies_at_any_step_leaves_one_call(first: First, where: str, step: int):
    assert called_back(first, where, step)
