"""Where a leg's next document comes from, and what may stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from local.carrier.model.callback import NO_CALLBACK, Callback


@dataclass(frozen=True, slots=True)
class FromUrl:
    url: str
    method: str = "POST"
    params: Mapping[str, str] = field(default_factory=dict)
    kind: str = "voice"
    fallback: Callback = NO_CALLBACK


@dataclass(frozen=True, slots=True)
class FromText:
    """TwiML given with a REST request; action addresses in it must be absolute."""

    twiml: str


Source = FromUrl | FromText


class Stop(Enum):
    """Why a document leads nowhere: the call ends, or its waiting does (Leave)."""

    HANG_UP = auto()
    LEAVE = auto()


Next = Source | Stop | None


class Scope(StrEnum):
    """What kind of document is running; only CALL may do everything."""

    CALL = "call"
    QUEUE_WAIT = "queue wait"
    ROOM_WAIT = "conference wait"
    SCREEN = "number url"
    QUEUE_WHISPER = "queue url"


class DocumentFailed(Exception):
    """No usable document, even from the fallback address."""

    def __init__(self, code: int, url: str) -> None:
        super().__init__(f"{code} {url}")
        self.code = code
        self.url = url
