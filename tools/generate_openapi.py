"""Writes api/openapi.json from the registered routes and their types: `python -m tools.generate_openapi [--check]`."""

import json
import sys
import types
import typing
from collections.abc import Callable
from dataclasses import is_dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from offhook.domain.integrations.payloads import event_types

from tools.openapi_routes import Operation, operations, parameters

FILE = Path(__file__).parents[1] / "api" / "openapi.json"
REF = "#/components/schemas/{name}"
PROBLEM = "application/problem+json"
REFUSAL = "ProblemDetails"
SERVER_SET = ("id", "version")
Json = dict[str, Any]


def document() -> Json:
    """The API as OpenAPI 3.1."""
    found, schemas = operations(), Schemas()
    for one in found:
        schemas.add(one.body, answered=False)
        schemas.add(one.answer, answered=True)
    for kind in event_types().values():
        schemas.add(kind, answered=False)  # one that was kept may be older than a field
    schemas.settle()
    paths: dict[str, Json] = {}
    for one in found:
        paths.setdefault(address(one), {})[one.method.lower()] = _operation(one, schemas)
    made = {
        "openapi": "3.1.0",
        "info": {"title": "Offhook", "version": "1", "description": "The contact centre's API: see docs/api.md."},
        "servers": [{"url": "/"}],
        "tags": [{"name": area} for area in sorted({one.area for one in found})],
        "paths": dict(sorted(paths.items())),
        "webhooks": {name: _webhook(name, kind, schemas) for name, kind in sorted(event_types().items())},
        "components": {
            "schemas": {**schemas.components, REFUSAL: _PROBLEM},
            "securitySchemes": _SECURITY,
            "responses": {"Problem": _problem("What is wrong, with a stable code.")},
            "headers": _HEADERS,
        },
    }
    plain: Json = json.loads(json.dumps(made))
    return plain


def address(one: Operation) -> str:
    """The public path."""
    return f"/v1/{one.area}{one.path}".rstrip("/")


class Schemas:
    """JSON Schema of the types that bodies and answers name.

    What is answered always has all its fields; of what is sent, those with a default may be left out. A type that is
    both has two schemas then, the second called <name>Given.
    """

    def __init__(self) -> None:
        self.kinds: dict[Any, Json] = {}
        self.components: Json = {}
        self.answers: set[Any] = set()
        self.sent: set[Any] = set()
        self.two: set[str] = set()

    def add(self, kind: Any, *, answered: bool) -> None:
        """A type that will be needed; one that has no schema is any value."""
        if kind is None:
            return
        (self.answers if answered else self.sent).add(kind)
        for one in _alternatives(kind):
            self.kinds[one] = {}

    def settle(self) -> None:
        """Make all of them, now that all are known: names that clash are told apart together."""
        possible = [kind for kind in self.kinds if _has_schema(kind)]
        made, self.components = msgspec.json.schema_components(possible, schema_hook=_anything, ref_template=REF)
        self.kinds.update(zip(possible, map(_opened, made), strict=True))
        self.components = _opened(self.components)
        if REFUSAL in self.components:
            raise ValueError(f"{REFUSAL} is the schema of refusals: another type of that name needs another one.")
        self._tell_apart()

    def answered(self, kind: Any) -> Json:
        """The schema of what is answered, {} for any value."""
        return self._of(kind)

    def given(self, kind: Any) -> Json:
        """The schema of what is sent, {} for any value."""
        schema: Json = self._renamed(self._of(kind))
        return schema

    def _of(self, kind: Any) -> Json:
        found = [self.kinds.get(one, {}) for one in _alternatives(kind)] if kind is not None else [{}]
        return found[0] if len(found) == 1 else {"anyOf": found}

    def _tell_apart(self) -> None:
        seen = self._reached([self._of(kind) for kind in self.answers])
        sent = self._reached([self._of(kind) for kind in self.sent])
        whole = {name: _whole(self.components[name]) for name in seen}
        self.two = {name for name in seen & sent if whole[name] != self.components[name]}
        while more := {name for name in (seen & sent) - self.two if _refs(self.components[name]) & self.two}:
            self.two |= more
        given = {f"{name}Given": self._renamed(self.components[name]) for name in self.two}
        for name in sent - seen:
            given[name] = self._renamed(self.components[name])
        self.components = {**self.components, **whole, **given}

    def _reached(self, schemas: list[Json]) -> set[str]:
        found: set[str] = set()
        ahead = [name for schema in schemas for name in _refs(schema)]
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead += _refs(self.components[name])
        return found

    def _renamed(self, schema: Any) -> Any:
        """With references to the schemas of what is sent."""
        if isinstance(schema, list):
            return [self._renamed(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        kept = {name: self._renamed(value) for name, value in schema.items()}
        if isinstance(kept.get("$ref"), str) and _name(kept["$ref"]) in self.two:
            kept["$ref"] += "Given"
        return kept


def _alternatives(kind: Any) -> tuple[Any, ...]:
    """The kinds of a union that has no schema as a whole; else the kind itself."""
    parts = typing.get_args(kind) if typing.get_origin(kind) in (typing.Union, types.UnionType) else ()
    return parts if parts and not _has_schema(kind) else (kind,)


def _opened(schema: Any) -> Any:
    """An object of which no field is known may have any: readers of the document take silence for none."""
    if isinstance(schema, list):
        return [_opened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    opened = {name: _opened(value) for name, value in schema.items()}
    bare = schema.get("type") == "object" and not {"properties", "additionalProperties"} & schema.keys()
    return {**opened, "additionalProperties": True} if bare else opened


def _whole(schema: Json) -> Json:
    return {**schema, "required": sorted(schema["properties"])} if schema.get("properties") else schema


def _refs(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {name for one in schema for name in _refs(one)}
    if not isinstance(schema, dict):
        return set()
    here = {_name(schema["$ref"])} if isinstance(schema.get("$ref"), str) else set()
    return here | {name for value in schema.values() for name in _refs(value)}


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _anything(kind: type) -> Json:
    """Of `object`; raises NotImplementedError for what cannot be written as JSON at all."""
    if kind is object:
        return {"description": "Any value."}
    raise NotImplementedError


def _has_schema(kind: Any) -> bool:
    try:
        msgspec.json.schema(kind, schema_hook=_anything)
    except (TypeError, NameError, ValueError, AttributeError, NotImplementedError):
        return False
    return True


def _operation(one: Operation, schemas: Schemas) -> Json:
    made: Json = {
        "operationId": f"{one.area}_{one.name}_{one.method.lower()}",
        "tags": [one.area],
        "summary": one.summary.split(". ")[0][:160],
        "description": one.summary,
        "parameters": [*_path(one), *_query(one), *_headers(one)],
        "responses": _responses(one, schemas),
        "security": [{"carrier": []}] if one.webhook else [] if one.permission is None else [{"bearer": []}],
    }
    if one.permission is not None:
        made["x-permission"] = str(one.permission)
    if one.webhook:
        made["requestBody"] = _content("application/x-www-form-urlencoded", {"type": "object"})
    elif one.body is not None:
        made["requestBody"] = _content("application/json", _body(one, schemas))
    return made


def _body(one: Operation, schemas: Schemas) -> Json:
    """What is sent; of a configured thing without what the server sets."""
    schema = schemas.given(one.body)
    fields = schema.get("$ref") and schemas.components[_name(schema["$ref"])]
    if not (fields and is_dataclass(one.body) and set(SERVER_SET) <= set(fields.get("properties", {}))):
        return schema
    kept = {name: value for name, value in fields["properties"].items() if name not in SERVER_SET}
    required = [name for name in fields.get("required", []) if name not in SERVER_SET]
    return {**fields, "title": f"{fields['title']}Text", "properties": kept, "required": required}


def _responses(one: Operation, schemas: Schemas) -> Json:
    if one.webhook:
        answer = _content("text/xml", {"type": "string"})["content"]
        return {
            "200": {"description": "What the carrier does next.", "content": answer},
            "403": _problem("Not signed."),
        }
    said: Json = {"description": HTTPStatus(one.status).phrase, "headers": _answer_headers(one)}
    if one.status != HTTPStatus.NO_CONTENT:
        schema = schemas.answered(one.answer)
        said["content"] = _content("application/json", _page(schema) if one.listed or one.paged else schema)["content"]
    return {str(one.status): said, "default": {"$ref": "#/components/responses/Problem"}}


def _page(schema: Json) -> Json:
    fields = {"data": {"type": "array", "items": schema}, "next_cursor": {"type": ["string", "null"]}}
    return {"type": "object", "properties": fields, "required": list(fields)}


def _answer_headers(one: Operation) -> Json:
    limits = [] if one.webhook else ["RateLimit", "RateLimit-Policy"]
    names = [*limits, *(["ETag"] if one.tagged else []), *(["Location"] if one.status == HTTPStatus.CREATED else [])]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _path(one: Operation) -> list[Json]:
    schema = {"type": "string", "minLength": 1, "maxLength": 255}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in parameters(one.path)]


def _query(one: Operation) -> list[Json]:
    pages = {"limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "cursor": {"type": "string"}}
    asked = {**{name: {"type": "string"} for name in one.query}, **(pages if one.paged else {})}
    return [{"name": name, "in": "query", "schema": schema} for name, schema in asked.items()]


def _headers(one: Operation) -> list[Json]:
    found = []
    if one.tagged:
        found.append({"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}})
    if one.repeatable:
        schema = {"type": "string", "minLength": 1, "maxLength": 255}
        found.append({"name": "Idempotency-Key", "in": "header", "schema": schema})
    return found


def _webhook(name: str, kind: type, schemas: Schemas) -> Json:
    said = {
        "type": {"const": name},
        "timestamp": {"type": "string", "format": "date-time"},
        "resource": {"type": "string"},
        "sequence": {"type": "integer"},
        "test": {"const": True},
        "data": schemas.given(kind),
    }
    schema = {"type": "object", "properties": said, "required": [field for field in said if field != "test"]}
    summary = " ".join((kind.__doc__ or "").split())
    body = _content("application/json", schema)
    answer = {"200": {"description": "Any 2xx: it is delivered. 410: send nothing more. Anything else: try again."}}
    operation = f"webhook_{name.replace('.', '_')}"
    return {"post": {"operationId": operation, "summary": summary, "requestBody": body, "responses": answer}}


def _content(media: str, schema: Json) -> Json:
    return {"required": True, "content": {media: {"schema": schema}}}


def _problem(text: str) -> Json:
    return {"description": text, "content": {PROBLEM: {"schema": {"$ref": REF.format(name=REFUSAL)}}}}


_PROBLEM: Json = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "params": {"type": "object"},
                    "detail": {"type": "string"},
                },
                "required": ["code", "params", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "code", "detail"],
}
_SECURITY: Json = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An access token, or an API key (cck_live_...)."},
    "carrier": {"type": "apiKey", "in": "header", "name": "X-Twilio-Signature"},
}
_HEADERS: Json = {
    "ETag": {"description": "The version; send it as If-Match.", "schema": {"type": "string"}},
    "Location": {"description": "Where the new thing is.", "schema": {"type": "string"}},
    "RateLimit": {"description": "What is left of the quota.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "The quota.", "schema": {"type": "string"}},
}


def text() -> str:
    """The file's content."""
    return json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: list[str], write: Callable[[str], object] = print) -> int:
    """Write the file, or with --check say whether it is out of date."""
    current = FILE.exists() and FILE.read_text(encoding="utf-8") == text()
    if "--check" in arguments:
        write("current" if current else "api/openapi.json is out of date: make docs")
        return 0 if current else 1
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
