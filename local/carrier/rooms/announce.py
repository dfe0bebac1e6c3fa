"""Announcements to some or all participants of a conference."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from local.carrier.model.rooms import Conference, Participant
from local.carrier.rooms.events import tell
from local.carrier.twiml.build import BadDocument
from local.carrier.twiml.parse import parse_answer
from local.carrier.twiml.verbs import Document, Play, Say
from local.carrier.webhooks.sender import Answer, Outgoing

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

KEY_S = 0.5


def announce(
    carrier: "Carrier", conference: Conference, listeners: Sequence[Participant], url: str, method: str
) -> None:
    """Fetch a document and let the listeners hear its Say and Play; announcement-end or -fail follows."""
    form = {"ConferenceSid": conference.sid, "AccountSid": conference.account_sid}
    outgoing = Outgoing("voice", conference.account_sid, url, method, form)
    heard = list(listeners)
    carrier.sender.fetch(outgoing, lambda answer: carrier.enter(lambda: _play(carrier, conference, heard, answer, url)))


def _play(
    carrier: "Carrier", conference: Conference, listeners: Sequence[Participant], answer: Answer, url: str
) -> None:
    document = _document(answer)
    if document is None:
        tell(carrier, conference, "announcement-fail", None, {"AnnounceUrl": url})
        return
    seconds = 0.0
    for verb in document.verbs:
        if isinstance(verb, Say | Play):
            seconds += _lasts_s(carrier, verb)
            for one in listeners:
                carrier.note(carrier.calls.get(one.call_sid), "heard", f"heard: {_words(verb)}")
    finished = {"AnnounceUrl": url, "ReasonAnnouncementFailed": ""}
    carrier.clock.after(
        seconds, lambda: carrier.enter(lambda: tell(carrier, conference, "announcement-end", None, finished))
    )


def _words(verb: Say | Play) -> str:
    if isinstance(verb, Say):
        return verb.text
    return verb.url or f"keys {verb.digits}"


def _lasts_s(carrier: "Carrier", verb: Say | Play) -> float:
    if isinstance(verb, Say):
        return carrier.speech_s(verb.text)
    return carrier.settings.media_seconds(verb.url) if verb.url else KEY_S * len(verb.digits)


def _document(answer: Answer) -> Document | None:
    if answer.error_code or answer.response is None:
        return None
    try:
        return parse_answer(answer.response.content_type(), answer.response.body)
    except BadDocument:
        return None
