"""The budgets of the reference call that are reached stay reached; what they count is told in docs/performance.md."""

import pytest

from bench.reference_call import Played, play

WEBHOOKS, WRITE_UNITS, TO_ACCEPTED = 14, 48, 20
TRIPS, TRIPS_OF_A_FIRST_WAIT = 4, 7


@pytest.fixture(scope="module")
def queued() -> Played:
    """The caller waits for the agent."""
    return play(4, ready=False)


def test_the_carrier_asks_at_most_fourteen_times(queued: Played) -> None:
    assert queued.webhooks() <= WEBHOOKS, [s.what for s in queued.steps if s.is_webhook]


def test_a_call_writes_at_most_forty_eight_units(queued: Played) -> None:
    assert queued.total()[0] <= WRITE_UNITS, [(s.what, s.wru) for s in queued.steps]


def test_a_webhook_makes_few_requests_and_only_the_claim_asks_the_carrier(queued: Played) -> None:
    for step in (s for s in queued.steps if s.is_webhook):
        assert step.trips <= (TRIPS_OF_A_FIRST_WAIT if step.what.endswith("/wait") else TRIPS), step
        assert step.rest_calls <= (1 if step.what.endswith("/key") else 0), step


def test_from_waiting_to_accepted_takes_few_units() -> None:
    assert sum(play(4, ready=True).to_accepted) <= TO_ACCEPTED
