"""What is kept of a tenant is known: a kind of item, object, stream or handle that is not listed fails here."""

import ast
import dataclasses
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import offhook
from offhook.domain.tenants import data_classes

ROOT = Path(offhook.__file__).parent
IN_A_KEY = re.compile(r"(?:tenant_prefix\([^)]*\)\}|T#\{[\w.]+\}#)([A-Z_]+)")
OF_THE_DIRECTORY = re.compile(r"\bdirectory\(\s*f?\"([A-Z_]+)")
NOT_STORED = {
    "FLOW": "a flow that is being run",
    "MEMBERSHIP": "stored as MEMBER",
    "DELIVERY": "stored in DELIVERIES",
    "STOREDRECORDING": "stored as RECORDING",
}


@cache
def sources() -> list[tuple[Path, str]]:
    return [(file, file.read_text(encoding="utf-8")) for file in ROOT.rglob("*.py")]


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


def kinds_in_keys() -> set[str]:
    return {kind for _, text in sources() for kind in IN_A_KEY.findall(text)}


def kinds_of_configuration() -> set[str]:
    """Whatever has an id and a version may be configured."""
    found = set()
    for part in ("domain", "stores"):
        for file in (ROOT / part).rglob("*.py"):
            name = ".".join(file.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
            found |= set(_configured(importlib.import_module(name)))
    return found


def _configured(module: object) -> Iterator[str]:
    for name, cls in vars(module).items():
        own = isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__
        if own and {"id", "version"} <= {f.name for f in dataclasses.fields(cls)}:
            yield name.upper()


def constants(name: str, place: int) -> set[str]:
    """The texts of module constants that a function is given at a place, such as keys.config(tenant, KIND, ...)."""
    found = set()
    for _, text in sources():
        tree = parsed(text)
        known = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == name:
                names = (a.id for a in call.args[place : place + 1] if isinstance(a, ast.Name))
                found |= {known[one] for one in names if one in known}
    return {text for text in found if isinstance(text, str)}


def test_every_kind_of_item_is_listed():
    stored = kinds_in_keys() | kinds_of_configuration() | constants("config", 1)
    assert len(stored) > 40, "the search must really find them"
    assert stored - set(NOT_STORED) - set(data_classes.ITEMS) == set()


def test_every_kind_of_handle_is_listed():
    named = {kind for _, text in sources() for kind in OF_THE_DIRECTORY.findall(text)}
    stored = named | constants("directory", 0) | constants("tenant_of", 0) | constants("register", 0)
    assert len(stored) > 5
    assert stored - set(data_classes.DIRECTORY) == set()


def test_every_bucket_and_stream_of_the_deployment_is_listed():
    text = (Path(__file__).parents[3] / "infra" / "environment.py").read_text(encoding="utf-8")
    buckets, streams = set(re.findall(r'bucket\("([\w-]+)"\)', text)), {"events"}
    assert buckets and buckets <= set(data_classes.OBJECTS)
    assert streams <= set(data_classes.STREAMS)


def test_what_an_erasure_keeps_is_not_of_the_tenants_customers():
    kept = {k for k, c in data_classes.ITEMS.items() if c.fate is data_classes.Fate.KEPT and c.personal}
    assert kept == {"AUDIT"}, "the audit names members of the tenant, by their ids"
