"""Conference callbacks: which there are, and what they carry."""

from typing import TYPE_CHECKING

from local.carrier import times
from local.carrier.model.rooms import Conference, Participant

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

EVENT_OF = {
    "conference-start": "start", "conference-end": "end", "participant-join": "join", "participant-leave": "leave",
    "participant-mute": "mute", "participant-unmute": "mute", "participant-hold": "hold",
    "participant-unhold": "hold", "participant-modify": "modify", "announcement-end": "announcement",
    "announcement-fail": "announcement",
}  # fmt: skip


def tell(
    carrier: "Carrier", conference: Conference, event: str, participant: Participant | None, extra: dict[str, str]
) -> None:
    """Send one event if the first participant's settings asked for it; the sequence counts unsent ones too."""
    sequence = conference.next_sequence()
    if not conference.callback.wants(EVENT_OF[event]):
        return
    form = {
        "ConferenceSid": conference.sid, "FriendlyName": conference.friendly_name, "AccountSid": conference.account_sid,
        "SequenceNumber": str(sequence), "Timestamp": str(times.rfc2822(carrier.clock.now())),
        "StatusCallbackEvent": event,
    }  # fmt: skip
    form |= _switches(participant) if participant else {}
    call_sid = participant.call_sid if participant else ""
    carrier.send_form("conference", conference.account_sid, conference.callback, form | extra, call_sid)


def _switches(participant: Participant) -> dict[str, str]:
    form = {
        "CallSid": participant.call_sid, "Muted": _flag(participant.muted), "Hold": _flag(participant.hold),
        "Coaching": _flag(participant.coaching), "EndConferenceOnExit": _flag(participant.end_on_exit),
        "StartConferenceOnEnter": _flag(participant.start_on_enter),
    }  # fmt: skip
    if participant.label:
        form["ParticipantLabel"] = participant.label
    if participant.coaching:
        form["CallSidToCoach"] = participant.call_sid_to_coach
    return form


def _flag(value: bool) -> str:
    return str(value).lower()
