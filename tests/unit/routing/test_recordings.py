"""Recordings: reported in any order, copied once, known afterwards."""

from itertools import permutations

import pytest
from offhook.domain.ids import ContactId
from offhook.domain.messages import Topic
from offhook.domain.recordings.recording import Recording
from offhook.usecases.recordings import copying, reporting

from tests.unit.routing.builders import NOTICED, Floor

STARTED, DONE = Recording("RE1", "in-progress"), Recording("RE1", "completed", 30)
URL = "https://carrier/RE1"
EXPECTED_ONE = [("expected", 0)]


def talking() -> tuple[Floor, ContactId]:
    """A conversation that is recorded."""
    floor = Floor()
    return floor, floor.talk("carol", flow=NOTICED)


def statuses(floor: Floor, contact: ContactId) -> list[tuple[str, int]]:
    return [(r.status, r.duration_s) for r in floor.contact(contact).recordings]


def test_a_recording_is_expected_from_the_claim_on_and_never_without_the_notice():
    floor, contact = talking()
    assert statuses(floor, contact) == EXPECTED_ONE
    assert floor.contact(contact).recordings[0].sid == floor.contact(contact).room
    silent = floor.talk("dora", agent="ben")
    assert statuses(floor, silent) == []


@pytest.mark.parametrize("order", sorted(set(permutations(["end", "end", "stored"]))))
def test_reports_in_any_order_and_number_copy_the_recording_once(order):
    floor, contact = talking()
    for report in order:
        if report == "end":
            reporting.recording_reported(floor.deps, contact, DONE, URL)
        else:
            floor.deliver(Topic.STORE_RECORDING)
    floor.deliver(Topic.STORE_RECORDING)
    assert statuses(floor, contact) == [("stored", 30)]
    assert floor.contact(contact).recordings[0].media_key == "recordings/RE1"
    assert [e["recording_status"] for e in floor.events("recording_changed")] == ["stored"]


def test_a_report_after_the_copy_undoes_nothing():
    floor, contact = talking()
    reporting.recording_reported(floor.deps, contact, DONE, URL)
    floor.deliver(Topic.STORE_RECORDING)
    reporting.recording_reported(floor.deps, contact, STARTED, URL)
    reporting.recording_reported(floor.deps, contact, DONE, URL)
    assert statuses(floor, contact) == [("stored", 30)]


def test_two_recordings_of_a_contact_are_kept_apart():
    floor, contact = talking()
    reporting.recording_reported(floor.deps, contact, DONE, URL)
    floor.deliver(Topic.STORE_RECORDING)
    reporting.recording_reported(floor.deps, contact, Recording("RE2", "absent"))
    assert {r.sid: r.status for r in floor.contact(contact).recordings} == {"RE1": "stored", "RE2": "absent"}


def test_a_recording_completed_after_the_contact_closed_is_still_copied_and_on_record():
    floor, contact = talking()
    floor.queue(wrap_up_s=0.0)
    floor.customer_hangs_up(contact)
    reporting.recording_reported(floor.deps, contact, DONE, URL)
    floor.deliver(Topic.STORE_RECORDING)
    assert floor.deps.contacts.closed(contact).recordings[0].media_key == "recordings/RE1"


def test_a_copy_asked_for_twice_is_made_once():
    floor, contact = talking()
    reporting.recording_reported(floor.deps, contact, DONE, URL)
    floor.deliver(Topic.STORE_RECORDING)
    floor.media.stored.clear()
    copying.store_recording(floor.deps, contact, "RE1", 30, URL)
    assert floor.media.stored == {}


def test_reports_of_unknown_contacts_and_nameless_recordings_do_nothing():
    floor, contact = talking()
    reporting.recording_reported(floor.deps, "c_none", DONE, URL)
    reporting.recording_reported(floor.deps, contact, Recording("", "completed", 30), URL)
    assert floor.mail.topics().count(Topic.STORE_RECORDING) == 0 and statuses(floor, contact) == EXPECTED_ONE
