"""No request of a tenant reads, changes or learns the existence of anything of another: every route, place and role."""

import random

import pytest

from tests.unit.isolation.centre import MARKED, A, B, canary, readable
from tests.unit.isolation.probes import Prober, places
from tests.unit.isolation.rows import ROWS, Route, routes

DRAWN, SHARES = 2_400, 8
CHEAP = [route for route in sorted(ROWS) if not route[2].startswith("/reports")]  # a report's SQL takes as long as ten


def named(route: Route) -> str:
    """The route as one word of a test's name."""
    return " ".join(route)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(ROWS) == routes()


@pytest.mark.parametrize("route", sorted(ROWS), ids=named)
def test_every_part_of_a_path_is_in_its_row(route: Route) -> None:
    assert route[2] == route[2].format_map({name: f"{{{name}}}" for name in ROWS[route].path})


def test_the_other_tenant_has_every_text_marked_and_an_id_of_every_kind(prober: Prober) -> None:
    stored = " ".join(readable(row.item) for row in prober.centre.before[B].values())
    assert [where for where in MARKED if canary(B, where) not in stored] == []
    wanted = {kind for route in ROWS for _, kind in places(route)} - {"cursor", "key"}
    assert [kind for kind in sorted(wanted) if not prober.centre.foreign(kind)] == []
    assert all(prober.victims(route, "cursor") for route in ROWS if "cursor" in ROWS[route].query.values())


@pytest.mark.parametrize("route", sorted(ROWS), ids=named)
def test_what_belongs_to_another_tenant_is_answered_like_what_exists_nowhere(prober: Prober, route: Route) -> None:
    assert [fault for probe in prober.probes(route) for fault in prober.faults(probe)] == []


@pytest.mark.parametrize("share", range(SHARES))
def test_ids_of_another_tenant_in_several_places_at_once_are_answered_alike(prober: Prober, share: int) -> None:
    chance = random.Random(share)
    probes = [prober.drawn(chance, CHEAP) for _ in range(DRAWN // SHARES)]
    assert [fault for probe in probes for fault in prober.faults(probe)] == []


def test_twenty_thousand_probes_are_sent(prober: Prober) -> None:
    assert sum(1 for route in ROWS for _ in prober.probes(route)) + DRAWN >= 20_000


def test_the_matrix_is_not_vacuous(prober: Prober) -> None:
    own = [route for route in ROWS if prober.ask_as(f"owner-of-{A}", route).status < 300]
    assert len(own) > 40
