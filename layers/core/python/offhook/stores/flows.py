"""Flows: drafts, immutable versions, the numbers they answer, and their documents read from JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from offhook.domain.errors import NotFound, PreconditionFailed
from offhook.domain.ids import DAY, FlowId, Instant, TenantId
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.node import Node
from offhook.domain.ivr.nodes import NODE_TYPES
from offhook.domain.ivr.problems import Problem
from offhook.domain.storage import CommitConflict, Item, Items, Put, Table
from offhook.stores import keys
from offhook.stores.codec import decode, encode

if TYPE_CHECKING:
    from offhook.domain.ivr.flow_tests import FlowTest

DRAFT, VERSION = "FLOWDRAFT", "FLOWVERSION"


@dataclass(frozen=True, slots=True)
class FlowDraft:
    """The flow as it is being written. document: its JSON; published: the version that calls get, 0 = none yet.

    archived: nobody needs it any more; it is out of the lists and may be restored.
    """

    id: FlowId
    name: str
    document: str
    version: int = 1
    published: int = 0
    latest: int = 0
    archived: bool = False


@dataclass(frozen=True, slots=True)
class FlowVersion:
    """A published version; never changes. id: flow and number, which sort by number."""

    id: str
    flow_id: FlowId
    number: int
    name: str
    document: str
    published_at: Instant
    published_by: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """Calls of this caller hear this draft, as it was at that version, until then."""

    caller: str
    flow_id: FlowId
    draft_version: int
    until: Instant


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number of the tenant and the flow that answers it; trial: somebody tries a draft on it."""

    id: str
    flow_id: FlowId
    version: int = 1
    name: str = ""
    trial: Trial | None = None


def version_id(flow_id: FlowId, number: int) -> str:
    """The id of a flow's version."""
    return f"{flow_id}#{number:06d}"


@dataclass(frozen=True, slots=True)
class Flows:
    """The published versions of one tenant; drafts and numbers are in the config store."""

    items: Items
    tenant: TenantId

    def publish(self, draft: FlowDraft, at: Instant, by: str) -> FlowVersion:
        """Store the draft as the next version and lead calls to it; raises PreconditionFailed when it changed."""
        number = draft.latest + 1
        version = FlowVersion(version_id(draft.id, number), draft.id, number, draft.name, draft.document, at, by)
        after = replace(draft, version=draft.version + 1, published=number, latest=number)
        try:
            self.items.commit(
                self._put(VERSION, version.id, version, 1, 0),
                self._put(DRAFT, draft.id, after, after.version, draft.version),
            )
        except CommitConflict as conflict:
            raise PreconditionFailed("The draft changed meanwhile.", field="version") from conflict
        return version

    def version(self, flow_id: FlowId, number: int) -> FlowVersion:
        """A published version; raises NotFound."""
        item = self.items.get(keys.config(self.tenant, VERSION, version_id(flow_id, number)))
        if item is None:
            raise NotFound("This flow has no such version.")
        return decode(FlowVersion, item.body)

    def versions(self, flow_id: FlowId) -> list[FlowVersion]:
        """The latest 100 versions, newest first."""
        partition = keys.config_list(self.tenant, VERSION)
        found = self.items.query(Table.CONFIG, partition, prefix=f"{flow_id}#", limit=100, reverse=True)
        return [decode(FlowVersion, item.body) for item in found]

    def load(self, flow_id: FlowId, number: int) -> Flow:
        """The flow of a version, ready to run; a negative number is that version of the draft. Raises NotFound."""
        if number < 0:
            return self._tried(flow_id, -number)
        version = self.version(flow_id, number)
        return read_flow(flow_id, number, version.document)

    def keep_trial(self, draft: FlowDraft, now: Instant) -> None:
        """Keep the draft as it is for calls that try it; a day is longer than any of them."""
        key = keys.flow_trial(self.tenant, draft.id, draft.version)
        self.items.commit(Put(Item(key, body=encode(draft), expires_at=now + DAY)))

    def _tried(self, flow_id: FlowId, draft_version: int) -> Flow:
        item = self.items.get(keys.flow_trial(self.tenant, flow_id, draft_version))
        if item is None:
            raise NotFound("Nobody tries this draft.")
        return read_flow(flow_id, -draft_version, decode(FlowDraft, item.body).document)

    def _put(self, kind: str, entity_id: str, entity: object, version: int, expect: int) -> Put:
        return Put(Item(keys.config(self.tenant, kind, entity_id), version=version, body=encode(entity)), expect=expect)


@lru_cache(maxsize=256)
def read_flow(flow_id: FlowId, number: int, document: str) -> Flow:
    """The flow of a JSON document; what cannot be read becomes broken nodes, so this never raises."""
    return parse_flow(document, flow_id, number)[0]


def parse_flow(document: str | bytes, flow_id: FlowId, number: int = 0) -> tuple[Flow, list[Problem]]:
    """The flow, and what of its frame could not be read (nodes carry their own problems)."""
    try:
        raw = msgspec.json.decode(document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as bad:
        return Flow(flow_id, version=number), [Problem("malformed", "$", f"Not JSON: {bad}.")]
    if not isinstance(raw, Mapping):
        return Flow(flow_id, version=number), [Problem("malformed", "$", "A flow is an object.")]
    flow, problems = _flow(dict(raw), flow_id, number)
    named = LAST_AGENT in (document if isinstance(document, str) else document.decode())
    return replace(flow, names_last_agent=named), problems


def _flow(raw: dict[str, Any], flow_id: FlowId, number: int) -> tuple[Flow, list[Problem]]:
    problems = [
        Problem("unknown_field", f"$.{name}", "A flow has no such field.")
        for name in raw
        if name not in _FRAME and name != TESTS
    ]
    values: dict[str, Any] = {}
    for name, kind in _FRAME.items():
        try:
            values[name] = msgspec.convert(raw[name], kind) if name in raw else None
        except msgspec.ValidationError as bad:
            problems.append(Problem("malformed", f"$.{name}", str(bad)))
    given = {name: value for name, value in values.items() if value is not None and name not in ("nodes", "id")}
    nodes = {node_id: _node(node) for node_id, node in (values.get("nodes") or {}).items()}
    return Flow(id=flow_id, version=number, nodes=nodes, **given), problems


def parse_tests(document: str | bytes) -> "tuple[tuple[FlowTest, ...], list[Problem]]":
    """The scripted tests that a document carries, which calls never read; and what of them could not be read."""
    from offhook.domain.ivr.flow_tests import FlowTest, problems_of_tests

    try:
        raw = msgspec.json.decode(document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return (), []  # parse_flow says so
    given = raw.get(TESTS, []) if isinstance(raw, dict) else []
    try:
        tests = msgspec.convert(given, tuple[FlowTest, ...])
    except msgspec.ValidationError as bad:
        sentence, _, path = str(bad).partition(" - at `")
        return (), [Problem("malformed", f"$.{TESTS}{path.rstrip('`').removeprefix('$')}", f"{sentence}.")]
    return tests, [*_unknown(f"$.{TESTS}", given, list(tests)), *problems_of_tests(tests)]


def _unknown(path: str, raw: Any, read: Any) -> Iterator[Problem]:
    """Fields that a value was given and its class does not have, however deep."""
    if isinstance(raw, list):
        for n, (one, value) in enumerate(zip(raw, read, strict=True)):
            yield from _unknown(f"{path}[{n}]", one, value)
    elif is_dataclass(read):
        for name, value in raw.items():
            if hasattr(read, name):
                yield from _unknown(f"{path}.{name}", value, getattr(read, name))
            else:
                yield Problem("unknown_field", f"{path}.{name}", "There is no such field.")


TESTS, LAST_AGENT = "tests", "last_agent"
_FRAME: dict[str, Any] = {
    "id": str,
    "name": str,
    "languages": tuple[str, ...],
    "start": str,
    "person": str,
    "fallback_queue": str,
    "nodes": dict[str, Any],
}


def _node(raw: Any) -> Node:
    if not isinstance(raw, dict):
        return _broken("malformed", "", "A node is an object.")
    kind = raw.get("type")
    node_type = NODE_TYPES.get(kind) if isinstance(kind, str) else None
    if node_type is None:
        return _broken("unknown_type", "type", f"There is no node of type {kind!r}.")
    known = {field.name for field in fields(node_type)}  # type: ignore[arg-type]  # every node is a dataclass
    for name in raw:
        if name not in known and name not in ("type", "position", "note"):  # where the editor draws it, a remark
            return _broken("unknown_field", name, f"A {kind} has no such field.")
    return _converted(node_type, {name: value for name, value in raw.items() if name in known})


def _broken(code: str, where: str, detail: str) -> Node:
    from offhook.domain.ivr.nodes.broken import BrokenNode

    return BrokenNode(code, where, detail)


def _converted(node_type: type[Node], values: dict[str, Any]) -> Node:
    try:
        return msgspec.convert(values, node_type)
    except msgspec.ValidationError as bad:
        sentence, _, path = str(bad).partition(" - at `")
        return _broken("malformed", path.rstrip("`").removeprefix("$").removeprefix("."), f"{sentence}.")
