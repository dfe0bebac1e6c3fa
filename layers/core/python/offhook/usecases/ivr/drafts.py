"""Flow drafts: created, read, changed and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from offhook.domain.errors import InvalidInput, PreconditionFailed
from offhook.domain.ids import FlowId
from offhook.domain.ivr.audio_prompt import AudioPrompt
from offhook.domain.ivr.calendar import Calendar
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.problems import Known, KnownFlow, Problem
from offhook.domain.ivr.validator import validate
from offhook.domain.recordings.policy import Mode
from offhook.domain.routing.queues import Queue
from offhook.domain.surveys.survey import Survey
from offhook.stores.flows import FlowDraft, Flows, parse_flow, parse_tests
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.kept_flows import make

MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class FlowText:
    """A flow as a person writes it; a draft may hold anything, only publishing is strict."""

    name: str
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FlowSummary:
    """A flow without its document. published: the version that calls get, 0 = none; version: of the draft."""

    id: FlowId
    name: str
    version: int
    published: int
    latest: int
    archived: bool


@dataclass(frozen=True, slots=True)
class FlowView:
    """A draft with its document."""

    id: FlowId
    name: str
    version: int
    published: int
    latest: int
    document: Mapping[str, Any]


def create_draft(deps: Deps, text: FlowText) -> FlowDraft:
    """A new flow; nothing is published yet. Raises QuotaReached."""
    return make(deps, FlowDraft(FlowId(deps.ids.new("f")), _name(text), _document(text)))


def change_draft(deps: Deps, flow_id: FlowId, version: int, text: FlowText) -> FlowDraft:
    """The draft as the text says; version is the one that was read. Calls keep to what is published."""
    current = deps.config.get(FlowDraft, flow_id)
    if current.version != version:
        raise PreconditionFailed("The draft changed meanwhile.", field="version")
    return deps.config.change(replace(current, name=_name(text), document=_document(text)))


def summaries(deps: Deps) -> list[FlowSummary]:
    """All flows, by id."""
    return [summary(draft) for draft in deps.config.list(FlowDraft)]


def summary(draft: FlowDraft) -> FlowSummary:
    """The flow without its document."""
    return FlowSummary(draft.id, draft.name, draft.version, draft.published, draft.latest, draft.archived)


def view(draft: FlowDraft) -> FlowView:
    """The draft with its document as JSON."""
    document = msgspec.json.decode(draft.document)
    return FlowView(draft.id, draft.name, draft.version, draft.published, draft.latest, document)


def problems_of(deps: Deps, flow_id: FlowId) -> list[Problem]:
    """What keeps the draft from being published."""
    return check(deps, deps.config.get(FlowDraft, flow_id))


def check(deps: Deps, draft: FlowDraft) -> list[Problem]:
    """Problems of the frame, of its tests, then those of the flow."""
    flow, unreadable = parse_flow(draft.document, draft.id)
    return [
        *unreadable,
        *parse_tests(draft.document)[1],
        *validate(flow, replace(known_to(deps), flows=_known_flows(deps, flow))),
    ]


def known_to(deps: Deps) -> Known:
    """What the tenant has that a flow may name."""
    from offhook.domain.integrations.connector import Connector  # not for calls

    return Known(
        queues={queue.id: queue.recorded.mode is not Mode.NEVER for queue in deps.config.list(Queue)},
        calendars=frozenset(calendar.id for calendar in deps.config.list(Calendar)),
        surveys=frozenset(survey.id for survey in deps.config.list(Survey)),
        connectors=frozenset(connector.id for connector in deps.config.list(Connector)),
        prompts=frozenset(s.address for prompt in deps.config.list(AudioPrompt) for s in prompt.sounds.values()),
    )


def _known_flows(deps: Deps, flow: Flow) -> Mapping[str, KnownFlow]:
    """What is published; read only for a flow that calls others."""
    if not flow.calls:
        return {}
    flows = Flows(deps.items, deps.tenant.id)
    published = ((d.id, flows.load(d.id, d.published)) for d in deps.config.list(FlowDraft) if d.published)
    return {name: KnownFlow(one.languages, one.calls) for name, one in published}


def _name(text: FlowText) -> str:
    name = text.name.strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise InvalidInput("flow_name_length", field="$.name", most=MAX_NAME)
    return name


def _document(text: FlowText) -> str:
    return msgspec.json.encode(text.document).decode()
