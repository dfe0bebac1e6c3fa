"""What a call is told to do next, as values; each carrier adapter renders them in its own language.

A document is a sequence of these, executed in order; when it ends the call is hung up.
Paths are ours (paths.py); the renderer makes them absolute.
"""

from dataclasses import dataclass

from offhook.domain.ids import CallSid


@dataclass(frozen=True, slots=True)
class Say:
    """Speak text in a language (BCP 47, e.g. en-US, zh-CN)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Play:
    """Play an audio file; loop 0 = until something else happens."""

    url: str
    loop: int = 1


@dataclass(frozen=True, slots=True)
class PressKeys:
    """Send key tones: 0-9, *, #, and w for half a second's pause."""

    keys: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, in seconds."""

    seconds: int = 1


@dataclass(frozen=True, slots=True)
class Gather:
    """Collect keys while prompting; the result goes to action_path, also when nothing was pressed.

    speech_language: words are taken too, in this language ("" = keys only); hints: which ones to expect.
    """

    action_path: str
    prompts: tuple[Say | Play | Pause, ...]
    max_digits: int | None = 1
    timeout_s: int = 5
    finish_on_key: str = "#"
    speech_language: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Beep, then record what is said: until a key, silence_s without a word, or max_s.

    action_path is always asked afterwards, events_path told when the recording is ready, or absent.
    """

    action_path: str
    events_path: str
    max_s: int
    silence_s: int


@dataclass(frozen=True, slots=True)
class EnterQueue:
    """Wait in the carrier's queue of this name; wait_path is asked in a loop, exit_path when the wait ends."""

    queue: str
    wait_path: str
    exit_path: str


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """Inside a wait document: leave the queue, which leads to its exit_path."""


@dataclass(frozen=True, slots=True)
class EnterRoom:
    """Join the contact's conference room.

    ends_room: the room ends when this party leaves (the customer). ended_path: asked when this party's stay is over.
    events_path, recording_path: room and recording callbacks; the first party's count. muted: heard by nobody;
    coach: heard by that participant alone.
    """

    room: str
    label: str
    ends_room: bool
    events_path: str
    ended_path: str | None = None
    record: bool = False
    recording_path: str | None = None
    muted: bool = False
    coach: CallSid | None = None


@dataclass(frozen=True, slots=True)
class DialNumber:
    """Connect to an outside number; ended_path is asked with the result."""

    number: str
    ended_path: str
    caller_id: str
    timeout_s: int = 30


@dataclass(frozen=True, slots=True)
class GoTo:
    """Fetch the next document from a path of ours."""

    path: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Do not answer the call; it costs nothing. reason: busy or rejected."""

    reason: str = "rejected"


Verb = (
    Say
    | Play
    | PressKeys
    | Pause
    | Gather
    | Record
    | EnterQueue
    | LeaveQueue
    | EnterRoom
    | DialNumber
    | GoTo
    | HangUp
    | Refuse
)
Document = tuple[Verb, ...]
