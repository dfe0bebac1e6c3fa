"""The verbs as values, with the carrier's defaults."""

from dataclasses import dataclass, field

from local.carrier.model.callback import NO_CALLBACK, Callback


@dataclass(frozen=True, slots=True)
class Say:
    text: str
    voice: str = "man"
    language: str = ""
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Play:
    url: str
    loop: int = 1
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    length: int = 1


Prompt = Say | Play | Pause


@dataclass(frozen=True, slots=True)
class Gather:
    prompts: tuple[Prompt, ...] = ()
    action: str | None = None
    method: str = "POST"
    input: str = "dtmf"
    timeout: float = 5
    speech_timeout: str = ""
    num_digits: int = 0
    finish_on_key: str = "#"
    action_on_empty_result: bool = False
    language: str = "en-US"
    partial_result_callback: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    action: str | None = None
    method: str = "POST"
    timeout: int = 5
    finish_on_key: str = "1234567890*#"
    max_length: int = 3600
    play_beep: bool = True
    trim: str = "trim-silence"
    callback: Callback = NO_CALLBACK
    transcribe: bool = False
    transcribe_callback: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Somebody to ring: a number, client:identity or sip:address, with the document that screens them."""

    address: str
    url: str = ""
    method: str = "POST"
    send_digits: str = ""
    status_callback: Callback = NO_CALLBACK
    machine_detection: str = ""
    detection_timeout: int = 30
    detection_callback: Callback = NO_CALLBACK
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """The Conference noun."""

    name: str
    muted: bool = False
    beep: str = "true"
    start_on_enter: bool = True
    end_on_exit: bool = False
    wait_url: str | None = None
    wait_method: str = "POST"
    max_participants: int = 250
    record: str = "do-not-record"
    label: str = ""
    coach: str = ""
    region: str = "us1"
    callback: Callback = NO_CALLBACK
    recording_callback: Callback = NO_CALLBACK


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """The Queue noun inside Dial."""

    name: str
    url: str = ""
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Dial:
    endpoints: tuple[Endpoint, ...] = ()
    room: Room | None = None
    line: WaitingLine | None = None
    action: str = ""
    method: str = "POST"
    timeout: int = 30
    time_limit: int = 14400
    hangup_on_star: bool = False
    caller_id: str = ""
    answer_on_bridge: bool = False
    record: str = "do-not-record"
    sequential: bool = False
    callback: Callback = NO_CALLBACK


@dataclass(frozen=True, slots=True)
class Enqueue:
    name: str
    action: str = ""
    method: str = "POST"
    wait_url: str | None = None
    wait_method: str = "POST"


@dataclass(frozen=True, slots=True)
class Leave:
    pass


@dataclass(frozen=True, slots=True)
class Hangup:
    pass


@dataclass(frozen=True, slots=True)
class Redirect:
    url: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Reject:
    reason: str = "rejected"


@dataclass(frozen=True, slots=True)
class StartRecording:
    name: str = ""
    channels: int = 2
    track: str = "both"
    callback: Callback = NO_CALLBACK


@dataclass(frozen=True, slots=True)
class StopRecording:
    name: str = ""


Verb = (
    Say
    | Play
    | Pause
    | Gather
    | Record
    | Dial
    | Enqueue
    | Leave
    | Hangup
    | Redirect
    | Reject
    | StartRecording
    | StopRecording
)


@dataclass(frozen=True, slots=True)
class Warned:
    """A rule that a document breaks without stopping the call."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    verbs: tuple[Verb, ...] = ()
    warnings: tuple[Warned, ...] = field(default=())
