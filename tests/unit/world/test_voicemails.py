"""Messages that callers leave: recorded once, kept as work, played, answered, closed; nothing short or lost stays."""

from typing import Any

import pytest
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.routing.contact import Outcome
from offhook.domain.routing.voicemails import VoicemailOver
from offhook.domain.tenants.scope import EVERYTHING, Scope
from offhook.stores.voicemails import Voicemails
from offhook.usecases.voicemails import desk
from offhook.usecases.voicemails.desk import VoicemailOutcome, VoicemailView

from local.carrier.faults import Fault
from tests.unit.world.test_callbacks import ANSWERS, CALLER, NUMBER, legs_to, policy, rest
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import World, world

LEAVES = 'press 5 after the first prompt, say "Please call me about my order." after 20 s'
ADA, BOB = AgentId("a_1"), AgentId("a_2")


def messages(made: World, tenant: TenantId) -> list[VoicemailView]:
    """The open ones."""
    with made.within(tenant) as deps:
        return desk.listed(deps, EVERYTHING)[0]


def told(made: World, tenant: TenantId, kind: str) -> list[dict[str, Any]]:
    return [e for e in checks.events(made, tenant) if e["type"] == kind]


def test_a_message_is_left_claimed_played_answered_by_a_callback_and_closed():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant)
        made.carrier.set_script(CALLER, ANSWERS)
        made.carrier.place_call(CALLER, NUMBER, LEAVES)
        made.run(120)
        (message,) = messages(made, tenant)
        assert (message.queue, message.number, message.status) == ("service", CALLER, "new")
        with made.within(tenant) as deps:
            assert desk.claim(deps, ADA, message.id, EVERYTHING).agent_id == ADA
            assert desk.link(deps, message.id, EVERYTHING).url
            asked = desk.call_back(deps, ADA, message.id, "u_1", EVERYTHING)
            assert desk.call_back(deps, ADA, message.id, "u_1", EVERYTHING).callback_id == asked.callback_id
        rest(made, tenant, staff(made, tenant))
        with made.within(tenant) as deps:
            closed = desk.close(deps, ADA, message.id, VoicemailOutcome.ANSWERED, EVERYTHING)
        assert closed.status == "closed" and not messages(made, tenant)
        (origin,) = [c for c in checks.contacts(made, tenant) if c.id == message.contact_id]
        (callback,) = [c for c in checks.contacts(made, tenant) if c.id == asked.callback_id]
        assert origin.outcome is Outcome.VOICEMAIL and callback.outcome is Outcome.COMPLETED
        assert callback.origin_contact_id == origin.id and len(legs_to(made, CALLER)) == 1


def test_a_message_whose_agent_is_gone_is_given_back_by_who_leads_them_and_by_nobody_else():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        made.carrier.place_call(CALLER, NUMBER, LEAVES)
        made.run(120)
        (message,) = messages(made, tenant)
        others = Scope(agents=frozenset({BOB}))
        with made.within(tenant) as deps:
            desk.claim(deps, ADA, message.id, EVERYTHING)
            for scope, leads in ((EVERYTHING, False), (others, True)):
                with pytest.raises(VoicemailOver):
                    desk.give_back(deps, BOB, message.id, scope, leads=leads)
            assert desk.give_back(deps, BOB, message.id, EVERYTHING, leads=True).status == "new"
            assert Voicemails(deps.items, tenant).held(ADA).ids == ()
            assert desk.claim(deps, BOB, message.id, EVERYTHING).agent_id == BOB


def test_who_hangs_up_while_speaking_has_left_a_message():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        made.carrier.place_call(CALLER, NUMBER, f"{LEAVES}, hang up after 2 s")
        rest(made, tenant, [], 200)
        (message,) = messages(made, tenant)
        (contact,) = checks.contacts(made, tenant)
        assert message.duration_s >= 2 and contact.outcome is Outcome.VOICEMAIL


def test_a_breath_is_no_message():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        made.carrier.place_call(CALLER, NUMBER, "press 5 after the first prompt, press 1 after the second prompt")
        rest(made, tenant, [], 200)
        assert not messages(made, tenant)
        (dropped,) = told(made, tenant, "voicemail_dropped")
        (contact,) = checks.contacts(made, tenant)
        assert dropped["reason"] in ("too_short", "absent") and not contact.recordings


def test_a_message_whose_report_is_lost_is_found_at_the_carrier():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        made.carrier.faults.rules.append(Fault("drop", kind="recording"))
        made.carrier.place_call(CALLER, NUMBER, LEAVES)
        made.run(60)
        assert not messages(made, tenant)
        rest(made, tenant, [], 300)
        assert len(messages(made, tenant)) == 1 and len(told(made, tenant, "voicemail_left")) == 1


def test_a_report_that_comes_twice_makes_one_message():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        made.carrier.faults.rules.append(Fault("duplicate", kind="recording"))
        made.carrier.place_call(CALLER, NUMBER, LEAVES)
        rest(made, tenant, [], 300)
        assert len(messages(made, tenant)) == 1 and len(told(made, tenant, "voicemail_left")) == 1
