"""A callback: what a contact that is to be called back knows of it, and what a queue says of its callbacks."""

from dataclasses import dataclass, field
from enum import StrEnum

from offhook.domain.ids import HOUR, AgentId, CallSid, Instant


class First(StrEnum):
    """Who is rung first: the agent who is free, or the customer, for whom an agent is reserved meanwhile."""

    AGENT = "agent"
    CUSTOMER = "customer"


class OnMachine(StrEnum):
    """What an answering machine gets: nothing and another attempt, or a message, after which the matter is over."""

    RETRY = "retry"
    MESSAGE = "message"


class Result(StrEnum):
    """How an attempt to reach the customer ended."""

    REACHED = "reached"
    MACHINE = "machine"
    MESSAGE_LEFT = "message_left"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CallbackPolicy:
    """A queue's callbacks.

    attempts: how often a customer is rung at most; spacing_s: between two attempts; ring_s: how long it rings;
    keep_s: given up this long after it was due; from_hour, until_hour: when customers may be rung, on their own clock
    (the queue's hours hold besides); detect: listen for answering machines first; message: words for a machine, by
    language (none = the product's).
    """

    first: First = First.AGENT
    attempts: int = 3
    spacing_s: float = 900.0
    ring_s: float = 25.0
    keep_s: float = 24 * HOUR / 1000
    from_hour: int = 8
    until_hour: int = 21
    detect: bool = True
    on_machine: OnMachine = OnMachine.RETRY
    message: dict[str, str] = field(default_factory=dict)


BY_DEFAULT = CallbackPolicy()


@dataclass(frozen=True, slots=True)
class Callback:
    """What is known of a customer who is to be called back.

    due_at: not rung before; until: given up then. asked_by: "caller", or the person or program that asked.
    attempts: begun so far. dialled_at: when the attempt under way began (None = none is), which has at most one leg.
    tried_at: when a worker last set out to place that leg. reached_at: a person answered; from then on the contact is
    a call like any other. told: the legs whose length the carrier has said.
    owner: who agreed on the time, is asked first, and is reminded at remind_at (None = not, or not any more).
    """

    first: First
    asked_at: Instant
    due_at: Instant
    until: Instant
    asked_by: str = "caller"
    attempts: int = 0
    dialled_at: Instant | None = None
    tried_at: Instant | None = None
    leg: CallSid | None = None
    reached_at: Instant | None = None
    last_result: str = ""
    told: tuple[CallSid, ...] = ()
    owner: AgentId | None = None
    remind_at: Instant | None = None

    @property
    def next_at(self) -> Instant:
        """When something is to be done about it, while it is put off."""
        return self.due_at if self.remind_at is None else min(self.remind_at, self.due_at)
