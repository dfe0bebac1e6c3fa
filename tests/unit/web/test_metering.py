"""What an invocation is paid for: its request, its time once, and the memory that the time is taken of."""

import msgspec
import pytest
from chalice.app import SQSEvent
from offhook.domain.messages import Message, Topic
from offhook.settings import settings
from offhook.usecases.deps import Deps
from offhook.web import metering
from offhook.web.app import OffhookApp
from offhook.web.metering import Used, metered
from offhook.web.testing import invoke
from offhook.web.workers import queue_worker
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import A, B, carrier_asks, sample_app


@pytest.fixture
def app(world: MemoryWorld) -> OffhookApp:
    return sample_app()


@pytest.fixture
def milliseconds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Readings of the timer, one for each look at it."""
    readings: list[int] = []
    monkeypatch.setattr(metering, "perf_counter", lambda: readings.pop(0) / 1000)
    return readings


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1536")
    settings.cache_clear()
    return 1536


def test_a_webhook_is_one_request_and_one_invocation_of_its_contact(app: OffhookApp, world: MemoryWorld) -> None:
    carrier_asks(app, "/contacts/c_1/steps/4", B)
    (used,) = world.used
    assert (used.contact_id, used.counters["api_requests"], used.counters["lambda_requests"]) == ("c_1", 1, 1)


def test_a_request_that_matches_no_route_is_paid_for_by_the_platform(app: OffhookApp, world: MemoryWorld) -> None:
    assert invoke(app, "GET", "/nowhere").status == 404
    (used,) = world.used
    assert (used.tenant_id, used.counters["api_requests"]) == ("", 1)


def test_time_is_recorded_with_the_memory_of_the_function(app: OffhookApp, world: MemoryWorld, memory: int) -> None:
    carrier_asks(app, "/calls")
    assert [used.counters["lambda_mb"] for used in world.used] == [memory]


def test_outside_a_function_no_memory_is_made_up(app: OffhookApp, world: MemoryWorld) -> None:
    carrier_asks(app, "/calls")
    assert "lambda_mb" not in world.used[0].counters


def test_a_batch_is_one_invocation_without_requests_of_the_api(world: MemoryWorld, memory: int) -> None:
    @queue_worker
    def work(deps: Deps, message: Message) -> None:
        """Does nothing."""

    bodies = [msgspec.json.encode(Message(tenant, Topic.RING, "c_1", "o_1")).decode() for tenant in (A, B)]
    records = [{"messageId": body, "body": body, "eventSource": "aws:sqs", "attributes": {}} for body in bodies]
    work(SQSEvent({"Records": records}, None))
    counters = [used.counters for used in world.used]
    assert [one.get("lambda_requests", 0) for one in counters] == [0, 0, 1]
    assert not any("api_requests" in one for one in counters)
    assert all(one["lambda_mb"] == memory for one in counters)


def test_time_of_a_part_is_not_counted_again_with_the_whole(milliseconds: list[int]) -> None:
    sent: list[Used] = []
    milliseconds += [0, 10, 40, 50, 51, 60]
    with metered(sent.append):
        with metered(sent.append):
            pass
        with metered(sent.append):
            pass
    assert [used.counters["lambda_ms"] for used in sent] == [30, 1, 29]
    assert sum(used.counters["lambda_ms"] for used in sent) == 60
