"""Two processes of one function, each of which remembers configuration: no change begins from what is not so now."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from offhook.adapters.cached_items import ItemCache
from offhook.web.testing import Response
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import asks
from tests.world.world import app_of

pytestmark = pytest.mark.usefixtures("names_as_tokens")
HOURS = [[{"start": "09:00", "end": "17:00"}]] * 5 + [[]] * 2
CALENDAR = {"name": "Office", "time_zone": "UTC"}


class Processes:
    """What each remembers."""

    def __init__(self, world: MemoryWorld) -> None:
        self.world = world
        self.caches = [ItemCache(world.clock, ttl_s=3600) for _ in range(2)]

    @contextmanager
    def other(self) -> Iterator[None]:
        """Inside, the requests go to the other process."""
        self.world.cache = self.caches[1]
        yield
        self.world.cache = self.caches[0]


@pytest.fixture
def processes(world: MemoryWorld) -> Processes:
    made = Processes(world)
    world.cache = made.caches[0]
    return made


def ask(method: str, path: str, body: Any = None, version: int = 0, area: str = "ivr") -> Response:
    headers = {"If-Match": f'"{version}"'} if version else {}
    return asks(app_of(area), method, path, headers=headers, **({} if body is None else {"json": body}))


def test_what_somebody_changed_elsewhere_is_not_undone_by_a_change_of_another_part(processes: Processes) -> None:
    at = f"/calendars/{ask('POST', '/calendars', CALENDAR).json()['id']}"
    assert ask("GET", at).json()["weekly"] != HOURS
    with processes.other():
        assert ask("PUT", at, {**CALENDAR, "weekly": HOURS}, version=1).status == 200
    changed = ask("PUT", f"{at}/override", {"override": "closed"}, version=2)
    assert (changed.status, changed.json()["weekly"]) == (200, HOURS)


def test_a_draft_that_was_stored_elsewhere_is_not_outdated_here(processes: Processes) -> None:
    document = {"languages": ["en-US"], "start": "bye", "nodes": {"bye": {"type": "hang_up"}}}
    flow = {"name": "Main", "document": document}
    at = f"/flows/{ask('POST', '/flows', flow).json()['id']}"
    ask("GET", at)
    with processes.other():
        assert ask("PUT", at, {**flow, "name": "Menu"}, version=1).status == 200
    assert ask("PUT", at, {**flow, "name": "Welcome"}, version=2).status == 200


def test_a_board_that_was_changed_elsewhere_is_shown_as_it_is(processes: Processes) -> None:
    at = f"/boards/{ask('POST', '/boards', {'name': 'Hall'}, area='analytics').json()['id']}"
    ask("GET", at, area="analytics"), ask("GET", "/boards", area="analytics")
    with processes.other():
        assert ask("PUT", at, {"name": "Lobby"}, version=1, area="analytics").status == 200
    assert ask("GET", at, area="analytics").json()["name"] == "Lobby"
    assert [one["name"] for one in ask("GET", "/boards", area="analytics").json()["data"]] == ["Lobby"]


def test_who_changed_something_elsewhere_sees_it_here(processes: Processes) -> None:
    at = f"/calendars/{ask('POST', '/calendars', CALENDAR).json()['id']}"
    ask("GET", at), ask("GET", "/calendars")
    with processes.other():
        assert ask("PUT", at, {**CALENDAR, "weekly": HOURS}, version=1).status == 200
    assert ask("GET", at).json()["version"] == 2
    assert [one["version"] for one in ask("GET", "/calendars").json()["data"]] == [2]


def test_a_queue_that_was_closed_elsewhere_is_opened_here(processes: Processes) -> None:
    made = ask("POST", "/queues", {"name": "Sales"}, area="routing").json()
    at = f"/queues/{made['id']}"
    ask("GET", at, area="routing")
    with processes.other():
        assert ask("PUT", f"{at}/closing", {"closed": True}, area="routing").json()["closed"] is True
    assert ask("PUT", f"{at}/closing", {"closed": False}, area="routing").json()["closed"] is False
    with processes.other():
        processes.world.cache = None
        assert ask("GET", at, area="routing").json()["closed"] is False
