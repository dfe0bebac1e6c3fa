"""The estimate of a wait: what it is made of, and what always holds of it."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.ids import MINUTE, ProfileId, QueueId
from offhook.domain.routing.estimate import HALF_LIFE, Pace, Paces, estimated_wait_s, paced, spoken_minutes
from offhook.domain.routing.queues import Queue, RoutingProfile

from bench.routing_policy import Line, Scenario, Team
from bench.wait_estimate import measure

NOON = 1_760_097_600_000
BILLING, SALES = QueueId("billing"), QueueId("sales")
QUEUES = {q: Queue(q, q.title(), expected_handle_s=200.0) for q in (BILLING, SALES)}
BILLERS = RoutingProfile(ProfileId("billers"), "Billers", (BILLING,))
BOTH = RoutingProfile(ProfileId("both"), "Both", (BILLING, SALES))
PROFILES = {p.id: p for p in (BILLERS, BOTH)}
PACES = st.builds(
    Pace,
    at=st.just(NOON),
    handled=st.floats(0, 500),
    handled_s=st.floats(0, 100_000),
    waited_s=st.floats(0, 100_000),
    gave_up=st.floats(0, 200),
)


def estimate(position: int | None, paces: Paces) -> float | None:
    return estimated_wait_s(position, QUEUES[BILLING], paces, QUEUES, PROFILES)


def handled(at: int, spent_s: float) -> dict[str, object]:
    return {
        "type": "handling_ended", "at": at, "queue_id": "billing", "talk_s": spent_s, "hold_s": 0.0, "wrap_up_s": 0.0,
    }  # fmt: skip


def left(at: int, exit_: str, waited_s: float) -> dict[str, object]:
    return {"type": "queue_visit_ended", "at": at, "queue_id": "billing", "exit": exit_, "waited_s": waited_s}


@given(PACES, PACES, st.integers(0, 40), st.integers(0, 40))
def test_a_later_place_never_waits_less(billing: Pace, sales: Pace, billers: int, both: int):
    paces = Paces({"billers": billers, "both": both}, {"billing": billing, "sales": sales})
    estimates = [estimate(position, paces) for position in range(1, 51)]
    if billers + both == 0:
        assert set(estimates) == {None}
    else:
        assert all(a is not None and b is not None and 0 < a < b for a, b in pairwise(estimates))


def test_nothing_is_estimated_of_an_unknown_place_or_when_nobody_works():
    assert estimate(None, Paces({"billers": 3})) is None
    assert estimate(1, Paces()) is None
    assert estimate(1, Paces({"strangers": 4})) is None


def test_before_anything_was_handled_the_configured_time_is_assumed():
    assert estimate(1, Paces({"billers": 2})) == pytest.approx(100)
    assert estimate(3, Paces({"billers": 2})) == pytest.approx(300)


def test_recent_handling_counts_more_than_old():
    slow_then_fast = paced(paced({}, handled(NOON, 600)), handled(NOON + 2 * HALF_LIFE, 100))
    pace = slow_then_fast["billing"]
    assert pace.handled_s / pace.handled == pytest.approx((600 / 4 + 100) / 1.25)


def test_agents_of_several_queues_count_by_the_share_of_the_work():
    quiet = Paces({"both": 4}, {"billing": Pace(NOON, 30, 6000), "sales": Pace(NOON, 0, 0)})
    even = Paces({"both": 4}, {"billing": Pace(NOON, 30, 6000), "sales": Pace(NOON, 30, 6000)})
    assert estimate(1, even) == pytest.approx(200 / 2)
    assert 50 < estimate(1, quiet) < 60


def test_callers_who_give_up_shorten_the_wait_of_those_behind_them():
    patient = Paces({"billers": 2}, {"billing": Pace(NOON, 0, 0, 6000, 0)})
    hasty = Paces({"billers": 2}, {"billing": Pace(NOON, 0, 0, 6000, 60)})
    assert estimate(1, hasty) == estimate(1, patient)
    assert estimate(10, hasty) < 0.6 * estimate(10, patient)


@given(st.integers(0, 999))
def test_the_order_in_which_events_arrive_changes_nothing_that_is_heard(seed: int):
    chance = Random(seed)
    told = [handled(NOON + chance.randint(0, 90) * MINUTE, chance.uniform(10, 900)) for _ in range(8)]
    exits = ("answered", "abandoned")
    told += [left(NOON + chance.randint(0, 90) * MINUTE, chance.choice(exits), 40.0) for _ in range(4)]
    shuffled = told.copy()
    chance.shuffle(shuffled)
    in_order, mixed = {}, {}
    for one, other in zip(told, shuffled, strict=True):
        in_order, mixed = paced(in_order, one), paced(mixed, other)
    paces = [Paces({"billers": 3}, queues) for queues in (in_order, mixed)]
    assert estimate(7, paces[0]) == pytest.approx(estimate(7, paces[1]), rel=1e-2)


def test_minutes_are_spoken_no_finer_than_they_are_known():
    heard = {seconds: spoken_minutes(seconds) for seconds in (70, 170, 9.4 * 60, 11 * 60, 18 * 60, 44 * 60, 58 * 60)}
    assert list(heard.values()) == [1, 3, 9, 10, 20, 40, 60]


def test_a_queue_that_only_some_serve_has_its_share_of_them():
    """Sales does half of the work and only twelve of eighteen serve it: nine, of whom three are left for billing."""
    paces = Paces({"billers": 6, "both": 12}, {q: Pace(NOON, 30, 6000) for q in ("billing", "sales")})
    sales = estimated_wait_s(1, QUEUES[SALES], paces, QUEUES, PROFILES)
    assert sales == pytest.approx(200 / 9, rel=0.05)
    assert estimate(1, paces) == pytest.approx(200 / 9, rel=0.05)


def test_over_simulated_hours_the_estimate_is_near_the_wait():
    """A small twin of bench/wait_estimate.py."""
    lines = (Line(0.5, 200.0, 300.0), Line(0.5, 400.0, 500.0))
    for line in measure(Scenario("twin", lines, (Team(10, (0,)), Team(16, (0, 1))), 1.1, 3.0), days=2):
        assert line["told"] > 200
        assert line["median_to_mean_wait"] < 0.5, line
        assert abs(line["bias_s"]) < 0.35 * line["mean_wait_s"], line
