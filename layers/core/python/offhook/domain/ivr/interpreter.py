"""The interpreter: from where a call is and what came back, to what it hears next. Pure, bounded, never raises."""

from dataclasses import dataclass, replace
from typing import TypedDict

from offhook.domain.documents import Document, HangUp, Refuse, Verb
from offhook.domain.events import Event, FlowFailed, FlowNodeReached
from offhook.domain.ids import Instant
from offhook.domain.ivr.flow import FALLBACK, GOODBYE, SORRY, Flow
from offhook.domain.ivr.inputs import Input, Started
from offhook.domain.ivr.node import FINISHED, Ended, FlowFault, Handover, Next, Node, Reply, Stay, Turn
from offhook.domain.ivr.passages import passed_with
from offhook.domain.ivr.world import World
from offhook.domain.routing.contact import FlowPosition

MAX_NODES_PER_STEP = 50
MAX_STEPS_PER_CALL = 250
MAX_DEPTH = 5  # sub-flows within each other


class _Where(TypedDict):
    at: Instant
    contact_id: str
    flow_id: str
    node_id: str


@dataclass(frozen=True, slots=True)
class Step:
    """What the call does next. language: the caller's, from here on; handover: who leads on, if not the flow."""

    document: Document
    position: FlowPosition
    events: tuple[Event, ...] = ()
    handover: Handover | None = None
    language: str = ""


def begin(flow: Flow) -> FlowPosition:
    """Where a call of this flow begins."""
    return FlowPosition(flow.id, flow.version, flow.start, subs={name: sub.version for name, sub in flow.subs.items()})


def step(flow: Flow, position: FlowPosition, given: Input, world: World) -> Step:
    """The next document. Whatever is wrong ends in spoken words: the flow's fallback queue, or an apology."""
    number = position.step if isinstance(given, Started) else position.step + 1
    walk = _Walk(flow, _turn(flow, position, world, number))
    try:
        if position.step >= MAX_STEPS_PER_CALL:
            raise FlowFault("too_many_steps")
        return walk.run(walk.first(given))
    except FlowFault as fault:
        return walk.fall_back(fault.reason)
    except Exception as fault:  # a defect of a node must not end in silence
        return walk.fall_back(f"exception_{type(fault).__name__}")


def fail(flow: Flow, position: FlowPosition, reason: str, world: World) -> Step:
    """What a call hears that cannot go on for a reason outside its flow."""
    return _Walk(flow, _turn(flow, position, world, position.step + 1)).fall_back(reason)


def again(flow: Flow, position: FlowPosition, world: World) -> Document:
    """The present document once more, for a webhook that was repeated; changes nothing."""
    walk = _Walk(flow, _turn(flow, position, world, position.step))
    try:
        return walk.run(flow.node(position.node).enter(walk.turn)).document
    except Exception:  # the same promise as step
        return walk.fall_back("again").document


def _turn(flow: Flow, position: FlowPosition, world: World, number: int) -> Turn:
    return Turn(flow.id, position.node, *flow.frame_at(position.node), position, world, number)


class _Walk:
    """One document in the making: where it is, what was said, what happened."""

    def __init__(self, flow: Flow, turn: Turn) -> None:
        self.flow = flow
        self.turn = turn
        self.came_from = turn.node_id
        self.verbs: list[Verb] = []
        self.events: list[Event] = []

    def first(self, given: Input) -> Reply:
        """What the present node makes of what came back."""
        if isinstance(given, Started):
            self.came_from = ""
            return Next(self.turn.node_id)
        return self.flow.node(self.turn.node_id).resume(self.turn, given)

    def run(self, reply: Reply) -> Step:
        """From node to node until one waits or ends the call."""
        for _ in range(MAX_NODES_PER_STEP):
            self.verbs += reply.verbs
            self.events += reply.events
            if isinstance(reply, Stay):
                return self._stay(reply)
            reply = self._move(reply)
        raise FlowFault("loop")

    def fall_back(self, reason: str) -> Step:
        """To the fallback queue if the flow names one and the call was not there before; else apologise."""
        self.events.append(FlowFailed(**self._here, reason=reason))
        tried = self.turn.position.node in (FALLBACK, SORRY) or reason == "too_many_steps"
        queueing = bool(self.flow.fallback_queue) and not tried
        self.turn = self.turn.after(Next(FALLBACK if queueing else SORRY))
        self.verbs = [self.turn.phrase("apology_queue")] if queueing else []
        reply = self.flow.node(self.turn.node_id).enter(self.turn)
        self.verbs += reply.verbs
        return self._stay(reply if isinstance(reply, Stay) else Stay(()))

    def _move(self, reply: Next) -> Reply:
        target, stack = self._target(reply)
        after = self.turn.after(replace(reply, target=target))
        language, person = self.flow.frame_at(target)
        position = replace(after.position, stack=stack)
        self.turn = replace(after, default_language=language, person=person, position=position)
        node = self.flow.node(target)
        version = self.turn.position.version
        self.events.append(FlowNodeReached(**self._here, node_type=node.type, flow_version=version))
        return node.enter(self.turn)

    def _target(self, reply: Next) -> tuple[str, tuple[str, ...]]:
        """The node's full id, and who waits for the sub-flow it is in."""
        here, stack = self.turn.node_id, self.turn.position.stack
        if reply.calls:
            return self._called(reply.calls), (*stack, here)
        if reply.returns is None:
            return (reply.target[1:], ()) if reply.target.startswith("/") else (self._full(reply.target, here), stack)
        if not stack:
            return GOODBYE, ()
        return self._full(after_return(self.flow.node(stack[-1]), reply.returns), stack[-1]), stack[:-1]

    def _called(self, name: str) -> str:
        if len(self.turn.position.stack) >= MAX_DEPTH:
            raise FlowFault("too_deep")
        if name not in self.flow.subs:
            raise FlowFault("unknown_flow")
        return f"{name}/{self.flow.subs[name].start}"

    def _full(self, target: str, here: str) -> str:
        """A node as its neighbours name it, with the sub-flow that they are in."""
        sub = self.flow.sub_at(here)
        return f"{sub}/{target}" if sub and target and not target.startswith("!") else target

    def _stay(self, reply: Stay) -> Step:
        done = isinstance(reply.handover, Ended) and reply.handover.reason == FINISHED
        passed = passed_with(self.turn.position.passed, self.came_from, self.events)
        position = replace(self.turn.position, step=self.turn.number, tries=reply.tries, done=done, passed=passed)
        verbs = _refusal_alone(tuple(self.verbs)) or (HangUp(),)
        return Step(verbs, position, tuple(self.events), reply.handover, self.turn.language)

    @property
    def _here(self) -> _Where:
        world = self.turn.world
        return {
            "at": world.now,
            "contact_id": world.contact_id,
            "flow_id": self.turn.flow_id,
            "node_id": self.turn.node_id[:64],
        }


def _refusal_alone(verbs: tuple[Verb, ...]) -> tuple[Verb, ...]:
    """A call is refused unanswered or not at all: what was to be said before answers it, so it is left out."""
    return verbs[-1:] if verbs and isinstance(verbs[-1], Refuse) else verbs


def after_return(caller: Node, result: str) -> str:
    """Where the node that called a sub-flow leads on."""
    from offhook.domain.ivr.nodes.sub_flow import SubFlowNode

    if not isinstance(caller, SubFlowNode):
        raise FlowFault("bad_return")
    return caller.after(result)
