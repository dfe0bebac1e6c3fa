"""Queue: wait for an agent; leave by a named exit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from offhook.domain import paths
from offhook.domain.documents import EnterQueue, HangUp
from offhook.domain.ids import QueueId
from offhook.domain.ivr.inputs import Input, Returned
from offhook.domain.ivr.node import Ended, Exit, Next, Node, Reply, Stay, ToQueue, Turn, numbered
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import Prompt, Prompts
from offhook.domain.routing.contact import OverflowReason, Requirement

CONNECTED, FAILED, OVERFLOW, CALLBACK, VOICEMAIL = (
    "connected", "failed", "overflow", "callback", "voicemail",
)  # fmt: skip
EXITS = frozenset({CONNECTED, FAILED, OVERFLOW, CALLBACK, VOICEMAIL, *(str(reason) for reason in OverflowReason)})
PRIORITY_LIMIT = 900  # above are contacts that come back to the front of a queue


@dataclass(frozen=True, slots=True)
class QueueNode(Node):
    """exits: connected (the conversation is over), failed, each overflow reason, and `overflow` for the rest of them.

    priority: 0-900, higher first; priority_by_tier overrides it; requirements replace the queue's own (none = queue's);
    comfort is spoken in turn while waiting (none = the product's words); leave_key leads out by `key_pressed`.
    callback_key: the caller is called back on their own number and keeps the place; callback_other_key: on a number
    that they enter. The call then goes on by `callback`, or ends with a word of promise when there is no such exit.
    voicemail_key leads out by `voicemail`.
    """

    type: ClassVar[str] = "queue"
    waits: ClassVar[bool] = True
    queue: str = ""
    exits: dict[str, str] = field(default_factory=dict)
    priority: int = 0
    priority_by_tier: dict[str, int] = field(default_factory=dict)
    requirements: tuple[Requirement, ...] = ()
    before: Prompts = ()
    comfort: Prompts = ()
    say_position: bool = True
    say_wait: bool = True
    leave_key: str = ""
    callback_key: str = ""
    callback_other_key: str = ""
    voicemail_key: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Wait."""
        contact, visit = turn.world.contact_id, turn.world.visit
        wait = EnterQueue(self.queue, paths.wait(contact, visit), paths.queue_exit(contact, visit))
        return Stay((*turn.speak(self.before), wait), handover=self._handover(turn))

    def resume(self, turn: Turn, given: Input) -> Reply:
        """The wait is over: leave by its reason."""
        reason = given.exit if isinstance(given, Returned) else FAILED
        if reason == CALLBACK and CALLBACK not in self.exits:
            return Stay((turn.phrase("callback_promised"), HangUp()), handover=Ended())
        return Next(self.exit_for(reason), attributes={"queue_exit": reason})

    def exit_for(self, reason: str) -> str:
        """Where a reason leads; overflow reasons without an exit of their own share `overflow`."""
        shared = self.exits.get(OVERFLOW, "") if reason not in (CONNECTED, FAILED, CALLBACK, VOICEMAIL) else ""
        return self.exits.get(reason) or shared

    def ways_out(self) -> Iterator[Exit]:
        """Every reason that can happen."""
        for reason in self._reasons():
            if reason in self.exits or not self.exit_for(reason):
                yield Exit(f"exits.{reason}", self.exit_for(reason))
        if self.voicemail_key or VOICEMAIL in self.exits:
            yield Exit(f"exits.{VOICEMAIL}", self.exits.get(VOICEMAIL, ""))
        if CALLBACK in self.exits:
            yield Exit(f"exits.{CALLBACK}", self.exits[CALLBACK])
        if OVERFLOW in self.exits:
            yield Exit(f"exits.{OVERFLOW}", self.exits[OVERFLOW])

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """What is said before and while waiting."""
        yield from numbered("before", self.before)
        yield from numbered("comfort", self.comfort)

    def problems(self, known: Known) -> Iterator[Problem]:
        """Unknown queue or exits, a priority out of range, a key that is none."""
        if not self.queue or (known.queues is not None and self.queue not in known.queues):
            yield Problem("unknown_queue", "queue", f"There is no queue {self.queue!r}.")
        for name in self.exits:
            if name not in EXITS:
                yield Problem("unknown_exit", f"exits.{name}", "A queue has no such exit.")
        tiers = {f"priority_by_tier.{tier}": priority for tier, priority in self.priority_by_tier.items()}
        for path, value in {"priority": self.priority, **tiers}.items():
            if not 0 <= value <= PRIORITY_LIMIT:
                yield Problem("out_of_range", path, f"Between 0 and {PRIORITY_LIMIT}.")
        yield from self._key_problems()

    def _key_problems(self) -> Iterator[Problem]:
        names = ("leave_key", "callback_key", "callback_other_key", "voicemail_key")
        keys = {name: getattr(self, name) for name in names}
        for name, key in keys.items():
            if key and key not in set("0123456789*#"):
                yield Problem("key_conflict", name, "One of 0-9 * #.")
            elif key and list(keys.values()).count(key) > 1:
                yield Problem("key_conflict", name, f"{key} has another meaning here, too.")

    def _handover(self, turn: Turn) -> ToQueue:
        priority = self.priority_by_tier.get(turn.world.tier, self.priority)
        return ToQueue(QueueId(self.queue), min(max(priority, 0), PRIORITY_LIMIT), self.requirements)

    def _reasons(self) -> Iterator[str]:
        yield CONNECTED
        yield FAILED
        for reason in OverflowReason:
            if reason is not OverflowReason.KEY_PRESSED or self.leave_key:
                yield str(reason)
