"""The carrier is told of exactly the webhooks that there are; every list answers in one envelope."""

import ast
import inspect
import re

from offhook.domain import paths
from offhook.domain.ids import ContactId, OfferId

from tests.unit.architecture.source import CORE, parsed
from tests.unit.isolation.rows import AREAS, ROWS, is_webhook
from tests.world.world import app_of

STANDING = {
    "contact": "{contact_id}",
    "offer": "{offer_id}",
    "step": "{step}",
    "visit": "{visit}",
    "number": "{number}",
    "attempt": "{attempt}",
    "pressed": "{pressed}",
}


def told() -> set[str]:
    """Every path of domain/paths, with the names of routes in place of values."""
    found = {value for name, value in vars(paths).items() if name.isupper() and str(value).startswith("/v1/")}
    for name, function in vars(paths).items():
        if inspect.isfunction(function) and function.__module__ == paths.__name__ and not name.startswith("_"):
            found.add(function(*(STANDING[argument] for argument in inspect.signature(function).parameters)))
    return found


def test_the_paths_that_the_carrier_is_told_are_the_webhooks_that_exist() -> None:
    there = {f"/v1/{area}{path}" for area, method, path in ROWS if is_webhook((area, method, path))}
    assert told() == there


def test_webhooks_are_the_routes_that_take_a_signature() -> None:
    signed = {
        (area, method, path)
        for area in AREAS
        for (path, method), permission in app_of(area).permissions.items()
        if permission is None and _is_webhook(area, path)
    }
    assert signed == {route for route in ROWS if is_webhook(route)}


def _is_webhook(area: str, path: str) -> bool:
    view = app_of(area).routes[path].get("POST")
    return (
        view is not None
        and "webhooks" in view.view_function.__code__.co_freevars + view.view_function.__code__.co_names
    )


def test_no_webhook_address_is_spelled_outside_domain_paths() -> None:
    spelled = re.compile(r"/v1/(ivr|routing|surveys)/(calls|contacts)")
    core = CORE / "offhook"
    users = [p for p in core.rglob("*.py") if p != core / "domain" / "paths.py" and spelled.search(_code(p))]
    assert users == []


def _code(path: object) -> str:
    """The file's text constants, without docstrings."""
    tree = parsed(path)  # type: ignore[arg-type]  # rglob gives paths
    docs = {id(n.body[0].value) for n in ast.walk(tree) if _documented(n)}
    constants = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs)
    return " ".join(str(n.value) for n in constants)


def _documented(node: ast.AST) -> bool:
    documented = ast.Module | ast.ClassDef | ast.FunctionDef
    return isinstance(node, documented) and bool(node.body) and ast.get_docstring(node) is not None


def test_ids_in_paths_are_kept_as_they_are() -> None:
    assert paths.offer_key(ContactId("c_1"), OfferId("o_1")) == "/v1/routing/contacts/c_1/offers/o_1/key"
