"""What a flow node is: what it does when reached and when answered, where it leads, and what it replies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from offhook.domain import paths
from offhook.domain.documents import Play, Say, Verb
from offhook.domain.events import Event
from offhook.domain.ids import QueueId
from offhook.domain.ivr.inputs import Input
from offhook.domain.ivr.phrases import phrase
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import Prompt, spoken
from offhook.domain.ivr.world import World
from offhook.domain.routing.contact import FlowPosition, Requirement


class FlowFault(Exception):
    """The flow cannot go on; reason is a stable word for the FlowFailed event."""

    def __init__(self, reason: str) -> None:
        """reason: unknown_node, unknown_type, loop ..."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ToQueue:
    """The caller is to wait for an agent."""

    queue: QueueId
    priority: int = 0
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class ToNumber:
    """The caller is connected to an outside number."""

    number: str


@dataclass(frozen=True, slots=True)
class ToSurvey:
    """The caller answers a survey; "" = the survey of the queue that handled the call."""

    survey_id: str = ""


FINISHED, FAILED, UNAVAILABLE, BLOCKED = "flow_ended", "flow_failed", "unavailable", "blocked"


@dataclass(frozen=True, slots=True)
class Ended:
    """The flow hangs up: because it is finished, failed, has nobody to connect to, or does not want the caller."""

    reason: str = FINISHED


Handover = ToQueue | ToNumber | ToSurvey | Ended


@dataclass(frozen=True, slots=True)
class Next:
    """Go on at another node, in the same document. calls: a flow, at its start; returns: to who called it."""

    target: str
    verbs: tuple[Verb, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    notice_given: bool = False
    language: str = ""
    calls: str = ""
    returns: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """The document ends here; what follows comes back to this node. tries: its failed attempts so far."""

    verbs: tuple[Verb, ...]
    tries: int = 0
    events: tuple[Event, ...] = ()
    handover: Handover | None = None


Reply = Next | Stay


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of a node: its JSON path below the node and where it leads ("" = missing)."""

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A node's view of the call while one document is made; number is that document's step."""

    flow_id: str
    node_id: str
    default_language: str
    person: str
    position: FlowPosition
    world: World
    number: int

    @property
    def language(self) -> str:
        """The caller's language."""
        return self.world.language

    @property
    def path(self) -> str:
        """Where the result of the document goes."""
        return paths.flow_step(self.world.contact_id, self.number)

    @property
    def variables(self) -> dict[str, str]:
        """What prompts and branches can name."""
        return self.world.variables(self.position.attributes)

    def speak(self, prompts: tuple[Prompt, ...]) -> tuple[Say | Play, ...]:
        """The prompts in the caller's language."""
        return spoken(prompts, self.language, self.default_language, self.variables)

    def phrase(self, name: str, **values: object) -> Say:
        """A phrase of the product in the caller's language."""
        return Say(phrase(name, self.language, **values), self.language)

    def after(self, reply: Next) -> "Turn":
        """The view of the node that the reply leads to."""
        position = replace(
            self.position,
            node=reply.target,
            tries=0,
            attributes=bounded({**self.position.attributes, **reply.attributes}),
            notice_given=self.position.notice_given or reply.notice_given,
        )
        world = replace(self.world, language=reply.language) if reply.language else self.world
        return replace(self, node_id=reply.target, position=position, world=world)


class Node:
    """One step of a flow. The kinds are frozen dataclasses whose fields are the node's JSON."""

    __slots__ = ()
    type: ClassVar[str] = ""
    waits: ClassVar[bool] = False  # the caller or another party acts here, so a loop through it is no busy loop

    def enter(self, turn: Turn) -> Reply:
        """The flow arrives, or says again what it said."""
        raise NotImplementedError

    def resume(self, turn: Turn, given: Input) -> Reply:
        """The document that this node ended was answered; a node that asked nothing says it again."""
        return self.enter(turn)

    def ways_out(self) -> Iterator[Exit]:
        """Every way out; one that must lead somewhere and does not is given with target ""."""
        return iter(())

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """Every prompt with its JSON path below the node."""
        return iter(())

    def problems(self, known: Known) -> Iterator[Problem]:
        """What is wrong with the node alone; paths are below the node."""
        return iter(())


def bounded(attributes: Mapping[str, str]) -> dict[str, str]:
    """At most 50 attributes of at most 256 characters; later ones beyond that are dropped."""
    return {name[:64]: value[:256] for name, value in list(attributes.items())[:50]}


def numbered(path: str, prompts: tuple[Prompt, ...]) -> Iterator[tuple[str, Prompt]]:
    """The prompts with their JSON paths."""
    return ((f"{path}[{n}]", prompt) for n, prompt in enumerate(prompts))
