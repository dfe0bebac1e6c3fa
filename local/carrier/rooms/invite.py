"""A leg made by the Participants API: it rings somebody and brings them into the room."""

from typing import TYPE_CHECKING

from local.carrier.calls.context import Context
from local.carrier.calls.detection import detect
from local.carrier.calls.outbound import queued, ring
from local.carrier.calls.source import DocumentFailed, Scope
from local.carrier.model.call import Call
from local.carrier.model.rooms import Conference, Participant
from local.carrier.process import Steps
from local.carrier.rooms.attend import attend

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def invited(
    carrier: "Carrier", call: Call, conference: Conference, participant: Participant, timeout_s: float
) -> Steps[None]:
    """Its turn, ringing, the room, the end; whoever does not come is told as participant_add_failed."""
    try:
        yield from queued(carrier, call)
        participant.status = "ringing"
        answered = yield from ring(carrier, call, timeout_s)
        yield from detect(carrier, call)
        if answered and conference.live:
            yield from attend(Context(carrier, call, "", Scope.CALL), conference, participant)
    except DocumentFailed:
        return
    finally:
        if participant.joined_at is None:
            carrier.rooms.add_failed(conference, participant)
