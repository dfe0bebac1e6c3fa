"""Ways that calls take through a flow: counted on each call from its events, and summed by version when it ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from offhook.domain.events import Event, FlowFailed, FlowNodeReached, KeyPressed

MOVED, KEYED, SPOKEN, MISSED = ">", "=", "~", "!"
MOST = 200  # ways that are counted of one call; a call has at most 250 steps
Counts = Mapping[str, int]


def passed_with(passed: Counts, came_from: str, events: Iterable[Event]) -> dict[str, int]:
    """The counts with what happened now. came_from: the node where the call was, "" when it begins.

    Each is a sign, a node and a tab: >a<tab>b came from a to b, =a<tab>1 pressed 1 at a, ~a<tab>1 said it,
    !a<tab>timeout answered nothing useful or failed.
    """
    counts, at = dict(passed), came_from
    for event in events:
        way = _way(event, at)
        if way and (way in counts or len(counts) < MOST):
            counts[way] = counts.get(way, 0) + 1
        at = event.node_id if isinstance(event, FlowNodeReached) else at
    return counts


def last_choice(passed: Counts) -> tuple[str, str] | None:
    """The menu at which a choice was made last, and its keys; what was collected, such as a number, is none."""
    made = [way[1:].partition("\t") for way in passed if way[:1] in (KEYED, SPOKEN)]
    choices = [(node, keys) for node, _, keys in made if keys != "collected"]
    return choices[-1] if choices else None


def added(sums: Counts, passed: Counts) -> dict[str, int]:
    """The sums with those of one more call."""
    return {way: sums.get(way, 0) + passed.get(way, 0) for way in {**sums, **passed}}


@dataclass(frozen=True, slots=True)
class NodeStatistics:
    """A node of a version. entered: times a call came here; exits: where to from here; left: calls that ended here.

    keys, spoken: choices by key and by word; missed: invalid, timeout, unsure, failed.
    """

    node: str
    entered: int
    left: int
    exits: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    spoken: dict[str, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)


def statistics(sums: Counts) -> list[NodeStatistics]:
    """The sums by node, in the order of their names."""
    parts: dict[str, dict[str, dict[str, int]]] = {}
    entered: dict[str, int] = {}
    for way, count in sums.items():
        node, _, what = way[1:].partition("\t")
        parts.setdefault(node, {}).setdefault(way[:1], {})[what] = count
        if way[:1] == MOVED:
            entered[what] = entered.get(what, 0) + count
    return [_node(name, entered.get(name, 0), parts.get(name, {})) for name in sorted({*parts, *entered} - {""})]


def _node(name: str, entered: int, parts: Mapping[str, dict[str, int]]) -> NodeStatistics:
    exits = parts.get(MOVED, {})
    left = max(entered - sum(exits.values()), 0)
    return NodeStatistics(
        name, entered, left, exits, parts.get(KEYED, {}), parts.get(SPOKEN, {}), parts.get(MISSED, {})
    )


def _way(event: Event, at: str) -> str:
    match event:
        case FlowNodeReached():
            return f"{MOVED}{at}\t{event.node_id}"
        case KeyPressed(outcome="matched"):
            return f"{SPOKEN if event.spoken else KEYED}{event.node_id}\t{event.keys}"
        case KeyPressed():
            return f"{KEYED if event.outcome == 'collected' else MISSED}{event.node_id}\t{event.outcome}"
        case FlowFailed():
            return f"{MISSED}{event.node_id}\tfailed"
        case _:
            return ""
