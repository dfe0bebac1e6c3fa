"""The store of contacts: the waiting row, the open index and the record go with the state, in one commit."""

from dataclasses import replace

import pytest
from offhook.adapters.memory.clock import NOON
from offhook.domain.ids import CustomerId, QueueId, day_of
from offhook.domain.routing.contact import Contact, ContactState, Recording
from offhook.domain.routing.matching import waiting_view
from offhook.domain.storage import CommitConflict, Table
from offhook.stores import keys
from offhook.stores.codec import decode, encode
from offhook.stores.contacts import Contacts

from tests.unit.routing.builders import BILLING, T1, Floor, a_contact

C = ContactState


def contacts() -> Contacts:
    return Floor().deps.contacts


def led(store: Contacts, *states: ContactState) -> Contact:
    """One contact, led through the states."""
    old = store.start(a_contact(states[0]), ())
    for state in states[1:]:
        old = store.save(old, replace(a_contact(state), version=old.version), ())
    return old


@pytest.mark.parametrize("before", [C.WAITING, C.OFFERED, C.CONNECTED, C.ENDED])
@pytest.mark.parametrize("after", [C.IN_FLOW, C.WAITING, C.OFFERED, C.CONNECTED, C.ENDED])
def test_only_a_waiting_contact_has_a_row_in_the_line_whatever_came_before(before, after):
    store = contacts()
    stored = led(store, C.IN_FLOW, before, after)
    line = [view for _, view in store.waiting(BILLING)]
    assert line == ([waiting_view(stored)] if after is C.WAITING else [])


@pytest.mark.parametrize("state", C)
def test_what_is_stored_comes_back(state):
    store = contacts()
    stored = store.start(a_contact(state), ())
    assert store.get(stored.id) == stored
    assert decode(Contact, encode(stored)) == stored


def test_another_queue_or_priority_moves_the_row():
    store = contacts()
    first = led(store, C.IN_FLOW, C.WAITING)
    visit = replace(first.visit, queue=QueueId("sales"), priority=7)
    store.save(first, replace(first, visit=visit), ())
    assert store.waiting(BILLING) == [] and len(store.waiting(QueueId("sales"))) == 1


def test_a_contact_started_twice_is_the_one_stored_first():
    store = contacts()
    first = store.start(a_contact(), ())
    again = store.start(a_contact(language="zh-CN"), ())
    assert again == first


def test_the_slower_of_two_changes_is_refused_whole():
    store = contacts()
    first = led(store, C.IN_FLOW)
    store.save(first, replace(first, language="zh-CN"), ())
    with pytest.raises(CommitConflict):
        store.save(first, replace(a_contact(C.WAITING), version=first.version), ())
    assert store.waiting(BILLING) == []


def closed(**fields) -> Contact:
    return replace(a_contact(), state=C.ENDED, ended_at=NOON, closed_at=NOON, **fields)


def test_a_closed_contact_is_on_record_by_day_and_no_longer_open():
    store = contacts()
    first = led(store, C.IN_FLOW)
    assert [c.id for _, c in store.open()] == [first.id]
    store.save(first, replace(closed(), version=1), ())
    assert store.open() == []
    assert store.closed(first.id) == store.get(first.id)
    assert [c.id for _, c in store.closed_on(day_of(first.started_at))] == [first.id]


def test_a_closed_contact_with_a_recording_under_way_stays_open_until_it_is_stored():
    store = contacts()
    first = store.start(a_contact(), ())
    waiting = store.save(first, replace(closed(recordings=(Recording("RE1", "completed"),)), version=1), ())
    assert len(store.open()) == 1
    store.save(waiting, replace(waiting, recordings=(Recording("RE1", "stored", 3, "k"),)), ())
    assert store.open() == []
    assert store.closed(first.id).recordings[0].media_key == "k"


def test_a_closed_contact_is_kept_two_days_for_late_callbacks():
    floor = Floor()
    first = floor.deps.contacts.start(a_contact(), ())
    floor.deps.contacts.save(first, replace(closed(), version=1), ())
    item = floor.deps.items.get(keys.contact(T1, first.id))
    assert item.expires_at == NOON + 2 * 24 * 3600 * 1000


def test_a_known_customers_timeline_gets_one_entry_however_often_it_is_written():
    floor = Floor()
    known = {"customer_id": CustomerId("k_1")}
    first = floor.deps.contacts.start(a_contact(**known), ())
    done = floor.deps.contacts.save(first, replace(closed(**known), version=1), ())
    floor.deps.contacts.save(done, replace(done, outcome_reason="hangup"), ())
    timeline = floor.deps.items.query(Table.RECORDS, f"T#{T1}#CUSTOMER#k_1", prefix="TIMELINE#")
    assert len(timeline) == 1


def test_open_contacts_are_paged_oldest_first():
    store = contacts()
    for n in range(7):
        store.start(a_contact(id=f"c_{n}", started_at=NOON + n), ())
    seen, after = [], ""
    while page := store.open(after, limit=3):
        seen += [c.id for _, c in page]
        after = page[-1][0]
    assert seen == [f"c_{n}" for n in range(7)]
