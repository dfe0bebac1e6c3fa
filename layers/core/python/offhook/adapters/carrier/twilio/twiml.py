"""Documents as TwiML."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from twilio.twiml.voice_response import VoiceResponse

from offhook.domain.documents import (
    DialNumber,
    Document,
    EnterQueue,
    EnterRoom,
    Gather,
    GoTo,
    HangUp,
    LeaveQueue,
    Pause,
    Play,
    PressKeys,
    Record,
    Refuse,
    Say,
)

MAX_BYTES = 64 * 1024
MAX_WORDS = 3000  # the neural voices' limit for one <Say>
ROOM_EVENTS = "start"  # each is a webhook; who left is told by the end of the agent's leg or of the customer's Dial
LABEL_LIMIT, QUEUE_NAME_LIMIT = 128, 64

# The carrier's voice for each language; others are spoken by its default voice for the language.
_VOICES = {
    "en-US": "Polly.Joanna-Neural",
    "en-GB": "Polly.Amy-Neural",
    "zh-CN": "Polly.Zhiyu-Neural",
    "de-DE": "Polly.Vicki-Neural",
    "fr-FR": "Polly.Lea-Neural",
    "es-ES": "Polly.Lucia-Neural",
}
_VOICE_LANGUAGES = {"zh-CN": "cmn-CN"}
_SPEECH_LANGUAGES = {"zh-CN": "cmn-Hans-CN"}
# What XML 1.0 cannot carry; as a regular expression it would take 15 ms of every start.
_UNSPEAKABLE = dict.fromkeys({*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - set(b"\t\n\r"))


def render(document: Document, public_api_url: str) -> str:
    """The document in TwiML, at most 64 kB: when it is longer, words are dropped from the front."""
    text = _rendered(document, public_api_url)
    while len(text.encode()) > MAX_BYTES and (shorter := _without_first_words(document)) != document:
        document = shorter
        text = _rendered(document, public_api_url)
    return text


def _rendered(document: Document, public_api_url: str) -> str:
    response = VoiceResponse()
    for verb in document:
        _RENDERERS[type(verb)](response, verb, public_api_url.rstrip("/"))
    return str(response)


def _without_first_words(document: Document) -> Document:
    """Without the first prompt, of the document or else of its question."""
    for n, verb in enumerate(document):
        if isinstance(verb, Say | Play):
            return (*document[:n], *document[n + 1 :])
        if isinstance(verb, Gather) and verb.prompts:
            fewer = replace(verb, prompts=verb.prompts[1:])
            return (*document[:n], fewer, *document[n + 1 :])
    return document


def _say(parent: Any, verb: Say, base: str) -> None:
    for part in _parts(_clean(verb.text)):
        parent.say(part, voice=_VOICES.get(verb.language), language=_VOICE_LANGUAGES.get(verb.language, verb.language))


def _play(parent: Any, verb: Play, base: str) -> None:
    parent.play(_absolute(base, _clean(verb.url)), loop=None if verb.loop == 1 else verb.loop)


def _press_keys(parent: Any, verb: PressKeys, base: str) -> None:
    parent.play(digits=verb.keys)


def _pause(parent: Any, verb: Pause, base: str) -> None:
    parent.pause(length=max(1, verb.seconds))


def _gather(response: Any, verb: Gather, base: str) -> None:
    gather = response.gather(
        input="dtmf speech" if verb.speech_language else "dtmf",
        action=_absolute(base, verb.action_path),
        method="POST",
        timeout=verb.timeout_s,
        num_digits=verb.max_digits,
        finish_on_key=verb.finish_on_key,
        action_on_empty_result=True,
        **_speech(verb),
    )
    for prompt in verb.prompts:
        _RENDERERS[type(prompt)](gather, prompt, base)


def _speech(verb: Gather) -> dict[str, str]:
    """What the recogniser is told; the end of a sentence is where the caller pauses."""
    if not verb.speech_language:
        return {}
    hints = ",".join(_clean(one).replace(",", " ") for one in verb.hints)
    language = _SPEECH_LANGUAGES.get(verb.speech_language, verb.speech_language)
    return {"language": language, "speech_timeout": "auto", **({"hints": hints} if hints else {})}


def _record(response: Any, verb: Record, base: str) -> None:
    response.record(
        action=_absolute(base, verb.action_path),
        method="POST",
        max_length=verb.max_s,
        timeout=verb.silence_s,
        play_beep=True,
        recording_status_callback=_absolute(base, verb.events_path),
        recording_status_callback_method="POST",
        recording_status_callback_event="completed absent",
    )


def _enter_queue(response: Any, verb: EnterQueue, base: str) -> None:
    response.enqueue(
        _clean(verb.queue)[:QUEUE_NAME_LIMIT],
        action=_absolute(base, verb.exit_path),
        method="POST",
        wait_url=_absolute(base, verb.wait_path),
        wait_url_method="POST",
    )


def _leave_queue(response: Any, verb: LeaveQueue, base: str) -> None:
    response.leave()


def _enter_room(response: Any, verb: EnterRoom, base: str) -> None:
    ended = {"action": _absolute(base, verb.ended_path), "method": "POST"} if verb.ended_path else {}
    dial = response.dial(**ended)
    dial.conference(
        verb.room,
        participant_label=verb.label[:LABEL_LIMIT],
        beep="false",
        start_conference_on_enter=True,
        end_conference_on_exit=verb.ends_room,
        status_callback=_absolute(base, verb.events_path),
        status_callback_method="POST",
        status_callback_event=ROOM_EVENTS,
        **_heard_by(verb),
        **_room_recording(verb, base),
    )


def _heard_by(verb: EnterRoom) -> dict[str, Any]:
    muted = {"muted": True} if verb.muted else {}
    return {**muted, "coach": verb.coach} if verb.coach else muted


def _room_recording(verb: EnterRoom, base: str) -> dict[str, str]:
    if not verb.record:
        return {}
    record = {"record": "record-from-start"}
    if not verb.recording_path:
        return record
    return {
        **record,
        "recording_status_callback": _absolute(base, verb.recording_path),
        "recording_status_callback_method": "POST",
        "recording_status_callback_event": "completed absent",
    }


def _dial_number(response: Any, verb: DialNumber, base: str) -> None:
    dial = response.dial(
        action=_absolute(base, verb.ended_path), method="POST", timeout=verb.timeout_s, caller_id=verb.caller_id or None
    )
    dial.number(verb.number)


def _go_to(response: Any, verb: GoTo, base: str) -> None:
    response.redirect(_absolute(base, verb.path), method="POST")


def _hang_up(response: Any, verb: HangUp, base: str) -> None:
    response.hangup()


def _refuse(response: Any, verb: Refuse, base: str) -> None:
    response.reject(reason=verb.reason)


_RENDERERS: dict[type, Callable[[Any, Any, str], None]] = {
    Say: _say,
    Play: _play,
    PressKeys: _press_keys,
    Pause: _pause,
    Gather: _gather,
    Record: _record,
    EnterQueue: _enter_queue,
    LeaveQueue: _leave_queue,
    EnterRoom: _enter_room,
    DialNumber: _dial_number,
    GoTo: _go_to,
    HangUp: _hang_up,
    Refuse: _refuse,
}


def _absolute(base: str, path: str) -> str:
    return f"{base}{path}" if path.startswith("/") else path


def _clean(text: str) -> str:
    """Without the characters that XML cannot carry."""
    return text.translate(_UNSPEAKABLE)


def _parts(text: str) -> list[str]:
    """The words in pieces that one <Say> takes, cut between words where possible; none when nothing is to be said."""
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > MAX_WORDS:
        cut = rest.rfind(" ", 0, MAX_WORDS)
        cut = cut if cut > 0 else MAX_WORDS
        parts.append(rest[:cut])
        rest = rest[cut:].strip()
    return [*parts, rest] if rest else parts
