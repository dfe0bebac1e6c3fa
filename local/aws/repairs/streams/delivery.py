"""Decides what becomes of a batch after an invocation: Lambda's rules for stream event sources, nothing else.

Source: AWS Lambda developer guide, "Configuring partial batch response" and "Retain discarded records".
"""

from dataclasses import dataclass, replace

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class Policy:
    """What the mapping asks for."""

    batch_size: int
    retries: int | None
    """None: retry until the record expires."""
    longest_age_s: int | None
    bisects: bool
    reports_items: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How often the batch at the head of the shard has failed, and how small bisection has made it."""

    failures: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Records finished at the front, why they were given up if they were, and how to go on."""

    finished: int
    progress: Progress = Progress()
    given_up: str | None = None
    pause_s: float = 0.0


def policy_of(mapping: dict[str, object]) -> Policy:
    """Read a mapping as the API stores it; -1 and absence both mean no bound."""
    return Policy(
        batch_size=_whole(mapping.get("BatchSize")) or 100,
        retries=_whole(mapping.get("MaximumRetryAttempts")),
        longest_age_s=_whole(mapping.get("MaximumRecordAgeInSeconds")) or None,
        bisects=bool(mapping.get("BisectBatchOnFunctionError")),
        reports_items="ReportBatchItemFailures" in str(mapping.get("FunctionResponseTypes") or ""),
    )


def after_failure(policy: Policy, progress: Progress, size: int, first_failed: int, age_s: float) -> Step:
    """The step after a failed invocation.

    size: records in the batch, at least 1. first_failed: index of the first record the function reported, 0 when it
    raised. What lies before that index is done; a retry begins there and counts anew.
    """
    if first_failed:
        return Step(finished=first_failed)
    failures = progress.failures + 1
    if policy.longest_age_s is not None and age_s > policy.longest_age_s:
        return Step(finished=size, given_up="MaxRecordAgeExceeded")
    if policy.bisects and size > 1:
        return Step(finished=0, progress=replace(progress, limit=(size + 1) // 2))
    if policy.retries is not None and failures > policy.retries:
        return Step(finished=size, given_up="RetryAttemptsExhausted")
    pause_s = min(FIRST_PAUSE_S * 2 ** (failures - 1), LONGEST_PAUSE_S)
    return Step(finished=0, progress=Progress(failures, progress.limit), pause_s=pause_s)


def first_failed(body: object, sequences: list[str]) -> int | None:
    """Index of the first record the function reports as failed; None when all went well.

    An identifier that is missing or not of this batch fails the whole batch, as on AWS.
    """
    reported = body.get("batchItemFailures") if isinstance(body, dict) else None
    if not reported:
        return None
    known = {sequence: index for index, sequence in enumerate(sequences)}
    return min(known.get(str(item.get("itemIdentifier")), 0) if isinstance(item, dict) else 0 for item in reported)


def _whole(value: object) -> int | None:
    number = int(str(value)) if value is not None else -1
    return number if number >= 0 else None
