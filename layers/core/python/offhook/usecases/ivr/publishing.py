"""Publishing: from a draft without problems to an immutable version that calls get; and back to an earlier one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from offhook.domain.errors import FlowInvalid, NotFound, PreconditionFailed
from offhook.domain.ids import FlowId, Instant
from offhook.stores.flows import FlowDraft, FlowVersion
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.drafts import check
from offhook.usecases.ivr.flow_tests import require_passed, run_tests
from offhook.usecases.ivr.situation import flows_of


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A published version without its document."""

    number: int
    name: str
    published_at: Instant
    published_by: str


@dataclass(frozen=True, slots=True)
class Published:
    """The version that new calls get."""

    number: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """A published version with its document."""

    number: int
    name: str
    published_at: Instant
    published_by: str
    document: Mapping[str, Any]


def version_view(version: FlowVersion) -> VersionView:
    """The version with its document as JSON."""
    document = msgspec.json.decode(version.document)
    return VersionView(version.number, version.name, version.published_at, version.published_by, document)


def publish(deps: Deps, flow_id: FlowId, version: int, by: str) -> FlowVersion:
    """The draft becomes the next version and answers calls from now on; version is the draft's, as it was read.

    Raises FlowInvalid naming the first problem (GET problems lists all of them), or FlowTestFailed naming the first
    step of a scripted test that went otherwise (POST tests/run tells how all of them went).
    """
    draft = _draft(deps, flow_id, version)
    problems = check(deps, draft)
    if problems:
        first = problems[0]
        detail = f"{len(problems)} problem(s), the first is {first.code}: {first.detail}"
        raise FlowInvalid(detail, field=first.path, fault=first.code)
    require_passed(run_tests(deps, draft))
    return flows_of(deps).publish(draft, deps.clock.now(), by)


def versions(deps: Deps, flow_id: FlowId) -> list[VersionSummary]:
    """The versions, newest first."""
    draft = deps.config.get(FlowDraft, flow_id)
    found = flows_of(deps).versions(draft.id)
    return [VersionSummary(v.number, v.name, v.published_at, v.published_by) for v in found]


def version(deps: Deps, flow_id: FlowId, number: str) -> FlowVersion:
    """One version, by its number as written in a path; raises NotFound."""
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        raise NotFound("This flow has no such version.")
    return flows_of(deps).version(flow_id, int(number))


def lead_to(deps: Deps, flow_id: FlowId, version: int, number: int) -> FlowDraft:
    """New calls get this version (roll back, or forward again); calls under way keep theirs."""
    draft = _draft(deps, flow_id, version)
    flows_of(deps).version(flow_id, number)
    return deps.config.change(replace(draft, published=number))


def _draft(deps: Deps, flow_id: FlowId, version: int) -> FlowDraft:
    draft = deps.config.get(FlowDraft, flow_id)
    if draft.version != version:
        raise PreconditionFailed("The draft changed meanwhile.", field="version")
    return draft
