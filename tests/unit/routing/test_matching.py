"""Which agent gets which contact: cases."""

from dataclasses import replace

import pytest
from offhook.domain.ids import SECOND, AgentId, ContactId, ProfileId, QueueId, TenantId
from offhook.domain.routing.agent import Agent, AgentState, Endpoint, EndpointKind
from offhook.domain.routing.contact import Requirement
from offhook.domain.routing.matching import (
    Match,
    ReadyAgent,
    Snapshot,
    WaitingContact,
    best_agent_for,
    best_contact_for,
    eligible,
    explain_waiting,
    match,
)
from offhook.domain.routing.matching_types import MissedRing
from offhook.domain.routing.queues import Queue, Relaxation, RoutingProfile

NOON = 1_800_000_000_000
BILLING, SALES = QueueId("billing"), QueueId("sales")
QUEUES = {
    BILLING: Queue(BILLING, "Billing", target_s=20.0),
    SALES: Queue(SALES, "Sales", target_s=60.0),
}
PROFILES = {
    ProfileId("biller"): RoutingProfile(ProfileId("biller"), "Biller", (BILLING,)),
    ProfileId("both"): RoutingProfile(ProfileId("both"), "Both", (BILLING, SALES)),
}


def free(name: str, profile: str = "biller", idle_s: int = 10, **skills: int) -> ReadyAgent:
    return ReadyAgent(AgentId(name), ProfileId(profile), skills, NOON - idle_s * SECOND)


def waiting(
    name: str,
    queue: QueueId = BILLING,
    wait_s: int = 5,
    priority: int = 0,
    needs: tuple[Requirement, ...] = (),
    passed_over: tuple[str, ...] = (),
    preferred: str | None = None,
) -> WaitingContact:
    return WaitingContact(
        ContactId(name),
        queue,
        priority,
        NOON - wait_s * SECOND,
        needs,
        tuple(AgentId(a) for a in passed_over),
        AgentId(preferred) if preferred else None,
    )


def chosen(contact: WaitingContact, *agents: ReadyAgent, queues: dict[QueueId, Queue] = QUEUES) -> str | None:
    found = best_agent_for(contact, agents, queues, PROFILES, NOON)
    return found.agent_id if found else None


def taken(agent: ReadyAgent, *contacts: WaitingContact) -> str | None:
    found = best_contact_for(agent, contacts, QUEUES, PROFILES, NOON)
    return found.contact_id if found else None


def pairs(agents: list[ReadyAgent], contacts: list[WaitingContact]) -> list[tuple[str, str]]:
    return [(m.contact_id, m.agent_id) for m in match(Snapshot(NOON, agents, contacts, QUEUES, PROFILES))]


def needing(skill: str, level: int, *relaxations: Relaxation) -> dict[QueueId, Queue]:
    queue = replace(QUEUES[BILLING], requirements=(Requirement(skill, level),), relaxations=relaxations)
    return {**QUEUES, BILLING: queue}


def test_among_equal_agents_the_longest_idle_is_chosen():
    assert chosen(waiting("c"), free("new", idle_s=5), free("old", idle_s=90)) == "old"


def test_the_specialist_is_taken_before_the_generalist_however_long_the_generalist_is_idle():
    assert chosen(waiting("c"), free("general", "both", idle_s=900), free("special", idle_s=1)) == "special"


def test_an_agent_whose_profile_does_not_serve_the_queue_is_never_chosen():
    assert chosen(waiting("c", SALES), free("biller")) is None


def test_a_contact_of_an_unknown_queue_matches_nobody():
    assert chosen(waiting("c", QueueId("gone")), free("biller")) is None
    assert pairs([free("biller")], [waiting("c", QueueId("gone"))]) == []


@pytest.mark.parametrize(
    ("level", "able"), [(49, False), (50, True), (51, True)], ids=["below the level", "at the level", "above the level"]
)
def test_a_queue_s_level_is_a_minimum(level: int, able: bool):
    agent = free("a", spanish=level)
    assert eligible(agent, waiting("c"), needing("spanish", 50)[BILLING], NOON) is able
    assert (chosen(waiting("c"), agent, queues=needing("spanish", 50)) == "a") is able


def test_a_contact_s_own_requirement_replaces_the_queue_s_level_of_that_skill():
    modest = waiting("c", needs=(Requirement("spanish", 10),))
    assert chosen(modest, free("a", spanish=20), queues=needing("spanish", 50)) == "a"


def test_a_contact_s_own_requirement_of_another_skill_is_added():
    fussy = waiting("c", needs=(Requirement("loans", 1),))
    queues = needing("spanish", 50)
    assert chosen(fussy, free("a", spanish=50), queues=queues) is None
    assert chosen(fussy, free("a", spanish=50, loans=1), queues=queues) == "a"


@pytest.mark.parametrize(
    ("wait_s", "able"), [(29, False), (30, False), (60, True)], ids=["before", "after one step", "after both steps"]
)
def test_levels_relax_step_by_step_with_the_wait(wait_s: int, able: bool):
    queues = needing("spanish", 50, Relaxation(30, 10), Relaxation(60, 20))
    assert (chosen(waiting("c", wait_s=wait_s), free("a", spanish=20), queues=queues) == "a") is able


def test_relaxation_never_drops_the_skill_itself():
    queues = needing("spanish", 50, Relaxation(0, 100))
    assert chosen(waiting("c"), free("a"), queues=queues) is None
    assert chosen(waiting("c"), free("a", spanish=0), queues=queues) == "a"


def test_an_agent_who_passed_the_contact_over_is_asked_only_when_nobody_else_is_free():
    contact = waiting("c", passed_over=("old",))
    assert chosen(contact, free("old", idle_s=90), free("new", idle_s=1)) == "new"
    assert chosen(contact, free("old", idle_s=90), free("general", "both")) == "general"
    assert chosen(contact, free("old", idle_s=90)) == "old"


@pytest.mark.parametrize(("missed", "missed_s", "able"), [("c", 9, False), ("c", 10, True), ("other", 1, True)])
def test_an_agent_who_has_just_missed_the_contact_is_not_asked_again_at_once(missed, missed_s, able):
    contact = waiting("c", passed_over=("a",))
    agent = replace(free("a"), missed=MissedRing(ContactId(missed), NOON - missed_s * SECOND))
    assert eligible(agent, contact, QUEUES[BILLING], NOON) is able
    assert (chosen(contact, agent), taken(agent, contact)) == (("a", "c") if able else (None, None))
    assert chosen(contact, agent, free("b", idle_s=1)) == "b"


def test_the_preferred_agent_goes_first_when_free():
    contact = waiting("c", preferred="general")
    assert chosen(contact, free("special", idle_s=90), free("general", "both")) == "general"
    assert chosen(contact, free("special", idle_s=90)) == "special"


def test_the_preference_ends_after_a_minute():
    assert chosen(waiting("c", wait_s=60, preferred="general"), free("special"), free("general", "both")) == "special"


def test_a_preferred_agent_who_declined_is_preferred_no_longer():
    contact = waiting("c", preferred="general", passed_over=("general",))
    assert chosen(contact, free("special"), free("general", "both")) == "special"


def test_a_preferred_agent_without_the_skill_is_not_chosen():
    contact = waiting("c", preferred="a")
    assert chosen(contact, free("a"), free("b", spanish=60), queues=needing("spanish", 50)) == "b"


def test_higher_priority_goes_first_however_short_its_wait():
    assert taken(free("a"), waiting("old", wait_s=500), waiting("vip", wait_s=1, priority=5)) == "vip"


def test_the_wait_counts_relative_to_the_target_of_the_queue():
    agent = free("a", "both")
    assert taken(agent, waiting("billing", BILLING, wait_s=20), waiting("sales", SALES, wait_s=50)) == "billing"
    assert taken(agent, waiting("billing", BILLING, wait_s=10), waiting("sales", SALES, wait_s=50)) == "sales"


def test_within_a_queue_the_older_contact_goes_first():
    assert taken(free("a"), waiting("young", wait_s=4), waiting("old", wait_s=5)) == "old"


def test_an_agent_gets_a_contact_it_declined_only_when_no_other_waits():
    declined = waiting("declined", wait_s=100, passed_over=("a",))
    assert taken(free("a"), declined, waiting("fresh")) == "fresh"
    assert taken(free("a"), declined) == "declined"


def test_an_agent_who_can_take_nothing_gets_nothing():
    assert taken(free("a"), waiting("c", SALES)) is None
    assert taken(free("a")) is None


def test_an_agent_is_given_to_one_contact_only():
    assert pairs([free("a")], [waiting("young", wait_s=1), waiting("old", wait_s=9)]) == [("old", "a")]


def test_a_burst_is_spread_so_that_nobody_waits_in_vain():
    agents = [free("general", "both", idle_s=99), free("special", idle_s=1)]
    contacts = [waiting("billing", BILLING, wait_s=50), waiting("sales", SALES, wait_s=1)]
    assert pairs(agents, contacts) == [("billing", "special"), ("sales", "general")]


def test_the_reason_names_skills_priority_wait_idle_time_and_cover():
    agents = [free("a", "both", idle_s=95, spanish=70), free("b", "both", idle_s=5, spanish=70)]
    found = best_agent_for(waiting("c"), agents, needing("spanish", 50), PROFILES, NOON)
    assert found == Match(
        ContactId("c"),
        AgentId("a"),
        "skills spanish 70 ≥ 50; priority 0; waited 5 s of 20 s target; idle 95 s; 1 free left for sales",
    )


def test_the_reason_tells_of_relaxation_preference_and_second_asking():
    queues = needing("spanish", 50, Relaxation(30, 20))
    found = best_agent_for(waiting("c", wait_s=40, preferred="a"), [free("a", spanish=30)], queues, PROFILES, NOON)
    assert found is not None
    assert "spanish 30 ≥ 30 (relaxed by 20)" in found.reason
    assert "preferred agent" in found.reason
    again = best_agent_for(waiting("c", passed_over=("a",)), [free("a")], QUEUES, PROFILES, NOON)
    assert again is not None
    assert "passed it over before, nobody else free" in again.reason


def signed_in(name: str, state: AgentState, profile: str = "biller", **skills: int) -> Agent:
    endpoint = Endpoint(EndpointKind.BROWSER, f"client:{name}")
    return Agent(AgentId(name), TenantId("t_1"), 1, name, state, NOON, ProfileId(profile), endpoint, skills=skills)


def test_why_waiting_says_that_nobody_is_signed_in():
    gone = signed_in("a", AgentState.OFFLINE)
    why = explain_waiting(waiting("c"), [gone], QUEUES, PROFILES, NOON)
    assert why == "Nobody who serves Billing is signed in."


def test_why_waiting_names_the_skill_that_nobody_has_and_when_it_relaxes():
    queues = needing("spanish", 50, Relaxation(30, 10))
    why = explain_waiting(waiting("c"), [signed_in("a", AgentState.AVAILABLE)], queues, PROFILES, NOON)
    assert why == "1 signed in for Billing, but nobody has spanish at 50 (levels relax in 25 s)."


def test_why_waiting_counts_what_the_able_agents_do():
    agents = [signed_in("a", AgentState.BUSY), signed_in("b", AgentState.BUSY), signed_in("d", AgentState.WRAP_UP)]
    why = explain_waiting(waiting("c"), agents, QUEUES, PROFILES, NOON, ahead=4)
    assert why == "Nobody who can take it is free (3: 2 busy, 1 wrap_up); ahead in Billing: 4."


def test_why_waiting_says_when_an_offer_is_due():
    why = explain_waiting(waiting("c"), [signed_in("a", AgentState.AVAILABLE)], QUEUES, PROFILES, NOON, ahead=2)
    assert why == "1 free for Billing, 2 contacts ahead: an offer is due."


def test_why_waiting_survives_a_deleted_queue():
    why = explain_waiting(waiting("c", QueueId("gone")), [], QUEUES, PROFILES, NOON)
    assert why == "Queue gone does not exist any more."
