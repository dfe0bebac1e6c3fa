"""Writes what is generated from the code into docs/ and api/: `python -m tools.generate_docs [--check]`."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter
from typing import Any

import offhook
from offhook.domain.analytics.report import STANDARD
from offhook.domain.audit.deeds import Deed
from offhook.domain.errors import OffhookError
from offhook.domain.event_codes import CODES
from offhook.domain.event_schema import ENVELOPE, PARTITIONS, event_fields, lake_columns
from offhook.domain.events import Event, catalogue
from offhook.domain.faults import SENTENCES
from offhook.domain.ivr.nodes import NODE_TYPES
from offhook.domain.metering.statement import METERS, SERVICES
from offhook.domain.metrics.dictionary import DIMENSIONS, METRICS
from offhook.domain.routing.phrases import REASONS, WAITS
from offhook.domain.tenants.permissions import Permission
from offhook.web import audit

ROOT = Path(__file__).parents[1]
NOTE = "<!-- Written by tools/generate_docs.py; edit the code instead. -->"
_COMMON = {f.name for f in fields(Event)}


def events_page() -> str:
    """The event catalogue and the lake's columns."""
    return _page(_events())


def metrics_page() -> str:
    """The metric dictionary and the standard reports."""
    return _page(_metrics())


def codes() -> str:
    """What screens have words for: events, their fields and codes, phrases, refusals, parts of flows, permissions."""
    events = {event.type: list(event_fields(event)) for event in catalogue()}
    sold = {"feature": [m.feature for m in METERS.values()], "unit": [m.unit for m in METERS.values()]}
    known = {field: sorted(set(values)) for field, values in {**CODES, **sold, "service": SERVICES}.items()}
    faults = {fault: [name for _, name, _, _ in Formatter().parse(said) if name] for fault, said in SENTENCES.items()}
    told = {"events": events, "codes": known, "reasons": REASONS, "waits": WAITS}
    refused = {"faults": faults, "problems": _problems()}
    steps = {kind: _fields_of(node) for kind, node in NODE_TYPES.items()}
    other = {"steps": steps, "audit": _audit(), "permissions": [*Permission]}
    return json.dumps({**told, **refused, **other}, indent=2, ensure_ascii=False) + "\n"


def _fields_of(node: Any) -> list[str]:
    """What a kind of step, a dataclass, is made with."""
    return [f.name for f in fields(node) if f.init]


def _audit() -> dict[str, list[str]]:
    """What an entry of the trail can tell: its actions, and the names of what it says about them."""
    deeds, names = [str(deed) for deed in Deed], {"body", "query", "bytes"}
    asked = json.loads((ROOT / "api/openapi.json").read_text(encoding="utf-8"))
    for path, methods in asked["paths"].items():
        for method, one in methods.items():
            right = one.get("x-permission")
            if right in set(Permission) and _is_audited(method.upper(), Permission(right), path):
                deeds.append(f"{method.upper()} {path}")
                names |= set(re.findall(r"{(\w+)}", path)) | set(_sent(one, asked["components"]["schemas"]))
    return {"actions": deeds, "names": sorted(names)}


def _is_audited(method: str, right: Permission, path: str) -> bool:
    return audit.changes(method, right) or audit.shows(method, right, path)


def _sent(operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        yield from schemas.get(name, content["schema"]).get("properties", {})


def _problems() -> list[str]:
    """The codes of all refusals, wherever their classes are."""
    for module in walk_packages(offhook.__path__, "offhook."):
        import_module(module.name)
    return sorted({error.code for error in _below(OffhookError)})


def _below(base: type[OffhookError]) -> Iterator[type[OffhookError]]:
    yield base
    for one in base.__subclasses__():
        if one.__module__.startswith("offhook."):
            yield from _below(one)


PAGES = {"docs/events.md": events_page, "docs/metrics.md": metrics_page, "api/codes.json": codes}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which are out of date."""
    stale = [name for name, page in PAGES.items() if not _is_current(name, page())]
    if "--check" in arguments:
        print("\n".join(f"{name} is out of date" for name in stale) or "current")
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def _is_current(name: str, content: str) -> bool:
    path = ROOT / name
    return path.exists() and path.read_text(encoding="utf-8") == content


def _page(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _events() -> Iterator[str]:
    yield from ("# Events", "", NOTE, "")
    yield "Every fact is one flat JSON record. Times ending in `_at`, and `at`, are milliseconds since 1970 UTC; names"
    yield "ending in `_s` are seconds. A field that holds its default is left out. Records arrive at least once:"
    yield "`event_id` names a fact, and those of one contact arrive in order."
    yield from ("", "## In every event", "", "| field | type |", "| --- | --- |")
    common = {name: kind for name, kind in event_fields(Event).items() if name in _COMMON}
    yield from (f"| `{name}` | {kind} |" for name, kind in [*ENVELOPE, *PARTITIONS])
    yield from (f"| `{name}` | {kind.__name__} |" for name, kind in common.items())
    for event in catalogue():
        yield from _event(event)
    yield from ("", "## Columns of the lake", "", "| column | type |", "| --- | --- |")
    yield from (f"| `{name}` | {kind} |" for name, kind in lake_columns())


def _event(event: type[Event]) -> Iterator[str]:
    yield from ("", f"## {event.type}", "", f"Version {event.version}. {_words(event)}", "")
    own = {name: kind for name, kind in event_fields(event).items() if name not in _COMMON}
    if own:
        yield from ("| field | type |", "| --- | --- |")
        yield from (f"| `{name}` | {kind.__name__} |" for name, kind in own.items())


def _words(thing: type) -> str:
    return " ".join((thing.__doc__ or "").split())


def _metrics() -> Iterator[str]:
    yield from ("# Measures", "", NOTE, "")
    yield "Each measure has one definition, as SQL over the lake and as a Python function, tested to give one figure."
    yield "An event counts in the interval of its `at`; time in a state is split exactly where an interval ends."
    yield "Days and intervals are those of the tenant's time zone. Over queue visits, in every interval and group:"
    yield "`offered` = the sum of the exits. A share or mean of nothing is empty, not 0."
    yield from ("", "| measure | unit | formula | from |", "| --- | --- | --- | --- |")
    for m in METRICS.values():
        yield f"| `{m.name}` | {m.unit} | {m.formula} | {', '.join(m.sources)} |"
    yield from ("", "## Dimensions", "", "| dimension | column |", "| --- | --- |")
    yield from (f"| `{name}` | `{column}` |" for name, column in DIMENSIONS.items())
    yield from ("", "## Standard reports", "", "| report | grain | by | measures |", "| --- | --- | --- | --- |")
    for name, shape in STANDARD.items():
        yield f"| `{name}` | {shape.grain} | {', '.join(shape.dimensions) or '-'} | {', '.join(shape.measures)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
