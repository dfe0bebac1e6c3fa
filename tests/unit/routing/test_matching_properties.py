"""What holds for every match, whatever the snapshot."""

from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.domain.ids import SECOND, AgentId, ContactId, ProfileId, QueueId
from offhook.domain.routing.agent import Capacity, Channel
from offhook.domain.routing.contact import Requirement
from offhook.domain.routing.matching import (
    ReadyAgent,
    Snapshot,
    WaitingContact,
    best_agent_for,
    best_contact_for,
    eligible,
    match,
)
from offhook.domain.routing.queues import Queue, Relaxation, RoutingProfile

NOON = 1_800_000_000_000
SKILLS = ["en", "es", "loans"]
QUEUE_IDS = [QueueId(q) for q in "qrs"]
PROFILE_IDS = [ProfileId(p) for p in "xyz"]

levels = st.sampled_from([0, 30, 60])
skills = st.dictionaries(st.sampled_from(SKILLS), levels, max_size=3)
requirements = st.lists(st.builds(Requirement, st.sampled_from(SKILLS), levels), max_size=2).map(tuple)
relaxations = st.lists(st.builds(Relaxation, st.sampled_from([10.0, 60.0]), st.just(30)), max_size=2).map(tuple)
agent_ids = st.sampled_from([AgentId(f"a{n}") for n in range(8)])
moments = st.integers(0, 100).map(lambda s: NOON - s * SECOND)


def queues() -> st.SearchStrategy[dict[QueueId, Queue]]:
    def made(each: list[tuple[tuple[Requirement, ...], tuple[Relaxation, ...], float]]) -> dict[QueueId, Queue]:
        return {
            q: Queue(q, q, requirements=needs, relaxations=steps, target_s=target)
            for q, (needs, steps, target) in zip(QUEUE_IDS, each, strict=True)
        }

    one = st.tuples(requirements, relaxations, st.sampled_from([0.0, 20.0, 60.0]))
    return st.lists(one, min_size=3, max_size=3).map(made)


def profiles() -> st.SearchStrategy[dict[ProfileId, RoutingProfile]]:
    served = st.lists(st.sampled_from(QUEUE_IDS), unique=True, max_size=3).map(tuple)
    return st.lists(served, min_size=3, max_size=3).map(
        lambda each: {p: RoutingProfile(p, p, qs) for p, qs in zip(PROFILE_IDS, each, strict=True)}
    )


agents = st.lists(
    st.builds(
        ReadyAgent,
        agent_ids,
        st.sampled_from(PROFILE_IDS),
        skills,
        moments,
        st.none(),
        st.builds(Capacity, st.integers(0, 1), st.integers(0, 1)),
    ),
    max_size=8,
    unique_by=lambda a: a.id,
)
contacts = st.lists(
    st.builds(
        WaitingContact,
        st.integers(0, 30).map(lambda n: ContactId(f"c{n}")),
        st.sampled_from(QUEUE_IDS),
        st.integers(0, 2),
        moments,
        requirements,
        st.lists(agent_ids, max_size=3, unique=True).map(tuple),
        st.none() | agent_ids,
        channel=st.sampled_from([Channel.CALL, Channel.CALLBACK]),
    ),
    max_size=8,
    unique_by=lambda c: c.id,
)
snapshots = st.builds(Snapshot, st.just(NOON), agents, contacts, queues(), profiles())


def able(snapshot: Snapshot, agent: ReadyAgent, contact: WaitingContact) -> bool:
    served = snapshot.profiles[agent.profile].queues
    return contact.queue in served and eligible(agent, contact, snapshot.queues[contact.queue], snapshot.now)


@settings(max_examples=120, deadline=None)
@given(snapshots)
def test_every_match_is_of_an_eligible_agent_and_nobody_is_matched_twice(snapshot: Snapshot):
    found = match(snapshot)
    by_agent = {a.id: a for a in snapshot.agents}
    by_contact = {c.id: c for c in snapshot.contacts}
    assert len({m.agent_id for m in found}) == len({m.contact_id for m in found}) == len(found)
    assert all(able(snapshot, by_agent[m.agent_id], by_contact[m.contact_id]) for m in found)
    assert all(m.reason and "\n" not in m.reason for m in found)


@settings(max_examples=120, deadline=None)
@given(snapshots)
def test_no_free_agent_is_left_who_could_take_a_contact_left_waiting(snapshot: Snapshot):
    found = match(snapshot)
    free = [a for a in snapshot.agents if a.id not in {m.agent_id for m in found}]
    left = [c for c in snapshot.contacts if c.id not in {m.contact_id for m in found}]
    assert not [(a.id, c.id) for a in free for c in left if able(snapshot, a, c)]


@settings(max_examples=120, deadline=None)
@given(snapshots)
def test_nobody_is_overtaken_within_a_queue_by_someone_whose_agent_could_have_come(snapshot: Snapshot):
    found = {m.contact_id: m.agent_id for m in match(snapshot)}
    by_agent = {a.id: a for a in snapshot.agents}
    for left in (c for c in snapshot.contacts if c.id not in found):
        for matched in (c for c in snapshot.contacts if c.id in found and c.queue == left.queue):
            if (-left.priority, left.enqueued_at) < (-matched.priority, matched.enqueued_at):
                assert not able(snapshot, by_agent[found[matched.id]], left)


@settings(max_examples=80, deadline=None)
@given(snapshots, st.randoms())
def test_the_order_of_the_input_does_not_matter(snapshot: Snapshot, chance):
    shuffled_agents, shuffled_contacts = list(snapshot.agents), list(snapshot.contacts)
    chance.shuffle(shuffled_agents)
    chance.shuffle(shuffled_contacts)
    again = Snapshot(snapshot.now, shuffled_agents, shuffled_contacts, snapshot.queues, snapshot.profiles)
    assert match(again) == match(snapshot)


@settings(max_examples=80, deadline=None)
@given(snapshots)
def test_the_fast_paths_find_somebody_exactly_when_somebody_is_eligible(snapshot: Snapshot):
    for contact in snapshot.contacts:
        found = best_agent_for(contact, snapshot.agents, snapshot.queues, snapshot.profiles, NOON)
        assert (found is not None) == any(able(snapshot, a, contact) for a in snapshot.agents)
    for agent in snapshot.agents:
        taken = best_contact_for(agent, snapshot.contacts, snapshot.queues, snapshot.profiles, NOON)
        assert (taken is not None) == any(able(snapshot, agent, c) for c in snapshot.contacts)


@settings(max_examples=80, deadline=None)
@given(snapshots)
def test_with_one_contact_the_snapshot_and_the_fast_path_agree(snapshot: Snapshot):
    for contact in snapshot.contacts:
        alone = Snapshot(NOON, snapshot.agents, [contact], snapshot.queues, snapshot.profiles)
        found = best_agent_for(contact, snapshot.agents, snapshot.queues, snapshot.profiles, NOON)
        assert match(alone) == ([found] if found else [])
