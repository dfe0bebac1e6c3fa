"""An ordered endpoint: of what is about one contact the next is sent when the one before is over, whatever happens."""

import json
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from offhook.domain.integrations.delivery import Attempt, Delivery, after_attempt
from offhook.domain.integrations.requests import Answered, Outbound
from offhook.domain.storage import Write
from offhook.stores import keys
from offhook.stores.deliveries import Deliveries
from offhook.usecases.retry import again_on_conflict

from tests.unit.integrations.office import ACME, URL, Office, office
from tests.unit.integrations.test_crashes import again_when_killed, fated, published, quiet
from tests.unit.integrations.test_hostile_receivers import HOSTILE, HOUR

ANN, BEN = "c_ann", "c_ben"
EFFECTS = 130
FAILED = Answered(500)


def about(at: Office, contact: str, *versions: int) -> list[dict[str, Any]]:
    """Events of a contact, by the versions at which they happened."""
    return [at.event(event_id=f"contact:{contact}:{version}:0", contact_id=contact) for version in versions]


def heard(at: Office, contact: str, url: str = URL) -> list[int]:
    """The versions of the contact that the receiver was told of, with repetitions, in the order they came."""
    told = [json.loads(request.body) for request in at.to(url)]
    return [one["sequence"] // 1000 for one in told if one["resource"] == contact]


def in_line(at: Office) -> int:
    """Rows left in lines."""
    return len([key for key in at.aws.store.rows if "#DELIVERYLINE#" in key.pk])


def fails_for(contact: str, times: int, answer: Answered = FAILED) -> Any:
    """A receiver that fails so often for the contact, and takes everything else."""
    left = [times]

    def receive(request: Outbound) -> Answered:
        if json.loads(request.body)["resource"] == contact and left[0] > 0:
            left[0] -= 1
            return answer
        return Answered(200)

    return receive


def test_the_next_of_a_contact_waits_until_the_one_before_arrived_and_other_contacts_do_not(at: Office) -> None:
    endpoint = at.endpoint(ordered=True)
    at.answers[URL] = fails_for(ANN, 2)
    at.publish(about(at, ANN, 1, 2, 3) + about(at, BEN, 1, 2))
    at.run(60)
    assert (heard(at, ANN), heard(at, BEN)) == ([1, 1], [1, 2])
    waiting = [one for one in at.deliveries(endpoint) if one["state"] == "pending" and one["next_at"] is None]
    assert len(waiting) == 2
    at.run(600)
    assert heard(at, ANN) == [1, 1, 1, 2, 3]
    assert {one["state"] for one in at.deliveries(endpoint)} == {"delivered"}
    assert in_line(at) == 0


def test_an_endpoint_that_is_not_ordered_waits_for_nothing(at: Office) -> None:
    at.endpoint()
    at.answers[URL] = fails_for(ANN, 1)
    at.publish(about(at, ANN, 1, 2))
    at.run(2)
    assert sorted(heard(at, ANN)) == [1, 2] and in_line(at) == 0


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_given_up_holds_up_what_follows_no_longer(slower: Office, what: str) -> None:
    at = slower
    endpoint = at.endpoint(ordered=True)
    at.answers[URL] = fails_for(ANN, 10, HOSTILE[what])
    at.publish(about(at, ANN, 1, 2) + about(at, BEN, 1))
    at.run(20)
    assert (heard(at, ANN)[-1], heard(at, BEN)) == (1, [1])
    for day in range(2, 10):  # others arrive, so that the endpoint is not given up
        at.publish(about(at, BEN, day))
        at.run(24 * HOUR)
    assert heard(at, ANN) == [1] * 10 + [2]
    given_up = [one for one in at.deliveries(endpoint) if one["state"] != "delivered"]
    assert [one["state"] for one in given_up] == ["exhausted"]


def test_a_disabled_endpoint_misses_the_whole_line_and_gets_it_in_order_when_it_works_again(at: Office) -> None:
    endpoint = at.endpoint(ordered=True)
    at.answers[URL] = fails_for(ANN, 1, Answered(410))
    at.publish(about(at, ANN, 1, 2, 3, 4))
    at.run(300)
    assert {one["state"] for one in at.deliveries(endpoint)} == {"missed"} and in_line(at) == 0
    found = at.ask("GET", f"/webhooks/{endpoint['id']}")
    again = {"url": URL, "ordered": True, "enabled": True, "replay_missed": True}
    at.ask("PUT", f"/webhooks/{endpoint['id']}", json=again, headers={"If-Match": found.headers["ETag"]})
    at.answers[URL] = fails_for(ANN, 1)
    at.run(120)
    assert heard(at, ANN) == [1, 1, 1, 2, 3, 4]


def test_a_change_that_says_nothing_of_the_order_leaves_it(at: Office) -> None:
    for ordered in (True, False):
        endpoint = at.endpoint(f"{URL}/{ordered}", ordered=ordered)
        etag = at.ask("GET", f"/webhooks/{endpoint['id']}").headers["ETag"]
        body = {"url": f"{URL}/{ordered}", "description": "ours"}
        changed = at.ask("PUT", f"/webhooks/{endpoint['id']}", json=body, headers={"If-Match": etag})
        assert (changed.status, changed.json()["ordered"]) == (200, ordered)


def test_what_waits_is_still_sent_in_order_when_the_endpoint_is_ordered_no_more(at: Office) -> None:
    endpoint = at.endpoint(ordered=True)
    at.answers[URL] = fails_for(ANN, 1)
    at.publish(about(at, ANN, 1, 2))
    at.run(1)
    etag = at.ask("GET", f"/webhooks/{endpoint['id']}").headers["ETag"]
    body = {"url": URL, "ordered": False}
    assert at.ask("PUT", f"/webhooks/{endpoint['id']}", json=body, headers={"If-Match": etag}).status == 200
    at.run(120)
    assert heard(at, ANN) == [1, 1, 2]


def test_who_joins_the_line_while_its_last_one_leaves_is_not_forgotten(at: Office) -> None:
    endpoint = at.endpoint(ordered=True)
    at.aws.delivering.handler = None
    at.publish(about(at, ANN, 1))
    ((first, _),) = at.aws.delivering.sent

    def leaves(writes: Sequence[Write]) -> None:
        if any(keys.delivery_line(ACME, endpoint["id"], ANN) == key.pk for key in map(_key, writes)):
            at.aws.store.before_commit = None
            at.deliver(first)

    at.aws.store.before_commit = leaves
    at.publish(about(at, ANN, 2))
    assert heard(at, ANN) == [1]
    at.aws.delivering.handler = at.deliver
    at.run(301)
    assert heard(at, ANN) == [1, 2]


@pytest.mark.parametrize("second_first", [False, True])
def test_of_two_that_are_over_at_the_same_time_one_calls_whoever_waits_behind_them(
    at: Office, second_first: bool
) -> None:
    endpoint = at.endpoint(ordered=True)
    at.publish(about(at, ANN, 1))
    at.run(1)
    at.aws.delivering.handler = None
    at.publish(about(at, ANN, 2, 3))
    (delivered,) = (one["id"] for one in at.deliveries(endpoint) if one["state"] == "delivered")
    at.ask("POST", f"/webhooks/{endpoint['id']}/deliveries/{delivered}/replay")  # while the second is on its way
    with at.within() as (deps, _):
        log = Deliveries(deps.items, ACME)
        *both, third = sorted(log.log(endpoint["id"]), key=lambda one: one.event_id)
        leaving = both[::-1] if second_first else both

        def over(one: Delivery) -> str:
            return again_on_conflict(lambda: log.save(one, after_attempt(one, Attempt(1, 200, "", 0)), 1))

        def at_the_same_time(_: Sequence[Write]) -> None:
            at.aws.store.before_commit = None
            over(leaving[1])

        at.aws.store.before_commit = at_the_same_time
        over(leaving[0])
        assert log.get(endpoint["id"], third.id).next_at is not None
    assert in_line(at) == 1


def _key(write: Write) -> Any:
    return write.item.key if hasattr(write, "item") else write.key


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak), pytest.param(3, marks=pytest.mark.soak)])
def test_order_is_kept_by_a_receiver_that_fails_at_random_with_messages_doubled_and_lost(seed: int) -> None:
    chance = random.Random(seed)
    with office() as at:
        endpoint = at.endpoint(ordered=True)
        at.answers[URL] = lambda _: Answered(chance.choice((200, 500, 302, 0)))
        at.aws.delivering.handler = _unreliably(at, chance)
        for version in range(1, 7):
            events = [about(at, f"c_{n}", version)[0] for n in range(5)]
            at.publish(events + chance.sample(events, 2))
            at.run(chance.uniform(0, 90))
        at.answers.pop(URL)
        at.run(30 * HOUR)
        assert {one["state"] for one in at.deliveries(endpoint)} <= {"delivered", "exhausted"}
        for n in range(5):
            told = heard(at, f"c_{n}")
            assert set(told) == set(range(1, 7)) and all(a <= b for a, b in pairwise(told)), told
        assert in_line(at) == 0


def _unreliably(at: Office, chance: random.Random) -> Any:
    def handle(message: Any) -> None:
        for _ in range(chance.choice((0, 1, 1, 2))):
            at.deliver(message)

    return handle


def ordered_day(index: int) -> int:
    """Six events of two contacts, one receiver that fails at first, one death at the index-th effect; effects seen."""
    with office() as at:
        endpoint = at.endpoint(ordered=True)
        first = iter([503])
        at.answers[URL] = lambda _: Answered(next(first, 200))
        events = [*about(at, ANN, 1, 2, 3), *about(at, BEN, 1, 2, 3)]
        with fated(at, index) as fate:
            at.aws.delivering.handler = again_when_killed(at.deliver)
            for _ in range(2):
                if published(at, events):
                    break
            quiet(at, 600)
        quiet(at, 600)
        log = at.deliveries(endpoint)
        assert {one["state"] for one in log} == {"delivered"} and len(log) == len(events), index
        for contact in (ANN, BEN):
            told = heard(at, contact)
            assert set(told) == {1, 2, 3} and all(a <= b for a, b in pairwise(told)), (index, told)
        assert in_line(at) == 0
        return fate.seen


@pytest.mark.parametrize(
    "index", [n if n % 6 == 1 else pytest.param(n, marks=pytest.mark.soak) for n in range(1, EFFECTS + 1)]
)
def test_a_process_that_dies_at_any_moment_loses_nothing_and_disorders_nothing(index: int) -> None:
    ordered_day(index)


def test_the_indexes_reach_every_effect() -> None:
    assert 60 < ordered_day(0) <= EFFECTS
