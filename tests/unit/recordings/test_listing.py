"""The list of recordings, page by page, against a simple list of what was stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.domain.ids import DAY, AgentId, CallSid, ContactId, QueueId
from offhook.domain.recordings.recording import STORED, Recording
from offhook.domain.recordings.stored import StoredRecording
from offhook.domain.routing.contact import ContactState
from offhook.domain.storage import Delete
from offhook.domain.tenants.scope import EVERYTHING, Scope
from offhook.stores import keys
from offhook.stores.recordings import Recordings
from offhook.usecases.analytics import contacts as closed
from offhook.usecases.recordings.listing import RecordingPage, list_recordings

from tests.unit.routing.builders import T1, Floor, a_contact

QUEUES, AGENTS = ("billing", "sales"), ("ada", "bob", "")
JUNE = {"from": "2025-06-01", "to": "2025-06-30"}
LED = Scope(frozenset({AgentId("ada")}), frozenset({QueueId("billing")}))


@dataclass(frozen=True)
class Tape:
    """One recording of a contact; kept: whether it is in the bucket."""

    queue: str
    agent: str
    kept: str


@dataclass(frozen=True)
class Taped:
    """A closed contact; erased: its record went, but the index names it still."""

    days_ago: int
    tapes: tuple[Tape, ...]
    erased: bool


TAPES = st.builds(
    Tape, st.sampled_from(QUEUES), st.sampled_from(AGENTS), st.sampled_from(["yes", "yes", "no", "going"])
)
CALLS = st.lists(
    st.builds(Taped, st.integers(0, 3), st.lists(TAPES, max_size=3).map(tuple), st.sampled_from([False] * 4 + [True])),
    max_size=14,
)
ASKED = st.fixed_dictionaries(
    {}, optional={"queue": st.sampled_from((*QUEUES, "support")), "agent": st.sampled_from(AGENTS[:2])}
)


def keep(floor: Floor, number: int, call: Taped) -> list[StoredRecording]:
    """Store the contact and what is kept of its recordings; those that a list should have."""
    at = floor.clock.now() - call.days_ago * DAY - number
    one = ContactId(f"c_{number:03d}")
    sids = [f"RE{number:03d}{place}" for place in range(len(call.tapes))]
    noted = tuple(Recording(sid, STORED) for sid in sids)
    first = replace(a_contact(), id=one, call_sid=CallSid(f"CA{number}"), started_at=at, version=0, recordings=noted)
    stored = floor.deps.contacts.start(first, ())
    over = replace(stored, state=ContactState.ENDED, outcome="completed", ended_at=at, closed_at=at)
    floor.deps.contacts.save(stored, over, ())
    listed = []
    for sid, tape in zip(sids, call.tapes, strict=True):
        deleting = "retention" if tape.kept == "going" else ""
        facts = StoredRecording(sid, one, at, at, sid, 1, "", 0, tape.queue, tape.agent, deleting=deleting)
        if tape.kept != "no":
            floor.deps.items.commit(Recordings(floor.deps.items, T1).write(facts, 0))
        if tape.kept == "yes":
            listed.append(facts)
    return listed


def erase(floor: Floor, calls: list[Taped]) -> None:
    """Their records go, and the index has not heard of it."""
    gone = [Delete(keys.contact_record(T1, ContactId(f"c_{n:03d}"))) for n, call in enumerate(calls) if call.erased]
    for delete in gone:
        floor.deps.items.commit(delete)
    floor.store.index_lag = len(gone)


def pages(floor: Floor, asked: Mapping[str, str], limit: int, scope: Scope) -> list[RecordingPage]:
    """All pages, by their cursors."""
    read = [list_recordings(floor.deps, {**JUNE, **asked}, limit, "", scope)]
    while (after := read[-1].next_after) is not None:
        read.append(list_recordings(floor.deps, {**JUNE, **asked}, limit, after, scope))
    return read


def ids(read: list[RecordingPage]) -> list[str]:
    return [line.id for page in read for line in page.data]


def simple(calls: list[list[StoredRecording]], asked: Mapping[str, str], scope: Scope) -> list[str]:
    """What should be listed, by hand: the newest call first."""
    every = [one for call in sorted(calls, key=lambda call: -call[0].at if call else 0) for one in call]
    return [
        one.id
        for one in every
        if asked.get("queue", one.queue) == one.queue and asked.get("agent", one.agent_id) == one.agent_id
        if scope.may_see_contact(one.queue, one.agent_id)
    ]


@given(CALLS, ASKED, st.integers(1, 5), st.sampled_from([EVERYTHING, LED]), st.sampled_from([3, 100]))
@settings(max_examples=40, deadline=None)
def test_all_pages_together_are_the_list_and_all_but_the_last_are_full(calls, asked, limit, scope, at_once):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(closed, "READ_AT_ONCE", at_once)
        floor = Floor()
        kept = [keep(floor, number, call) for number, call in enumerate(calls)]
        erase(floor, calls)
        read = pages(floor, asked, limit, scope)
    here = [listed for listed, call in zip(kept, calls, strict=True) if not call.erased]
    assert ids(read) == simple(here, asked, scope)
    assert all(len(page.data) == limit for page in read[:-1])
    assert len(read) == 1 or read[-1].data


@given(CALLS, ASKED, st.integers(1, 5), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_a_page_reads_no_more_than_its_share_and_none_is_lost_by_that(calls, asked, limit, share):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(closed, "READ_AT_MOST", share)
        floor = Floor()
        kept = [keep(floor, number, call) for number, call in enumerate(calls)]
        read = pages(floor, asked, limit, EVERYTHING)
    assert ids(read) == simple(kept, asked, EVERYTHING)
    assert len(read) <= sum(1 + len(call.tapes) for call in calls) + 1
    assert all(len(page.data) <= limit for page in read)


def test_a_call_that_closes_while_somebody_pages_moves_nothing():
    floor = Floor()
    calls = [Taped(0, (Tape("billing", "ada", "yes"),) * 3, False) for _ in range(3)]
    kept = [keep(floor, number, call) for number, call in enumerate(calls) if number != 1]
    first = list_recordings(floor.deps, JUNE, 2, "", EVERYTHING)
    late = keep(floor, 1, calls[1])
    rest, after = list(first.data), first.next_after
    while after is not None:
        page = list_recordings(floor.deps, JUNE, 2, after, EVERYTHING)
        rest, after = rest + page.data, page.next_after
    assert [line.id for line in rest] == [one.id for call in (kept[0], late, kept[1]) for one in call]
