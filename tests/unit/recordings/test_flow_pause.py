"""A step of the flow that takes secret digits asks for them only once the carrier has paused the recording."""

from dataclasses import replace

import pytest
from offhook.domain.errors import CarrierUnavailable
from offhook.domain.recordings.recording import LIVE, Recording
from offhook.usecases.recordings import controlling

from tests.unit.ivr.worlds import BYE, SID, Tenant, menu, said, words
from tests.unit.routing.fake_carrier import FakeCarrier

CARD = {"type": "collect", "prompt": words("Your card, please."), "attribute": "card", "secret": True, "next": "then",
        "invalid": "then", "timeout": "then", "min_digits": 4}  # fmt: skip
NODES = {"start": menu("Pay with 1.", choices={"1": "card"}), "card": CARD, "then": menu("Thank you."), "bye": BYE}


@pytest.fixture
def call() -> tuple[Tenant, FakeCarrier]:
    """A call in the menu; its customer's leg is being recorded."""
    tenant = Tenant()
    carrier = FakeCarrier(tenant.clock)
    tenant.deps = replace(tenant.deps, telephony=carrier)
    tenant.publish(NODES)
    tenant.answer()
    carrier.customer(SID)
    made = carrier.record(SID, "/x")
    contact = tenant.contact
    tenant.deps.contacts.save(contact, replace(contact, recordings=(Recording(made.sid, LIVE, of=SID),)), ())
    return tenant, carrier


def status(carrier: FakeCarrier) -> list[str]:
    return [one.status for one in carrier.recordings.values()]


def test_the_recording_is_paused_while_secret_digits_are_asked_for_and_goes_on_after(call: tuple[Tenant, FakeCarrier]):
    tenant, carrier = call
    assert "card" in said(tenant.press("1")) and status(carrier) == ["paused"]
    tenant.press("")
    assert status(carrier) == ["paused"], "asked again, still paused"
    tenant.press("4242")
    assert status(carrier) == ["in-progress"]
    (pause,) = tenant.contact.recordings[0].pauses
    assert (pause.by, pause.ended_by) == ("flow", "flow")
    assert tenant.events().count("recording_paused") == tenant.events().count("recording_resumed") == 1


def test_a_carrier_that_does_not_pause_is_no_reason_to_record_a_card(call: tuple[Tenant, FakeCarrier]):
    tenant, carrier = call
    carrier.fail["set_recording"] = [CarrierUnavailable()]
    heard = said(tenant.press("1"))
    assert "card" not in heard and heard
    assert "flow_failed" in tenant.events() and status(carrier) == ["in-progress"]
    controlling.look(tenant.deps, tenant.contact_id)
    assert status(carrier) == ["in-progress"], "the wish went with the question"
