"""Scripted tests of a flow: what a caller does and what must come of it; run by the interpreter alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from offhook.domain.documents import Document, Gather, Play, Say
from offhook.domain.events import FlowFailed, FlowNodeReached
from offhook.domain.ids import ContactId, Instant
from offhook.domain.ivr.calendar import Calendar, Override
from offhook.domain.ivr.flow import Flow, caller_language
from offhook.domain.ivr.incident import Incident
from offhook.domain.ivr.inputs import Input, Keys, LookedUp, Returned, Spoken, Started
from offhook.domain.ivr.interpreter import Step, begin, step
from offhook.domain.ivr.node import Ended, ToNumber, ToQueue
from offhook.domain.ivr.problems import Problem
from offhook.domain.ivr.screening import Listed, Screened
from offhook.domain.ivr.world import World

MAX_TESTS, MAX_STEPS = 50, 50
FAILED = "flow_failed"
INPUTS = ("press", "say", "exit", "lookup")


@dataclass(frozen=True, slots=True)
class ScriptCaller:
    """Who calls; a customer when known. listed: on the tenant's block or allow list."""

    number: str = "+14155550100"
    name: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    known: bool = False
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """What comes back to the flow, and what must follow; the first step is the call itself and has no input.

    press: keys, "" = none in time; say: words, with the recogniser's confidence; exit: how a queue, transfer or survey
    ended; lookup: found, not_found or failed, and answer: the attributes that it found. path: the nodes reached, in
    order; says: words that must be heard;
    queue, number: where the caller is led; ends: why the flow hangs up (flow_ended, flow_failed, unavailable);
    attributes: some of what the call has learned. What is left out is not looked at.
    """

    press: str | None = None
    say: str | None = None
    confidence: float | None = None
    exit: str | None = None
    lookup: str | None = None
    answer: dict[str, str] = field(default_factory=dict)
    path: tuple[str, ...] | None = None
    says: tuple[str, ...] = ()
    queue: str | None = None
    number: str | None = None
    ends: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def given(self) -> Input | None:
        """The input; None when the step names none."""
        if self.lookup is not None:
            return LookedUp(self.lookup, self.answer)
        if self.exit is not None:
            return Returned(self.exit)
        if self.say is not None:
            return Spoken(self.say, self.confidence)
        return None if self.press is None else Keys(self.press)


@dataclass(frozen=True, slots=True)
class FlowTest:
    """One script. at: ISO 8601 ("" = the moment of the run); calendars: id to open or closed, instead of its hours.

    incident: words by language of a known incident that is posted while the script runs; {} = none is.
    """

    name: str
    steps: tuple[ScriptStep, ...]
    caller: ScriptCaller = ScriptCaller()
    called: str = "+15005550006"
    at: str = ""
    calendars: dict[str, Override] = field(default_factory=dict)
    incident: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a step did otherwise. what: the expectation's name; step counts from 0."""

    step: int
    what: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What one step did: nodes reached, words and files heard, and where the caller was led."""

    path: tuple[str, ...]
    words: tuple[str, ...]
    queue: str = ""
    number: str = ""
    ends: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class ScriptResult:
    """How one script went; without differences it passed."""

    name: str
    passed: bool
    differences: tuple[Difference, ...]
    steps: tuple[Heard, ...]


def run_test(flow: Flow, test: FlowTest, calendars: Mapping[str, Calendar], now: Instant) -> ScriptResult:
    """Walk the flow as the script says, to its end or to the first step that differs."""
    world = _world(flow, test, calendars, now)
    position, heard = begin(flow), list[Heard]()
    for n, wanted in enumerate(test.steps):
        taken = step(flow, position, wanted.given or Started(), world)
        position = taken.position
        heard.append(_heard(taken))
        found = [*_differences(n, wanted, heard[-1])]
        if heard[-1].ends and n + 1 < len(test.steps):
            found.append(Difference(n, "ends", "the call to go on", heard[-1].ends))
        if found:
            return ScriptResult(test.name, False, tuple(found), tuple(heard))
        world = _after(world, taken)
    return ScriptResult(test.name, True, (), tuple(heard))


def problems_of_tests(tests: tuple[FlowTest, ...]) -> Iterator[Problem]:
    """Scripts that cannot be run: too many, unnamed, without a step, with a step of no or of several inputs."""
    if len(tests) > MAX_TESTS:
        yield Problem("too_large", "$.tests", f"At most {MAX_TESTS} tests.")
    for n, test in enumerate(tests[:MAX_TESTS]):
        path = f"$.tests[{n}]"
        if not test.name.strip():
            yield Problem("malformed", f"{path}.name", "A test has a name.")
        if not 1 <= len(test.steps) <= MAX_STEPS:
            yield Problem("malformed", f"{path}.steps", f"1 to {MAX_STEPS} steps.")
        if test.at and _instant(test.at) is None:
            yield Problem("malformed", f"{path}.at", "A moment such as 2026-03-02T12:00:00+01:00.")
        for s, one in enumerate(test.steps[:MAX_STEPS]):
            inputs = sum(getattr(one, name) is not None for name in INPUTS)
            if inputs != min(s, 1):
                detail = "The first step is the call itself." if s == 0 else f"One of {', '.join(INPUTS)}."
                yield Problem("malformed", f"{path}.steps[{s}]", detail)


def _world(flow: Flow, test: FlowTest, calendars: Mapping[str, Calendar], now: Instant) -> World:
    switched = {name: replace(c, override=test.calendars.get(name, c.override)) for name, c in calendars.items()}
    caller = test.caller
    moment = _instant(test.at) if test.at else now
    return World(
        now=now if moment is None else moment,
        contact_id=ContactId("c_test"),
        customer_number=caller.number,
        called_number=test.called,
        language=caller_language(flow, caller.language),
        known=caller.known or bool(caller.name),
        customer_name=caller.name,
        tier=caller.tier,
        tags=caller.tags,
        calendars=switched,
        screened=Screened(caller.listed),
        incidents=(Incident("i_test", test.name, test.incident),) if test.incident else (),
    )


def _after(world: World, taken: Step) -> World:
    visit = world.visit + isinstance(taken.handover, ToQueue)
    return replace(world, visit=visit, language=taken.language or world.language)


def _heard(taken: Step) -> Heard:
    to = taken.handover
    return Heard(
        tuple(e.node_id for e in taken.events if isinstance(e, FlowNodeReached)),
        tuple(_words(taken.document)),
        to.queue if isinstance(to, ToQueue) else "",
        to.number if isinstance(to, ToNumber) else "",
        to.reason if isinstance(to, Ended) else "",
        taken.position.attributes,
        next((e.reason for e in taken.events if isinstance(e, FlowFailed)), ""),
    )


def _words(document: Document) -> Iterator[str]:
    for verb in document:
        if isinstance(verb, Gather):
            yield from _words(verb.prompts)
        elif isinstance(verb, Say):
            yield verb.text
        elif isinstance(verb, Play):
            yield verb.url


def _differences(n: int, wanted: ScriptStep, heard: Heard) -> Iterator[Difference]:
    if heard.failed and wanted.ends != FAILED:
        yield Difference(n, "ends", "the flow to go on", f"{FAILED}: {heard.failed}")
    if wanted.path is not None and wanted.path != heard.path:
        yield Difference(n, "path", " → ".join(wanted.path), " → ".join(heard.path))
    spoken = " ".join(heard.words)
    for words in wanted.says:
        if words not in spoken:
            yield Difference(n, "says", words, spoken)
    for what in ("queue", "number", "ends"):
        expected, got = getattr(wanted, what), getattr(heard, what)
        if expected is not None and expected != got:
            yield Difference(n, what, expected, got)
    for name, value in wanted.attributes.items():
        if heard.attributes.get(name, "") != value:
            yield Difference(n, f"attributes.{name}", value, heard.attributes.get(name, ""))


def _instant(text: str) -> Instant | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)
