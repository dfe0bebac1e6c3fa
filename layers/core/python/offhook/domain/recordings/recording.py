"""A recording of a contact while it is made: what is asked of the carrier, what the carrier says, what was left out."""

from dataclasses import dataclass

from offhook.domain.ids import Instant

EXPECTED, LIVE, PAUSED, COPIED, STORED, DELETED = "expected", "in-progress", "paused", "copied", "stored", "deleted"
STOPPED = "stopped"
RECORDING_OVER = frozenset({STORED, "absent", "failed", DELETED})
"""Nothing more happens by itself; `copied` is ours already, but its copy at the carrier is still to be deleted."""
RUNNING = frozenset({EXPECTED, LIVE, PAUSED})


@dataclass(frozen=True, slots=True)
class Pause:
    """A part that is not in the recording. until: when it ends by itself; by, ended_by: agent, flow, automatic ..."""

    began_at: Instant
    by: str
    until: Instant
    ended_at: Instant | None = None
    ended_by: str = ""

    @property
    def lasted_s(self) -> float:
        """How long, once it is over."""
        return ((self.ended_at or self.began_at) - self.began_at) / 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What was last asked of the carrier: in-progress, paused or stopped. done: the carrier says that it is so."""

    status: str
    by: str
    at: Instant
    agent_id: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording of the contact: where it lies, how long it is.

    One that is expected has the name of what it is of for a sid, until the carrier tells its own.
    of: the room's name, or the sid of the call; retention: the class by which it is kept, "" = the tenant's rule.
    """

    sid: str
    status: str
    duration_s: int = 0
    media_key: str | None = None
    of: str = ""
    retention: str = ""
    asked: Asked | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def source(self) -> str:
        """What is recorded."""
        return self.of or self.sid

    @property
    def is_running(self) -> bool:
        """It may still take up what is said."""
        return self.status in RUNNING

    @property
    def pause(self) -> Pause | None:
        """The pause that is not over."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].ended_at is None else None
