"""A time is agreed with a customer: the agent who did so is reminded, and is asked first."""

import pytest
from offhook.domain.analytics.changes import ItemChange
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import AgentId, ContactId
from offhook.domain.routing.contact import Outcome
from offhook.usecases.analytics.tell import desk_messages
from offhook.usecases.callbacks import asking, desk

from local.demo.plan import SERVICE
from tests.unit.world.test_callbacks import ANSWERS, NUMBER, OTHER, policy, rest
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import World, world

OWNER = AgentId("a_3")
HOUR_MS, REMIND_S = 3_600_000, 600.0


def reminders(made: World, contact: ContactId) -> list[tuple[AgentId, int]]:
    """Whose devices were told, and when."""
    told = []
    for record in made.aws.store.stream:
        for agent_id, message in desk_messages([ItemChange(record.old, record.new, "")]):
            if message["type"] == "callback_reminder":
                assert message["id"] == contact
                told.append((agent_id, message["due_at"]))
    return told


@pytest.mark.parametrize("hours", [0.2, 3])
def test_the_owner_is_reminded_once_and_the_callback_is_theirs(hours: float) -> None:
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=3)
        policy(made, tenant)
        made.carrier.set_script(OTHER, ANSWERS)
        actors = staff(made, tenant)
        at = made.aws.clock.now() + round(hours * HOUR_MS)
        with made.within(tenant) as deps:
            wish = asking.Wish(OTHER, SERVICE, "u_1", "once", at, owner=OWNER, remind_s=REMIND_S)
            asked = asking.ask(deps, wish)
            assert (view := desk.callback(deps, asked.id)).owner == OWNER
            assert view.remind_at == at - REMIND_S * 1000
        made.run(hours * 3600 - REMIND_S - 30)
        assert reminders(made, asked.id) == []
        made.run(120)
        assert reminders(made, asked.id) == [(OWNER, at)]
        (fact,) = [e for e in checks.events(made, tenant) if e["type"] == "callback_reminded"]
        assert (fact["agent_id"], fact["customer_number"]) == (OWNER, OTHER)
        rest(made, tenant, actors, 1500)
        (contact,) = checks.contacts(made, tenant)
        assert contact.outcome is Outcome.COMPLETED and contact.assignment is not None
        assert contact.assignment.agent_id == OWNER and len(reminders(made, asked.id)) == 1
        (offer,) = [e for e in checks.events(made, tenant) if e["type"] == "offer_made"]
        assert at <= offer["at"] < at + 90_000 and "preferred agent" in offer["reason"]


@pytest.mark.parametrize(
    ("owner", "remind_s", "field"), [("", 60, "$.owner"), ("nobody", 0, "$.owner"), (OWNER, 90_000, "$.remind_s")]
)
def test_a_reminder_of_nobody_or_days_before_is_refused(owner: str, remind_s: float, field: str) -> None:
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=3)
        with made.within(tenant) as deps, pytest.raises(InvalidInput) as refused:
            asking.ask(deps, asking.Wish(OTHER, SERVICE, "u_1", "once", None, owner=owner, remind_s=remind_s))
        assert refused.value.field == field and checks.contacts(made, tenant) == []
