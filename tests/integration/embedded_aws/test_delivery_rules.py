"""The rules of stream delivery by themselves: no record is skipped, lost, or blocks longer than the mapping says."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from local.aws.repairs.streams import delivery
from local.aws.repairs.streams.delivery import Policy, Progress, Step

PATIENT = Policy(batch_size=10, retries=None, longest_age_s=None, bisects=False, reports_items=True)
BOUNDED = Policy(batch_size=10, retries=2, longest_age_s=None, bisects=True, reports_items=True)


def test_what_lies_before_the_first_failed_record_is_done() -> None:
    assert delivery.after_failure(BOUNDED, Progress(failures=2), 5, 3, age_s=0) == Step(finished=3)


def test_unbounded_mapping_retries_the_whole_batch_with_growing_pauses() -> None:
    first = delivery.after_failure(PATIENT, Progress(), 5, 0, age_s=0)
    second = delivery.after_failure(PATIENT, first.progress, 5, 0, age_s=0)
    assert (first.finished, second.finished) == (0, 0)
    assert first.pause_s < second.pause_s
    late = delivery.after_failure(PATIENT, Progress(failures=500), 5, 0, age_s=0)
    assert late.pause_s == delivery.LONGEST_PAUSE_S


def test_expired_batch_is_given_up_before_its_retries_are_used() -> None:
    policy = Policy(batch_size=10, retries=9, longest_age_s=60, bisects=False, reports_items=False)
    assert delivery.after_failure(policy, Progress(), 4, 0, age_s=61) == Step(4, given_up="MaxRecordAgeExceeded")


def test_identifier_of_no_record_fails_the_whole_batch() -> None:
    for identifier in (None, "", "999"):
        assert delivery.first_failed({"batchItemFailures": [{"itemIdentifier": identifier}]}, ["1", "2"]) == 0
    assert delivery.first_failed({"batchItemFailures": [{"itemIdentifier": "2"}]}, ["1", "2"]) == 1
    for fine in ({"batchItemFailures": []}, {}, None, "ok"):
        assert delivery.first_failed(fine, ["1", "2"]) is None


def test_absent_and_minus_one_both_mean_no_bound() -> None:
    unbounded = {"MaximumRetryAttempts": -1, "MaximumRecordAgeInSeconds": -1, "BatchSize": 10}
    assert delivery.policy_of(unbounded) == delivery.policy_of({"BatchSize": 10})
    assert delivery.policy_of({"MaximumRetryAttempts": 0}).retries == 0


@dataclass
class Consumer:
    """A shard of numbered records, some of which always fail, read as the rules say."""

    policy: Policy
    poison: set[int]
    count: int
    reports: bool
    delivered: list[int] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)

    def drain(self) -> None:
        position, progress = 0, Progress()
        while position < self.count:
            size = min(progress.limit or self.policy.batch_size, self.count - position)
            batch = list(range(position, position + size))
            failed = next((index for index, record in enumerate(batch) if record in self.poison), None)
            if failed is None:
                self.delivered.extend(batch)
                position, progress = position + size, Progress()
                continue
            step = delivery.after_failure(self.policy, progress, size, failed if self.reports else 0, age_s=0)
            if self.reports or step.given_up:
                settled = batch[: step.finished]
                (self.given_up if step.given_up else self.delivered).extend(settled)
            position, progress = position + step.finished, step.progress


@given(
    count=st.integers(1, 60),
    poison=st.sets(st.integers(0, 59), max_size=6),
    batch_size=st.integers(1, 20),
    retries=st.integers(0, 3),
    reports=st.booleans(),
)
def test_bisection_gives_up_the_poisoned_records_alone_and_delivers_all_others_once_in_order(
    count: int, poison: set[int], batch_size: int, retries: int, reports: bool
) -> None:
    policy = Policy(batch_size, retries, longest_age_s=None, bisects=True, reports_items=reports)
    consumer = Consumer(policy, poison, count, reports)
    consumer.drain()
    assert consumer.given_up == sorted(record for record in poison if record < count)
    assert consumer.delivered == [record for record in range(count) if record not in poison]
