"""What is left of a contact's recordings when reports, copies, timers or workers were lost."""

from offhook.domain.ids import MINUTE
from offhook.domain.recordings.recording import COPIED, EXPECTED, RECORDING_OVER
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.voicemails import is_message
from offhook.domain.telephony import RecordingFacts
from offhook.usecases.deps import Deps
from offhook.usecases.recordings import controlling, copying, reporting
from offhook.usecases.voicemails import taking


def sweep(deps: Deps, contact: Contact) -> None:
    """Put right what is not as it should be; raises CarrierUnavailable when it must wait."""
    if contact.state is not ContactState.ENDED:
        if any(r.is_running and (r.pause is not None or (r.asked and not r.asked.done)) for r in contact.recordings):
            controlling.look(deps, contact.id)
        return
    age_ms = deps.clock.now() - (contact.closed_at or deps.clock.now())
    for known in contact.recordings if age_ms > MINUTE else ():
        if is_message(known):
            taking.look(deps, contact, known)
        elif known.status == EXPECTED:
            reporting.look_for_recordings(deps, contact, known)
        elif known.status == COPIED:
            copying.drop_at_carrier(deps, contact.id, known.sid)
        elif known.status not in RECORDING_OVER:
            facts = deps.telephony.recording(known.sid) or RecordingFacts("absent", 0, "", known.sid)
            reporting.recording_found(deps, contact.id, facts)
