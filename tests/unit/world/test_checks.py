"""What the checks of a world count as a broken promise."""

import pytest
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.messages import Message, Topic

from tests.world import checks
from tests.world.agents import staff
from tests.world.world import WorkerKilled, World, world

NUMBER = "+14155550100"


def test_a_message_whose_every_worker_was_killed_is_no_poison_and_the_next_sweep_does_its_work():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER)
        (first, *_) = staff(made, tenant)
        first.vanish()
        made.aws.store.before_commit = _killer
        made.aws.queue.send(Message(tenant, Topic.PRESENCE, first.id, _session(made, tenant, first.id)), 20)
        made.run(85)
        assert [m.topic for m, _ in made.aws.queue.dead].count(Topic.PRESENCE) >= 1
        checks.no_poison(made)
        made.aws.store.before_commit = None
        made.run(60)
        assert [a.id for a in checks.agents(made, tenant) if a.state == "offline"][:1] == [first.id]


def test_a_message_that_cannot_be_handled_breaks_a_promise():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER)
        made.aws.store.unavailable = True
        made.aws.queue.send(Message(tenant, Topic.SWEEP, ""))
        made.run(70)
        with pytest.raises(AssertionError, match="cannot be handled"):
            checks.no_poison(made)


def _killer(_: object) -> None:
    raise WorkerKilled


def _session(made: World, tenant: TenantId, agent_id: AgentId) -> str:
    with made.within(tenant) as deps:
        agent = deps.agents.get(agent_id)
        assert agent is not None
        return agent.session_id
