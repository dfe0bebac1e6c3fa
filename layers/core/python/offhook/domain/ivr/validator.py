"""The validator: everything that keeps a flow from being published, each with a code and a JSON path."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from offhook.domain.ivr.audio_prompt import SCHEME, place_of
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.interpreter import MAX_DEPTH
from offhook.domain.ivr.node import Node
from offhook.domain.ivr.nodes.broken import BrokenNode
from offhook.domain.ivr.nodes.menu import PERSON_KEY, MenuNode
from offhook.domain.ivr.nodes.notice import NoticeNode
from offhook.domain.ivr.nodes.queue import QueueNode
from offhook.domain.ivr.nodes.set import SetNode
from offhook.domain.ivr.nodes.sub_flow import SubFlowNode
from offhook.domain.ivr.problems import Known, KnownFlow, Problem
from offhook.domain.ivr.prompts import Prompt

MAX_NODES = 500
MAX_WORDS = 1500
NOTHING_KNOWN = Known()


def validate(flow: Flow, known: Known = NOTHING_KNOWN) -> list[Problem]:
    """All problems, in document order; an empty list means that the flow can be published."""
    checks: tuple[Callable[[Flow, Known], Iterable[Problem]], ...] = (
        _document, _nodes, _targets, _unreachable, _busy_loops, _endless, _recorded_unannounced, _sub_flows,
    )  # fmt: skip
    return [problem for check in checks for problem in check(flow, known)]


def edges(flow: Flow, node_id: str) -> list[str]:
    """The nodes that a node leads to, 0 for a person included."""
    node = flow.nodes[node_id]
    targets = [way.target for way in node.ways_out()]
    if isinstance(node, MenuNode) and PERSON_KEY not in node.choices:
        targets.append(flow.person)
    return [target for target in targets if target in flow.nodes]


def _document(flow: Flow, known: Known) -> Iterator[Problem]:
    if not flow.nodes or flow.start not in flow.nodes:
        yield Problem("missing_start", "$.start", "The flow must begin at one of its nodes.")
    if flow.person and flow.person not in flow.nodes:
        yield Problem("unknown_node", "$.person", f"There is no node {flow.person!r}.")
    if not flow.languages:
        yield Problem("missing_language", "$.languages", "Name at least one language.")
    if len(flow.nodes) > MAX_NODES:
        yield Problem("too_large", "$.nodes", f"At most {MAX_NODES} nodes.")
    if flow.fallback_queue and known.queues is not None and flow.fallback_queue not in known.queues:
        yield Problem("unknown_queue", "$.fallback_queue", f"There is no queue {flow.fallback_queue!r}.")


def _nodes(flow: Flow, known: Known) -> Iterator[Problem]:
    for node_id, node in flow.nodes.items():
        for problem in node.problems(known):
            yield Problem(problem.code, _below(node_id, problem.path), problem.detail)
        for path, prompt in node.prompts():
            yield from _prompt(flow, known, _below(node_id, path), prompt)
        if isinstance(node, MenuNode):
            yield from _speech(flow, node_id, node)
        if isinstance(node, SetNode) and node.language and node.language not in flow.languages:
            yield Problem("missing_language", _below(node_id, "language"), f"The flow does not speak {node.language}.")


def _speech(flow: Flow, node_id: str, node: MenuNode) -> Iterator[Problem]:
    for key, variants in node.speech.items():
        for language in flow.languages:
            if not variants.get(language):
                path = _below(node_id, f"speech.{key}.{language}")
                yield Problem("missing_language", path, f"There is no phrase in {language}.")


def _prompt(flow: Flow, known: Known, path: str, prompt: Prompt) -> Iterator[Problem]:
    if not prompt.variants or (prompt.say and prompt.play):
        yield Problem("empty_prompt", path, "A prompt is either words or audio.")
        return
    for language in flow.languages:
        if not prompt.variants.get(language, "").strip():
            yield Problem("missing_language", f"{path}.{language}", f"There is no variant in {language}.")
    for language, content in prompt.variants.items():
        if len(content) > MAX_WORDS:
            yield Problem("too_large", f"{path}.{language}", f"At most {MAX_WORDS} characters.")
        if prompt.play and not content.startswith(("https://", "http://", "/", SCHEME)):
            yield Problem("bad_address", f"{path}.{language}", "An https address or a path beginning with /.")
        if prompt.play and place_of(content) and known.prompts is not None and content not in known.prompts:
            yield Problem("unknown_prompt", f"{path}.{language}", "It was replaced or removed: choose again.")


def _targets(flow: Flow, known: Known) -> Iterator[Problem]:
    for node_id, node in flow.nodes.items():
        for way in node.ways_out():
            path = _below(node_id, way.path)
            if not way.target:
                code = "dead_end" if way.path == "next" else "missing_exit"
                yield Problem(code, path, "The call cannot go on from here.")
            elif way.target not in flow.nodes:
                yield Problem("unknown_node", path, f"There is no node {way.target!r}.")


def _unreachable(flow: Flow, known: Known) -> Iterator[Problem]:
    reached = _reach(flow, lambda node: True)
    for node_id in flow.nodes:
        if node_id not in reached and flow.start in flow.nodes:
            yield Problem("unreachable", _below(node_id), "No call ever comes here.")


def _busy_loops(flow: Flow, known: Known) -> Iterator[Problem]:
    """Cycles of nodes where nobody is waited for: strip nodes without such a successor until nothing changes."""
    left = {node_id for node_id, node in flow.nodes.items() if not node.waits}
    while leaves := {n for n in left if not any(target in left for target in edges(flow, n))}:
        left -= leaves
    for node_id in flow.nodes:
        if node_id in left and _returns(flow, node_id, left):
            yield Problem("loop_without_input", _below(node_id), "The call goes round without waiting for anybody.")


def _returns(flow: Flow, start: str, within: set[str]) -> bool:
    seen: set[str] = set()
    stack = [t for t in edges(flow, start) if t in within]
    while stack:
        node_id = stack.pop()
        if node_id == start:
            return True
        if node_id not in seen:
            seen.add(node_id)
            stack += [t for t in edges(flow, node_id) if t in within]
    return False


def _endless(flow: Flow, known: Known) -> Iterator[Problem]:
    """Nodes from which no end of the call can be reached; missing or unknown exits are reported on their own."""
    ending = {n for n, node in flow.nodes.items() if isinstance(node, BrokenNode) or not _leads_on(flow, node)}
    grown = True
    while grown:
        more = {n for n in flow.nodes if n not in ending and any(t in ending for t in edges(flow, n))}
        ending |= more
        grown = bool(more)
    for node_id in flow.nodes:
        if node_id not in ending:
            yield Problem("no_end", _below(node_id), "From here the flow never ends the call.")


def _leads_on(flow: Flow, node: Node) -> bool:
    ways = list(node.ways_out())
    return bool(ways) and all(way.target in flow.nodes for way in ways)


def _recorded_unannounced(flow: Flow, known: Known) -> Iterator[Problem]:
    unannounced = _reach(flow, lambda node: not isinstance(node, NoticeNode))
    for node_id, node in flow.nodes.items():
        if isinstance(node, QueueNode) and node_id in unannounced and known.records(node.queue):
            yield Problem(
                "recording_without_notice",
                _below(node_id),
                "A call can come here without having heard that it is recorded.",
            )


def _sub_flows(flow: Flow, known: Known) -> Iterator[Problem]:
    """Flows that call each other in a circle or too deeply, or that do not speak what this one speaks."""
    for node_id, node in flow.nodes.items():
        called = known.flows.get(node.flow) if isinstance(node, SubFlowNode) and known.flows else None
        if called is None or not isinstance(node, SubFlowNode):
            continue
        depth = _depth(node.flow, known.flows or {}, (flow.id,))
        if depth is None:
            yield Problem("flow_cycle", _below(node_id, "flow"), "This flow leads back to one that it is called from.")
        elif depth > MAX_DEPTH:
            yield Problem("too_deep", _below(node_id, "flow"), f"At most {MAX_DEPTH} flows within each other.")
        for language in flow.languages:
            if language not in called.languages:
                yield Problem("missing_language", _below(node_id, "flow"), f"That flow does not speak {language}.")


def _depth(name: str, flows: Mapping[str, KnownFlow], above: tuple[str, ...]) -> int | None:
    """How many flows are within each other from here; None when they go round."""
    if name in above:
        return None
    if len(above) > MAX_DEPTH + 1:
        return len(above)
    inner = [_depth(one, flows, (*above, name)) for one in sorted(flows[name].calls) if one in flows or one in above]
    return None if None in inner else 1 + max((one for one in inner if one), default=0)


def _reach(flow: Flow, passes: Callable[[Node], bool]) -> set[str]:
    """The nodes reached from the start; a node that does not pass is reached but not left."""
    reached: set[str] = set()
    stack = [flow.start] if flow.start in flow.nodes else []
    while stack:
        node_id = stack.pop()
        if node_id not in reached:
            reached.add(node_id)
            stack += edges(flow, node_id) if passes(flow.nodes[node_id]) else []
    return reached


def _below(node_id: str, path: str = "") -> str:
    return f"$.nodes.{node_id}" + (f".{path}" if path else "")
