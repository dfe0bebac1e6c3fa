"""Any malformed request is a 4xx problem with a code, and nothing changed; a fault of the body names its field."""

from collections.abc import Iterator, Mapping

import pytest
from offhook.web.testing import Response

from tests.unit.fuzz.bench import PEOPLE, ask, base, fault
from tests.unit.fuzz.garbage import BODIES, HEADERS, JSON_ROUTES, PLACES, QUERIES, changed_bodies, encoded
from tests.unit.isolation.probes import Prober
from tests.unit.isolation.rows import ROWS, Route

WITH_BODY = [route for route in JSON_ROUTES if ROWS[route].body is not None]
WITH_PATH = [route for route in JSON_ROUTES if ROWS[route].path]
OF_THE_BODY = {"invalid_input", "flow_invalid"}


def judged(prober: Prober, what: object, answer: Response) -> Iterator[str]:
    found = fault(prober, answer)
    if found:
        yield f"{str(what)[:300]}: {found}"


@pytest.mark.parametrize("route", JSON_ROUTES, ids=" ".join)
def test_bodies_that_are_none(prober: Prober, route: Route) -> None:
    request, found = base(prober, route, PEOPLE[0]), []
    for name, body in BODIES.items():
        prober.centre.rewind()
        found += judged(prober, name, ask(request, body=body))
    assert found == []


@pytest.mark.parametrize("route", WITH_BODY, ids=" ".join)
def test_bodies_with_one_field_that_is_wrong(prober: Prober, route: Route) -> None:
    found = []
    for who in PEOPLE:
        request = base(prober, route, who)
        for path, body in changed_bodies(request.body):
            prober.centre.rewind()
            answer = ask(request, body=encoded(body))
            found += judged(prober, (path, body), answer)
            found += unnamed(path, answer)
    assert found == []


def unnamed(path: object, answer: Response) -> Iterator[str]:
    """A fault of the body that does not say where it is."""
    problem = answer.json() if answer.status == 400 else {}
    if problem.get("code") in OF_THE_BODY and not problem.get("errors"):
        yield f"{path}: {problem} names no field"


@pytest.mark.parametrize("route", JSON_ROUTES, ids=" ".join)
def test_queries_that_are_wrong(prober: Prober, route: Route) -> None:
    request, found = base(prober, route, PEOPLE[0]), []
    body = encoded(request.body) if request.body is not None else None
    for name, values in QUERIES.items():
        for value in values:
            prober.centre.rewind()
            found += judged(prober, (name, value), ask(request, body=body, query={name: value}))
    assert found == []


@pytest.mark.parametrize("route", JSON_ROUTES, ids=" ".join)
def test_headers_that_are_wrong(prober: Prober, route: Route) -> None:
    request, found = base(prober, route, PEOPLE[0]), []
    body = encoded(request.body) if request.body is not None else None
    for header in HEADERS:
        prober.centre.rewind()
        found += judged(prober, header, ask(request, body=body, headers=dict([header])))
    assert found == []


@pytest.mark.parametrize("route", WITH_PATH, ids=" ".join)
def test_paths_that_are_wrong(prober: Prober, route: Route) -> None:
    request, found = base(prober, route, PEOPLE[0]), []
    body = encoded(request.body) if request.body is not None else None
    for name in request.path:
        for value in PLACES:
            prober.centre.rewind()
            path: Mapping[str, str] = {**request.path, name: value}
            found += judged(prober, path, ask(request, body=body, path=path))
    assert found == []
