"""Elements to verb values, by a table."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from local.carrier.model.callback import Callback
from local.carrier.twiml import verbs
from local.carrier.twiml.read import Reader

CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
ROOM_EVENTS = ("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")
RECORDING_EVENTS = ("in-progress", "completed", "absent")
DIAL_RECORD = (
    "do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual",
    "record-from-ringing-dual", "true", "false",
)  # fmt: skip


class BadDocument(Exception):
    """A document that cannot be run at all."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def say(read: Reader) -> verbs.Say:
    if not read.text:
        raise BadDocument(13520, "Say: Invalid text")
    return verbs.Say(read.text, read.string("voice", "man"), read.string("language"), read.number("loop", 1, high=1000))


def play(read: Reader) -> verbs.Play:
    if not read.text and not read.string("digits"):
        raise BadDocument(13420, "Play: Invalid Content-Type or no address")
    return verbs.Play(read.text, read.number("loop", 1, high=1000), read.string("digits"))


def pause(read: Reader) -> verbs.Pause:
    return verbs.Pause(read.number("length", 1, low=1))


def gather(read: Reader) -> verbs.Gather:
    timeout = read.string("timeout", "5")
    return verbs.Gather(
        prompts=tuple(PROMPTS[child.tag](_child(read, child)) for child in read.element if child.tag in PROMPTS),
        action=read.optional("action"),
        method=read.method(),
        input=read.choice("input", ("dtmf", "speech", "dtmf speech", "speech dtmf"), "dtmf"),
        timeout=5 if timeout == "auto" else read.number("timeout", 5, low=0, high=14400),
        speech_timeout=read.string("speechTimeout"),
        num_digits=read.number("numDigits", 0, low=1, high=1000),
        finish_on_key=read.string("finishOnKey", "#"),
        action_on_empty_result=read.boolean("actionOnEmptyResult"),
        language=read.string("language", "en-US"),
        partial_result_callback=read.string("partialResultCallback"),
    )


def record(read: Reader) -> verbs.Record:
    return verbs.Record(
        action=read.optional("action"),
        method=read.method(),
        timeout=read.number("timeout", 5),
        finish_on_key=read.string("finishOnKey", "1234567890*#"),
        max_length=read.number("maxLength", 3600, low=1, high=14400),
        play_beep=read.boolean("playBeep", True),
        trim=read.choice("trim", ("trim-silence", "do-not-trim"), "trim-silence"),
        callback=_recording_callback(read),
        transcribe=read.boolean("transcribe"),
        transcribe_callback=read.string("transcribeCallback"),
    )


def _recording_callback(read: Reader) -> Callback:
    return read.callback("recordingStatusCallback", "completed", RECORDING_EVENTS)


def endpoint(read: Reader) -> verbs.Endpoint:
    return verbs.Endpoint(
        address=_address(read),
        url=read.string("url"),
        method=read.method(),
        send_digits=read.string("sendDigits"),
        status_callback=read.callback("statusCallback", "completed", CALL_EVENTS),
        machine_detection=read.choice("machineDetection", ("Enable", "DetectMessageEnd"), ""),
        detection_timeout=read.number("machineDetectionTimeout", 30, low=3, high=59),
        detection_callback=Callback(read.string("amdStatusCallback"), read.method("amdStatusCallbackMethod")),
        parameters=tuple((one.get("name", ""), one.get("value", "")) for one in read.element.iter("Parameter")),
    )


def _address(read: Reader) -> str:
    if read.element.tag == "Client":
        identity = read.element.findtext("Identity") or read.own_text
        return f"client:{identity.strip().removeprefix('client:')}"
    if read.element.tag == "Sip":
        return read.own_text
    return number(read.own_text)


def number(text: str) -> str:
    """An E.164 number as dialled; formatting characters are forgiven, words are not."""
    digits = "".join(char for char in text if char.isdigit() or char == "+")
    if not digits.lstrip("+") or any(char.isalpha() for char in text):
        raise BadDocument(13223, f"Dial: Invalid phone number format {text!r}")
    return digits


def room(read: Reader) -> verbs.Room:
    return verbs.Room(
        name=read.own_text,
        muted=read.boolean("muted"),
        beep=read.choice("beep", ("true", "false", "onEnter", "onExit"), "true"),
        start_on_enter=read.boolean("startConferenceOnEnter", True),
        end_on_exit=read.boolean("endConferenceOnExit"),
        wait_url=read.optional("waitUrl"),
        wait_method=read.method("waitMethod"),
        max_participants=read.number("maxParticipants", 250, low=2, high=250),
        record=read.choice("record", ("do-not-record", "record-from-start", "true", "false"), "do-not-record"),
        label=read.string("participantLabel"),
        coach=read.string("coach"),
        region=read.string("region", "us1"),
        callback=read.callback("statusCallback", "", ROOM_EVENTS),
        recording_callback=_recording_callback(read),
    )


def line(read: Reader) -> verbs.WaitingLine:
    return verbs.WaitingLine(read.own_text, read.string("url"), read.method())


def dial(read: Reader) -> verbs.Dial:
    children = {tag: [_child(read, one) for one in read.element.findall(tag)] for tag in ("Conference", "Queue")}
    people = [_child(read, one) for one in read.element if one.tag in ("Number", "Client", "Sip")]
    rooms, lines = children["Conference"], children["Queue"]
    if len(rooms) + len(lines) + bool(people) > 1 or len(people) > 10:
        raise BadDocument(12200, "Dial: at most ten of Number, Client, Sip, or one Conference, or one Queue")
    endpoints = tuple(endpoint(one) for one in people)
    if read.own_text and not endpoints and not rooms and not lines:
        endpoints = (verbs.Endpoint(number(read.own_text)),)
    return verbs.Dial(
        endpoints=endpoints,
        room=room(rooms[0]) if rooms else None,
        line=line(lines[0]) if lines else None,
        action=read.string("action"),
        method=read.method(),
        timeout=read.number("timeout", 30, low=5, high=600),
        time_limit=read.number("timeLimit", 14400, low=1, high=86400),
        hangup_on_star=read.boolean("hangupOnStar"),
        caller_id=read.string("callerId"),
        answer_on_bridge=read.boolean("answerOnBridge"),
        record=read.choice("record", DIAL_RECORD, "do-not-record"),
        sequential=read.boolean("sequential"),
        callback=_recording_callback(read),
    )


def enqueue(read: Reader) -> verbs.Enqueue:
    return verbs.Enqueue(
        name=read.own_text,
        action=read.string("action"),
        method=read.method(),
        wait_url=read.optional("waitUrl"),
        wait_method=read.method("waitUrlMethod"),
    )


def redirect(read: Reader) -> verbs.Redirect:
    return verbs.Redirect(read.own_text, read.method())


def reject(read: Reader) -> verbs.Reject:
    return verbs.Reject(read.choice("reason", ("rejected", "busy"), "rejected"))


def start(read: Reader) -> verbs.StartRecording:
    inner = _recording_child(read)
    return verbs.StartRecording(
        name=inner.string("name"),
        channels=1 if inner.choice("channels", ("mono", "dual"), "dual") == "mono" else 2,
        track=inner.choice("track", ("inbound", "outbound", "both"), "both"),
        callback=_recording_callback(inner),
    )


def stop(read: Reader) -> verbs.StopRecording:
    return verbs.StopRecording(_recording_child(read).string("name"))


def _recording_child(read: Reader) -> Reader:
    for child in read.element:
        return _child(read, child)
    raise BadDocument(12200, f"{read.element.tag}: the simulator knows only Recording here")


def connect(read: Reader) -> verbs.Hangup:
    raise BadDocument(12200, "Connect: streams and relays are not offered by the simulator")


def _child(read: Reader, element: Element) -> Reader:
    return Reader(element, read.warnings)


PROMPTS: Mapping[str, Callable[[Reader], verbs.Prompt]] = {"Say": say, "Play": play, "Pause": pause}
BUILDERS: Mapping[str, Callable[[Reader], verbs.Verb]] = {
    **PROMPTS, "Gather": gather, "Record": record, "Dial": dial, "Enqueue": enqueue, "Redirect": redirect,
    "Reject": reject, "Start": start, "Stop": stop, "Connect": connect, "Leave": lambda read: verbs.Leave(),
    "Hangup": lambda read: verbs.Hangup(),
}  # fmt: skip
