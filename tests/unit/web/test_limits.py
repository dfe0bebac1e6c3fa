"""How fast the API may be used: each tenant as its plan says, strangers by address; webhooks not at all."""

from typing import Any

import pytest
from offhook import wiring
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.tenants.plans import limits_of
from offhook.domain.tenants.rates import Rate
from offhook.stores.buckets import Bucket, PreBucket, of_stranger
from offhook.web import limits
from offhook.web.app import OffhookApp
from offhook.web.testing import event_for
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import A, B, asks, carrier_asks, sample_app

QUOTA = 60  # instead of the plan's, which is tested by itself: fewer requests show the same
REAL_RATE_OF = limits.rate_of


@pytest.fixture(autouse=True)
def limited(world: MemoryWorld, names_as_tokens: None, monkeypatch: pytest.MonkeyPatch) -> None:
    world.limited = True
    monkeypatch.setattr(limits, "rate_of", lambda tenant: Rate("tenant", QUOTA, 60, chunk=QUOTA // limits.CHUNKS))


@pytest.fixture
def app() -> OffhookApp:
    return sample_app()


def clock(world: MemoryWorld) -> FrozenClock:
    assert isinstance(world.clock, FrozenClock)
    return world.clock


def from_address(app: OffhookApp, address: str, **headers: str) -> dict[str, Any]:
    event = event_for(app, "GET", "/health", None, headers)
    event["requestContext"]["identity"] = {"sourceIp": address}
    return app(event, None)


def statuses(app: OffhookApp, times: int, user: str = "owner-of-t_a") -> list[int]:
    return [asks(app, "GET", "/things", user).status for _ in range(times)]


def test_every_json_answer_says_what_is_left(app: OffhookApp) -> None:
    first, second = asks(app, "GET", "/things"), asks(app, "DELETE", "/things/none")
    assert first.headers["RateLimit-Policy"] == f'"tenant";q={QUOTA};w=60'
    assert first.headers["RateLimit"] == f'"tenant";r={QUOTA - 1};t=1'
    assert second.headers["RateLimit"] == f'"tenant";r={QUOTA - 2};t=2'


def test_the_quota_is_the_plans(world: MemoryWorld) -> None:
    rate = REAL_RATE_OF(world.tenant_context(A))
    assert (rate.quota, rate.window_s) == (limits_of("trial").api_per_minute, 60)
    assert 1 <= rate.chunk <= rate.quota // limits.CHUNKS


def test_a_tenant_gets_exactly_its_quota_at_once_and_then_429_as_a_problem(app: OffhookApp) -> None:
    assert statuses(app, QUOTA) == [200] * QUOTA
    refused = asks(app, "GET", "/things")
    assert refused.status == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
    assert (refused.json()["code"], refused.json()["violated-policies"]) == ("rate_limited", ["tenant"])
    assert (refused.headers["Retry-After"], refused.headers["RateLimit"]) == ("1", f'"tenant";r=0;t={60}')


def test_time_gives_back_what_the_plan_says_and_no_more(app: OffhookApp, world: MemoryWorld) -> None:
    statuses(app, QUOTA + 5)
    clock(world).advance(6)
    assert statuses(app, QUOTA // 10 + 1) == [200] * (QUOTA // 10) + [429]
    clock(world).advance(3600)
    assert statuses(app, QUOTA + 1) == [200] * QUOTA + [429]


def test_another_tenant_is_not_slowed(app: OffhookApp) -> None:
    statuses(app, QUOTA + 50)
    assert statuses(app, 20, "owner-of-t_b") == [200] * 20


def test_all_people_of_a_tenant_share_its_quota(app: OffhookApp) -> None:
    statuses(app, QUOTA)
    assert asks(app, "DELETE", "/things/1", "agent-of-t_a").status == 429


def test_ordinary_requests_cost_no_write(app: OffhookApp, world: MemoryWorld) -> None:
    asks(app, "GET", "/things")
    before = dict(world.store.round_trips)
    assert before
    statuses(app, QUOTA // limits.CHUNKS - 1)
    assert world.store.round_trips.get("commit", 0) == before.get("commit", 0)


def test_the_carrier_is_never_refused(app: OffhookApp) -> None:
    statuses(app, QUOTA + 1)
    answers = [carrier_asks(app, "/calls") for _ in range(QUOTA + 1)]
    assert {answer.status for answer in answers} == {200}
    assert all("RateLimit" not in answer.headers for answer in answers)


def test_a_store_that_is_down_limits_nobody(app: OffhookApp, world: MemoryWorld) -> None:
    rate = Rate("open", 2, 60)
    held = PreBucket(Bucket(wiring.edge_items, of_stranger("x", rate), rate))
    assert held.allow(clock(world).now())
    world.store.unavailable = True
    assert limits.allow("sign_up", "somebody").allowed


def test_strangers_are_limited_by_address(app: OffhookApp) -> None:
    quota = limits.OPEN["open"].quota
    assert [from_address(app, "198.51.100.7")["statusCode"] for _ in range(quota + 1)] == [200] * quota + [429]
    assert from_address(app, "198.51.100.8")["statusCode"] == 200


def test_the_loopback_address_is_ourselves(app: OffhookApp) -> None:
    quota = limits.OPEN["open"].quota
    assert {from_address(app, "127.0.0.1")["statusCode"] for _ in range(2 * quota)} == {200}


def test_viewers_behind_the_cdn_are_told_apart_and_a_liar_is_still_bounded(app: OffhookApp) -> None:
    def ask(viewer: str) -> int:
        seen = {"Via": "2.0 abc.cloudfront.net (CloudFront)", "X-Forwarded-For": f"{viewer}, 203.0.113.9"}
        return int(from_address(app, "203.0.113.9", **seen)["statusCode"])

    quota = limits.OPEN["open"].quota
    assert [ask("198.51.100.1") for _ in range(quota + 1)][-1] == 429
    assert ask("198.51.100.2") == 200
    assert 429 in {ask(f"192.0.2.{n % 250}-{n}") for n in range(limits.SHARED * quota)}


def test_what_must_be_exact_is_counted_for_all_processes_together(world: MemoryWorld) -> None:
    rate, now = Rate("sign_up", 5, 3600), clock(world).now()
    processes = [PreBucket(Bucket(wiring.edge_items, of_stranger("a", rate), rate)) for _ in range(4)]
    taken = [process.allow(now) for _ in range(5) for process in processes]
    assert sum(taken) == 5
    assert all(process.allow(now + 720_000) is (n == 0) for n, process in enumerate(processes))


def test_what_is_granted_ahead_is_at_most_a_chunk_for_each_process(world: MemoryWorld) -> None:
    rate, now = Rate("tenant", 100, 60, chunk=5), clock(world).now()
    processes = [PreBucket(Bucket(wiring.edge_items, of_stranger("b", rate), rate)) for _ in range(8)]
    granted = sum(process.allow(now) for _ in range(100) for process in processes)
    assert 100 <= granted <= 100 + 8 * 5
    granted += sum(process.allow(now + 60_000) for _ in range(100) for process in processes)
    assert granted <= 200 + 8 * 5


def test_tenants_have_buckets_of_their_own_in_their_own_partition(app: OffhookApp, world: MemoryWorld) -> None:
    for user in ("owner-of-t_a", "owner-of-t_b"):
        statuses(app, QUOTA, user)
    found = [key.pk for key in world.store.rows if "#BUCKET#" in key.pk]
    assert sorted(found) == [f"T#{A}#BUCKET#tenant", f"T#{B}#BUCKET#tenant"]
