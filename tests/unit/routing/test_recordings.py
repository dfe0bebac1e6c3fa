"""Recordings: reported in any order, copied once, known afterwards."""

from itertools import permutations

import pytest
from offhook.domain.messages import Topic
from offhook.domain.routing.contact import Recording
from offhook.usecases.routing import room

from tests.unit.routing.builders import Floor

STARTED, DONE = Recording("RE1", "in-progress"), Recording("RE1", "completed", 30)
URL = "https://carrier/RE1"


def talking() -> tuple[Floor, str]:
    floor = Floor()
    return floor, floor.talk("carol")


def statuses(floor: Floor, contact) -> list[tuple[str, int]]:
    return [(r.status, r.duration_s) for r in floor.contact(contact).recordings]


@pytest.mark.parametrize("order", sorted(set(permutations(["start", "start", "end", "end"]))))
def test_reports_in_any_order_and_number_copy_the_recording_once(order):
    floor, contact = talking()
    for report in order:
        room.recording_reported(floor.deps, contact, STARTED if report == "start" else DONE, URL)
    assert statuses(floor, contact) == [("completed", 30)]
    assert [m.topic for m in floor.mail.sent].count(Topic.STORE_RECORDING) == 1
    floor.deliver(Topic.STORE_RECORDING)
    assert statuses(floor, contact) == [("stored", 30)]
    assert floor.contact(contact).recordings[0].media_key == "recordings/RE1"


def test_a_report_after_the_copy_undoes_nothing():
    floor, contact = talking()
    room.recording_reported(floor.deps, contact, DONE, URL)
    floor.deliver(Topic.STORE_RECORDING)
    room.recording_reported(floor.deps, contact, STARTED, URL)
    room.recording_reported(floor.deps, contact, DONE, URL)
    assert statuses(floor, contact) == [("stored", 30)]


def test_two_recordings_of_a_contact_are_kept_apart():
    floor, contact = talking()
    room.recording_reported(floor.deps, contact, DONE, URL)
    room.recording_reported(floor.deps, contact, Recording("RE2", "absent"))
    assert {r.sid: r.status for r in floor.contact(contact).recordings} == {"RE1": "completed", "RE2": "absent"}


def test_a_recording_completed_after_the_contact_closed_is_still_copied_and_on_record():
    floor, contact = talking()
    floor.queue(wrap_up_s=0.0)
    floor.customer_hangs_up(contact)
    room.recording_reported(floor.deps, contact, DONE, URL)
    floor.deliver(Topic.STORE_RECORDING)
    assert floor.deps.contacts.closed(contact).recordings[0].media_key == "recordings/RE1"


def test_a_copy_asked_for_twice_is_made_once():
    floor, contact = talking()
    room.recording_reported(floor.deps, contact, DONE, URL)
    floor.deliver(Topic.STORE_RECORDING)
    floor.media.stored.clear()
    room.store_recording(floor.deps, contact, "RE1", URL)
    assert floor.media.stored == {}


def test_reports_of_unknown_contacts_and_recordings_do_nothing():
    floor, contact = talking()
    room.recording_reported(floor.deps, "c_none", DONE, URL)
    room.store_recording(floor.deps, contact, "RE9", URL)
    assert floor.media.stored == {} and floor.mail.topics().count(Topic.STORE_RECORDING) == 0
