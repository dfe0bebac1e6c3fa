"""Reads the registered routes: what each takes and answers, from the types that its view names."""

import ast
import inspect
import re
import sys
import textwrap
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

import msgspec
from chalice.app import Response
from offhook.web.app import OffhookApp
from offhook.web.resources import Resource
from offhook.web.written import Written

from infra.apps import APPS

STATUS = {"ok": 200, "created": 201, "accepted": 202, "listed": 200, "no_content": 204, "answer": 200}
ASKED = re.compile(r"[?&]([a-z_]+)=")
PAGES = ("listed", "answer")
WRAPPERS = ("once", "trying")
DEEPEST = 4
View = Callable[..., Any]


@dataclass
class Operation:
    """One method of one path. body, answer: types, None = none is known; listed: the answer is a page of them."""

    area: str
    path: str
    method: str
    name: str
    summary: str
    permission: str | None
    webhook: bool
    body: Any = None
    answer: Any = None
    listed: bool = False
    status: int = 200
    tagged: bool = False
    repeatable: bool = False
    paged: bool = False
    query: tuple[str, ...] = ()
    reads_query: bool = False


@dataclass
class Reading:
    """What the source of a view and of the functions it hands its work to says."""

    app: OffhookApp
    seen: set[int] = field(default_factory=set)
    bodies: list[Any] = field(default_factory=list)
    answers: list[tuple[str, Any]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    query: set[str] = field(default_factory=set)


@cache
def operations() -> list[Operation]:
    """Every route of every app, in order of address."""
    found = []
    for area in sorted(one.area for one in APPS):
        app: OffhookApp = import_module(f"functions.{area}.app").app
        for path, methods in app.routes.items():
            found += [_operation(app, path, method, entry.view_function) for method, entry in methods.items()]
    return sorted(found, key=lambda one: (one.area, one.path, one.method))


def _operation(app: OffhookApp, path: str, method: str, registered: View) -> Operation:
    view = inspect.unwrap(registered)
    code = registered.__code__
    webhook = "webhooks" in code.co_freevars + code.co_names
    summary = " ".join((inspect.getdoc(view) or "").split())
    name = view.__name__.strip("_")
    made = Operation(app.area, path, method, name, summary, app.permissions.get((path, method)), webhook)
    resource = inspect.getclosurevars(view).nonlocals.get("self")
    if isinstance(resource, Resource | Written):
        act = view.__code__.co_names[0].strip("_")
        return _of_resource(made, resource, act) if isinstance(resource, Resource) else _of_written(made, resource, act)
    reading = Reading(app)
    _read(reading, view, 0)
    return _filled(made, reading, view)


def _of_resource(made: Operation, resource: Resource[Any], act: str) -> Operation:
    noun = resource.cls.__name__.lower()
    made.name, made.summary = f"{act}_{noun}", f"{act.title()}: {resource.cls.__doc__ or ''}".strip()
    return _acted(made, act, resource.cls, resource.cls)


def _of_written(made: Operation, written: Written[Any, Any], act: str) -> Operation:
    acts = written.acts()
    verb = getattr(getattr(acts, act, None), "__name__", act)
    made.name, made.summary = f"{verb}_{written.noun}{'s' if act == 'list' else ''}", written.words[act]
    return _acted(made, act, acts.cls, acts.text)


def _acted(made: Operation, act: str, kept: type, given: type) -> Operation:
    made.listed, made.status = act == "list", {"create": 201, "delete": 204}.get(act, 200)
    made.answer = None if act == "delete" else kept
    made.body = given if act in ("create", "change") else None
    made.tagged, made.repeatable = act == "change", act == "create"
    return made


def _filled(made: Operation, reading: Reading, view: View) -> Operation:
    made.body = reading.bodies[0] if reading.bodies else None
    made.tagged = "expected_version" in reading.words
    made.repeatable = bool({"once", "shown_once"} & reading.words)
    made.paged = "cursors" in reading.words
    made.reads_query = "query" in reading.words
    made.query = tuple(sorted((reading.query | set(ASKED.findall(made.summary))) - {"limit", "cursor"}))
    said = _hints(view).get("return")
    if said not in (None, Response, Any, type(None)) and not made.webhook:
        made.answer = said
    pages = [said for said in reading.answers if said[0] in PAGES]
    for how, answer in (pages or reading.answers)[:1]:
        made.status = STATUS[how]
        if how in PAGES:
            made.listed, made.answer = True, answer
        elif answer is not None:
            made.answer = answer
    return made


def _read(reading: Reading, function: View, depth: int) -> None:
    if id(function.__code__) in reading.seen or depth > DEEPEST:
        return
    reading.seen.add(id(function.__code__))
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return
    scope = Scope(function, tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            _read_call(reading, scope, node)
        if isinstance(node, ast.Name):
            other = scope.names.get(node.id)
            if isinstance(other, types.FunctionType) and other.__module__ == function.__module__:
                _read(reading, other, depth + 1)


def _read_call(reading: Reading, scope: "Scope", call: ast.Call) -> None:
    name = _called(call)
    reading.words.add(name)
    if name in ("body", "file_body") and len(call.args) == 1:
        kind = scope.value(call.args[0])
        if kind is not None:
            reading.bodies.append(kind)
    if name == "get" and call.args and _is_query(call.func) and isinstance(call.args[0], ast.Constant):
        reading.query.add(str(call.args[0].value))
    if name in WRAPPERS and call.args and isinstance(call.args[-1], ast.Lambda):
        kind = scope.kind(call.args[-1].body)
        if kind not in (None, Response):
            reading.answers.append(("ok", kind))
    if name in STATUS and _is_answer(call.func):
        reading.answers.append((name, scope.listed(call) if name in PAGES else scope.first(call)))


def _is_answer(func: ast.expr) -> bool:
    """Whether it is one of web/responses, or a page of cursors."""
    if isinstance(func, ast.Name):
        return func.id != "answer"
    owner = ast.unparse(func.value) if isinstance(func, ast.Attribute) else ""
    return owner == "responses" or (owner in ("cursors", "app.cursors()") and ast.unparse(func).endswith(".answer"))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_query(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and ast.unparse(func.value) in ("query", "app.query()")


class Scope:
    """What the names in a function stand for, and of what type its expressions are, as far as annotations say."""

    def __init__(self, function: View, tree: ast.AST) -> None:
        closure = inspect.getclosurevars(function)
        self.names = {**function.__globals__, **closure.nonlocals}
        self.given = _hints(function)
        self.assigned: dict[str, ast.expr] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                self._import(node.module, node.names)
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                self._assign(node.targets[0], node.value)

    def value(self, node: ast.expr) -> Any:
        """The object that an expression names, None when it cannot be known."""
        try:
            return eval(compile(ast.Expression(node), "view", "eval"), dict(self.names))  # names of our own source
        except Exception:
            return None

    def first(self, call: ast.Call) -> Any:
        """The type of the first argument."""
        return self.kind(call.args[0]) if call.args else None

    def listed(self, call: ast.Call) -> Any:
        """The type of the things in the first argument."""
        return _element(self.first(call))

    def kind(self, node: ast.expr) -> Any:
        """The type of an expression, None when it cannot be known."""
        if isinstance(node, ast.Name) and node.id in self.assigned:
            return self._assigned(node.id)
        if isinstance(node, ast.Name):
            return self.given.get(node.id)
        if isinstance(node, ast.BoolOp):
            return self.kind(node.values[-1])
        if isinstance(node, ast.ListComp):
            return self._of_list(node)
        if isinstance(node, ast.Attribute):
            return _hints(self.kind(node.value)).get(node.attr)
        if isinstance(node, ast.Subscript):
            return self._part(node)
        return self._of_call(node) if isinstance(node, ast.Call) else None

    def _of_list(self, node: ast.ListComp) -> Any:
        for made in node.generators:
            if isinstance(made.target, ast.Name):
                self.given[made.target.id] = _element(self.kind(made.iter))
        element = self.kind(node.elt)
        return None if element is None else list[element]  # type: ignore[valid-type]  # at run time

    def _part(self, node: ast.Subscript) -> Any:
        """Some of a list, or one place of a tuple."""
        if isinstance(node.slice, ast.Slice):
            return self.kind(node.value)
        parts = typing.get_args(self.kind(node.value))
        place = node.slice.value if isinstance(node.slice, ast.Constant) else None
        return parts[place] if isinstance(place, int) and place < len(parts) and Ellipsis not in parts else None

    def _assigned(self, name: str) -> Any:
        """Of what the name was given; unknown while that is being found out."""
        value = self.assigned.pop(name)
        try:
            return self.kind(value)
        finally:
            self.assigned[name] = value

    def _import(self, module: str, names: list[ast.alias]) -> None:
        for one in names:
            try:
                self.names[one.asname or one.name] = getattr(import_module(module), one.name)
            except (ImportError, AttributeError):
                continue

    def _of_call(self, call: ast.Call) -> Any:
        function, configured = self.value(call.func), self.value(call.args[0]) if call.args else None
        if isinstance(function, type):
            return function
        if (
            isinstance(call.func, ast.Attribute)
            and ".config" in ast.unparse(call.func)
            and isinstance(configured, type)
        ):
            return list[configured] if call.func.attr == "list" else configured  # type: ignore[valid-type]  # at run time
        if function is None and isinstance(call.func, ast.Attribute):
            owner = self.kind(call.func.value)
            function = getattr(owner, call.func.attr, None) if isinstance(owner, type) else None
        return _hints(function).get("return")

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.assigned[target.id] = value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for name, one in zip(target.elts, value.elts, strict=False):
                self._assign(name, one)
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Call):
            for place, name in enumerate(target.elts):
                self._assign(name, ast.Subscript(value, ast.Constant(place), ast.Load()))


def _element(kind: Any) -> Any:
    inner = typing.get_args(kind)
    return inner[0] if inner and typing.get_origin(kind) in (list, tuple, Sequence, Iterator, Iterable) else None


@cache
def _for_annotations(module: str) -> dict[str, Any]:
    """What a module imports for type checkers alone."""
    if module not in sys.modules:
        return {}
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    found: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            found.update(_imported(node.body))
    return found


def _imported(body: Sequence[ast.stmt]) -> Iterator[tuple[str, Any]]:
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module:
            module = import_module(node.module)
            for one in node.names:
                here = getattr(module, one.name, None)
                yield one.asname or one.name, here or import_module(f"{node.module}.{one.name}")


def _hints(thing: Any) -> dict[str, Any]:
    if thing is None or not (
        inspect.isroutine(thing) or is_dataclass(thing) or _is_struct(thing) or typing.is_typeddict(thing)
    ):
        return {}
    try:
        return typing.get_type_hints(thing, localns=_for_annotations(thing.__module__))
    except (NameError, TypeError, AttributeError):
        return {}


def _is_struct(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, msgspec.Struct)


def parameters(path: str) -> Iterator[str]:
    """The variable parts of a path."""
    return (part[1:-1] for part in path.split("/") if part.startswith("{"))
