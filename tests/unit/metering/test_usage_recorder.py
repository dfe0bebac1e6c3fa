"""Usage records wait in the process for a moment, and none is counted as sent that was not."""

from collections.abc import Callable, Sequence

import msgspec
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.usage import FULL, MOST_KEPT, UsageRecorder
from offhook.domain.analytics.outbound import Outbound


class Stream:
    def __init__(self) -> None:
        self.records: list[Outbound] = []
        self.calls = 0
        self.takes: Callable[[int], bool] = lambda n: True

    def put(self, records: Sequence[Outbound]) -> list[bool]:
        self.calls += 1
        taken = [self.takes(n) for n in range(len(records))]
        self.records += [one for one, there in zip(records, taken, strict=True) if there]
        return taken


class Timers(list[Callable[[], object]]):
    def later(self, _seconds: float, action: Callable[[], object]) -> None:
        self.append(action)

    def fire(self) -> None:
        due, self[:] = list(self), []
        for action in due:
            action()


def recorder(stream: Stream, timers: Timers) -> UsageRecorder:
    return UsageRecorder(lambda: stream, FrozenClock(), SeededIds(1), timers.later)


def numbers(stream: Stream) -> list[int]:
    return [msgspec.json.decode(one.body)["number"] for one in stream.records]


def test_an_invocation_sends_nothing_itself_and_a_batch_follows():
    stream, timers = Stream(), Timers()
    made = recorder(stream, timers)
    for _ in range(3):
        made.record("t_acme", "c_1", {"dynamodb_wru": 1.0})
    assert (stream.calls, len(timers)) == (0, 1)
    timers.fire()
    assert (stream.calls, numbers(stream), made.waiting) == (1, [1, 2, 3], [])


def test_a_full_batch_does_not_wait():
    stream, timers = Stream(), Timers()
    made = recorder(stream, timers)
    for _ in range(FULL):
        made.record("t_acme", "", {})
    assert len(stream.records) == FULL


def test_what_was_refused_is_sent_again_so_that_emitted_is_sent_plus_waiting():
    stream, timers = Stream(), Timers()
    made = recorder(stream, timers)
    stream.takes = lambda n: n % 2 == 0
    for _ in range(5):
        made.record("t_acme", "", {})
    timers.fire()
    assert made.emitted == len(stream.records) + len(made.waiting)
    stream.takes = lambda n: True
    timers.fire()
    assert sorted(numbers(stream)) == [1, 2, 3, 4, 5]


def test_a_stream_that_is_away_costs_no_record_and_no_invocation():
    timers = Timers()

    def away() -> Stream:
        raise ConnectionError

    made = UsageRecorder(away, FrozenClock(), SeededIds(1), timers.later)
    made.record("t_acme", "", {})
    timers.fire()
    assert len(made.waiting) == 1 and len(timers) == 1


def test_a_record_names_its_tenant_and_utc_day_which_choose_its_folder_in_the_lake():
    stream, timers = Stream(), Timers()
    made = UsageRecorder(lambda: stream, FrozenClock(1_750_031_999_999), SeededIds(1), timers.later)
    made.record("t_acme", "c_1", {})
    made.record("", "", {})
    timers.fire()
    bodies = [msgspec.json.decode(one.body) for one in stream.records]
    assert [(body["tenant"], body["dt"]) for body in bodies] == [("t_acme", "2025-06-15"), ("platform", "2025-06-15")]


def test_records_beyond_the_most_kept_show_as_a_gap_in_the_numbers():
    stream, timers = Stream(), Timers()
    made = recorder(stream, timers)
    stream.takes = lambda n: False
    for _ in range(MOST_KEPT + FULL):
        made.record("t_acme", "", {})
    assert made.emitted == MOST_KEPT + FULL and len(made.waiting) <= MOST_KEPT + FULL
    stream.takes = lambda n: True
    made.flush()
    assert len(numbers(stream)) == len(set(numbers(stream))) >= MOST_KEPT
