"""The search for customers by name, as a client asks for it."""

from typing import Any

import pytest
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import CustomerId
from offhook.wiring.memory import MemoryWorld

from functions.customers.app import app
from tests.unit.exports.kit import deps_of
from tests.unit.web.worlds import A, asks

pytestmark = pytest.mark.usefixtures("names_as_tokens")


def found(answer: dict[str, Any]) -> list[str]:
    return [one["name"] for one in answer["data"]]


def test_an_agent_finds_customers_by_how_their_name_begins_page_by_page(world: MemoryWorld) -> None:
    for number, name in enumerate(["Grace Hopper", "grace kelly", "Ada Lovelace"]):
        deps_of(world, A).customers.create(Customer(CustomerId(f"cu_{number}"), name=name))
    first = asks(app, "GET", "/search?name=GRACE&limit=1", user="agent-of-t_a").json()
    assert found(first) == ["Grace Hopper"]
    second = asks(app, "GET", f"/search?name=GRACE&limit=1&cursor={first['next_cursor']}", user="agent-of-t_a").json()
    assert found(second) == ["grace kelly"]
    assert found(asks(app, "GET", "/search").json()) == ["Ada Lovelace", "Grace Hopper", "grace kelly"]
    assert found(asks(app, "GET", "/search?name=hopper").json()) == []


def test_a_name_that_is_too_long_is_refused_by_its_field(world: MemoryWorld) -> None:
    refused = asks(app, "GET", f"/search?name={'x' * 201}")
    assert (refused.status, refused.json()["errors"][0]["field"]) == (400, "name")
