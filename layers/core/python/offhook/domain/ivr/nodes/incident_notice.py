"""Incident notice: tell callers of the incidents that are posted now and concern them, each once a call."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.events import IncidentHeard
from offhook.domain.ivr.incident import SPOKEN_AT_ONCE, Circumstances, Incident, concerns
from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import Prompt

HEARD = "incident"  # attribute of the call: ids of what was spoken, which the desk shows


@dataclass(frozen=True, slots=True)
class IncidentNoticeNode(Node):
    """queue: where the call will wait, for incidents of a queue; "" = those of numbers and callers only."""

    type: ClassVar[str] = "incident_notice"
    queue: str = ""
    next: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Speak what is new to this caller, then go on."""
        before = tuple(filter(None, turn.position.attributes.get(HEARD, "").split(",")))
        found = [one for one in self._concerning(turn) if one.id not in before][:SPOKEN_AT_ONCE]
        if not found:
            return Next(self.next)
        words = turn.speak(tuple(Prompt(say=one.text) for one in found))
        events = tuple(
            IncidentHeard(
                at=turn.world.now, contact_id=turn.world.contact_id, flow_id=turn.flow_id, node_id=turn.node_id,
                incident_id=one.id,
            )
            for one in found
        )  # fmt: skip
        return Next(
            self.next, words, attributes={HEARD: ",".join((*before, *(one.id for one in found)))}, events=events
        )

    def ways_out(self) -> Iterator[Exit]:
        """next."""
        yield Exit("next", self.next)

    def problems(self, known: Known) -> Iterator[Problem]:
        """A queue that is named must exist."""
        if self.queue and known.queues is not None and self.queue not in known.queues:
            yield Problem("unknown_queue", "queue", f"There is no queue {self.queue!r}.")

    def _concerning(self, turn: Turn) -> Iterator[Incident]:
        world = turn.world
        call = Circumstances(world.now, self.queue, world.called_number, turn.variables)
        return (one for one in world.incidents if concerns(one, call))
