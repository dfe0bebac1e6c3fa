"""One leg's stay in a conference."""

from local.carrier.calls.context import Context
from local.carrier.calls.program import run_scope
from local.carrier.calls.source import DocumentFailed, FromUrl, Scope
from local.carrier.model.rooms import Conference, ConferenceStatus, Participant
from local.carrier.process import HungUp, Steps, receive
from local.carrier.signals import LeftRoom, ModeChanged, Redirected
from local.carrier.verbs.prompts import music


def attend(context: Context, conference: Conference, participant: Participant) -> Steps[None]:
    """Stay until taken out (returns) or until the leg is over or goes elsewhere (raises)."""
    rooms = context.carrier.rooms
    rooms.join(conference, participant)
    try:
        while True:
            try:
                yield from _hear(context, conference, participant)
            except ModeChanged:
                continue
    except LeftRoom as left:
        rooms.left(conference, participant, left.reason)
    except HungUp:
        rooms.left(conference, participant, "participant_hung_up")
        raise
    except Redirected:
        rooms.left(conference, participant, "participant_updated_via_api")
        raise
    except DocumentFailed:
        rooms.left(conference, participant, "participant_hung_up")
        raise


def _hear(context: Context, conference: Conference, participant: Participant) -> Steps[None]:
    """Hold music, waiting music or the others, until the mode changes."""
    if participant.hold:
        yield from _listen(context, conference, participant.hold_url or None, participant.hold_method)
    elif conference.status is ConferenceStatus.INIT:
        yield from _listen(context, conference, participant.wait_url, participant.wait_method)
    yield from receive(None)


def _listen(context: Context, conference: Conference, url: str | None, method: str) -> Steps[None]:
    """A document once (silence follows; it may redirect to itself), silence for "", music when there is none."""
    if url is None:
        yield from music(context)
    if url:
        params = {"ConferenceSid": conference.sid, "FriendlyName": conference.friendly_name}
        source = FromUrl(url, method, params, "wait")
        yield from run_scope(context.carrier, context.call, source, Scope.ROOM_WAIT)
