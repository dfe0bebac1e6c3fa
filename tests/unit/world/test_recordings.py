"""Recordings through the functions and the simulated carrier."""

from local.carrier.faults import Fault
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import world

NUMBER, CALLER = "+14155550100", "+14155550999"
SCRIPT = "press 1 after the first prompt, hang up 60 s after connecting"


def test_a_recording_of_which_the_carrier_tells_nothing_is_found_by_its_room_and_stored():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER)
        actors = staff(made, tenant)
        made.carrier.faults.rules.append(Fault("drop", kind="recording"))
        made.carrier.place_call(CALLER, NUMBER, SCRIPT)
        made.run(120)
        for actor in actors:
            actor.sign_out()
        (contact,) = checks.contacts(made, tenant)
        assert [r.status for r in contact.recordings] == ["expected"]
        made.run(180)
        (contact,) = checks.contacts(made, tenant)
        (found,) = contact.recordings
        assert (found.status, found.media_key) == ("stored", f"recordings/{found.sid}") and found.duration_s > 5
        checks.nothing_left(made, tenant)
