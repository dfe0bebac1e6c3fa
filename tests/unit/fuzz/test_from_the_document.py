"""Requests drawn from the API's document: no 5xx; every 4xx is a problem, names its field and changes nothing."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tests.unit.fuzz.bench import PEOPLE, ask, base, fault
from tests.unit.fuzz.garbage import JSON_ROUTES
from tests.unit.fuzz.schemas import TEXT, body
from tests.unit.fuzz.test_json_routes import unnamed
from tests.unit.isolation.probes import Prober
from tests.unit.isolation.rows import Route
from tools import generate_openapi

DOCUMENT = generate_openapi.document()
SHARE = 9
CHANGED = "and yet something changed"
LEAVES = {
    ("routing", "POST", "/agents/me/session"): "a heartbeat of a session that did not begin; it expires by itself",
    ("tenants", "POST", "/me/second-factor"): "a wrong password is counted",
    ("tenants", "PUT", "/me/second-factor"): "a wrong password is counted",
}
"""What a refused request may leave behind, and why."""

HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "If-Match": st.sampled_from(['"1"', '"2"', "*", ""]) | TEXT.filter(lambda text: text.isprintable()),
        "Idempotency-Key": TEXT.filter(lambda text: text.isprintable()),
    },
)


def fuzz(prober: Prober, route: Route, data: DataObject) -> None:
    """One request, drawn from what the document says of the route."""
    area, method, path = route
    said = DOCUMENT["paths"][f"/v1/{area}{path}".rstrip("/")][method.lower()]
    request = base(prober, route, data.draw(st.sampled_from(PEOPLE)))
    sent: Any = None
    if "requestBody" in said:
        schema = said["requestBody"]["content"]["application/json"]["schema"]
        sent = data.draw(body(schema, DOCUMENT["components"]))
    asked = {p["name"]: data.draw(TEXT) for p in said["parameters"] if p["in"] == "query" and data.draw(st.booleans())}
    names = {name: data.draw(st.just(value) | TEXT.filter(bool)) for name, value in request.path.items()}
    headers = data.draw(HEADERS)
    prober.centre.rewind()
    raw = json.dumps(sent).encode() if sent is not None else None
    answer = ask(request, body=raw, query=asked, path=names, headers=headers)
    wrong = fault(prober, answer)
    if route in LEAVES and wrong.endswith(CHANGED):
        wrong = ""
    assert not wrong, (route, names, asked, headers, sent, wrong)
    assert not list(unnamed("the body", answer)), (route, sent, answer.body)


def settled(examples: int) -> Any:
    """No database, no clock, the same requests each time."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("route", JSON_ROUTES, ids=" ".join)
def test_requests_that_almost_fit(prober: Prober, route: Route) -> None:
    settled(SHARE)(given(st.data())(lambda data: fuzz(prober, route, data)))()
