"""Keeps one thread at work for each shard of each stream mapping, and wakes them when records arrive."""

import json
import sys
import threading
import time
from typing import Any

from ministack.core import responses
from ministack.core.concurrency import esm_wake
from ministack.services import lambda_svc

from local.aws.repairs.streams import delivery, failure_record
from local.aws.repairs.streams.shards import Shard, shards_of

IDLE_S = 1.0
THROTTLED_S = 0.5
_arrivals = threading.Condition()
_arrived = 0
_workers: dict[tuple[str, str], threading.Thread] = {}


def watch() -> None:
    """Start the supervising thread, and anchor a new mapping's position when it is made."""
    upstream_set, upstream_anchor = esm_wake.set, lambda_svc._init_stream_position

    def wake() -> None:
        upstream_set()
        _announce()

    def anchor(esm_id: str, source_arn: str, starting: str) -> None:
        upstream_anchor(esm_id, source_arn, starting)
        for shard in shards_of({"UUID": esm_id, "EventSourceArn": source_arn, "StartingPosition": starting}):
            shard.position()
        _announce()

    esm_wake.set, lambda_svc._init_stream_position = wake, anchor
    threading.Thread(target=_supervise_for_ever, daemon=True, name="stream-supervisor").start()


def _announce() -> None:
    global _arrived
    with _arrivals:
        _arrived += 1
        _arrivals.notify_all()


def _await_arrival(seen: int, limit_s: float) -> None:
    with _arrivals:
        _arrivals.wait_for(lambda: _arrived != seen, timeout=limit_s)


def _supervise_for_ever() -> None:
    while True:
        for account, region, mapping in list(lambda_svc._iter_all_esms()):
            try:
                _employ(account, region, mapping)
            except Exception as error:
                print(f"stream mapping {mapping.get('UUID')}: {error!r}", file=sys.stderr)
        time.sleep(IDLE_S / 4)


def _employ(account: str, region: str, mapping: dict[str, Any]) -> None:
    if not mapping.get("Enabled", True):
        return
    _enter(account, region)
    for shard in shards_of(mapping):
        key = (mapping["UUID"], shard.shard_id)
        if key not in _workers or not _workers[key].is_alive():
            arguments = (account, region, shard, mapping["UUID"])
            _workers[key] = threading.Thread(target=_work, args=arguments, daemon=True, name=f"stream-{key[0][:8]}")
            _workers[key].start()


def _enter(account: str, region: str) -> None:
    """The emulator's stores answer for the account and region of the thread."""
    responses._request_account_id.set(account)
    responses._request_region.set(region)


def _work(account: str, region: str, shard: Shard, mapping_id: str) -> None:
    """Deliver from one shard until its mapping is gone or disabled."""
    _enter(account, region)
    progress = delivery.Progress()
    while (mapping := lambda_svc._esms.get(mapping_id)) and mapping.get("Enabled", True):
        seen = _arrived
        try:
            step = _deliver_once(mapping, shard, progress)
        except Exception as error:
            print(f"stream mapping {mapping_id}: {error!r}", file=sys.stderr)
            step = delivery.Step(finished=0, progress=progress, pause_s=IDLE_S)
        if step is None:
            _await_arrival(seen, IDLE_S)
            continue
        progress = step.progress
        time.sleep(step.pause_s)


def _deliver_once(mapping: dict[str, Any], shard: Shard, progress: delivery.Progress) -> delivery.Step | None:
    """Read, filter, invoke and settle one batch; None when there was nothing to do."""
    policy = delivery.policy_of(mapping)
    read = shard.read(shard.position(), progress.limit or policy.batch_size)
    batch = lambda_svc._apply_filter_criteria(read, mapping)
    function, _ = lambda_svc._get_func_record_for_qualifier(mapping["FunctionName"], mapping.get("Qualifier"))
    if not read or function is None:
        return None
    result = lambda_svc._execute_function(function, {"Records": batch}) if batch else {"body": None}
    if result.get("throttle"):
        return delivery.Step(finished=0, progress=progress, pause_s=THROTTLED_S)
    failed_at = _failed_at(result, policy, [shard.sequence(record) for record in batch])
    if failed_at is None:
        return _settle(mapping, shard, delivery.Step(finished=len(read)), read, batch, progress)
    age_s = time.time() - shard.arrived_at(batch[0])
    step = delivery.after_failure(policy, progress, len(batch), failed_at, age_s)
    return _settle(mapping, shard, step, batch, batch, progress)


def _failed_at(result: dict[str, Any], policy: delivery.Policy, sequences: list[str]) -> int | None:
    if result.get("error"):
        return 0
    return delivery.first_failed(_parsed(result.get("body")), sequences) if policy.reports_items else None


def _parsed(body: object) -> object:
    try:
        return json.loads(body) if isinstance(body, str) else body
    except ValueError:
        return None


def _settle(
    mapping: dict[str, Any],
    shard: Shard,
    step: delivery.Step,
    records: list[dict[str, Any]],
    batch: list[dict[str, Any]],
    progress: delivery.Progress,
) -> delivery.Step:
    """Report what is given up, then move the position behind what is finished."""
    if step.given_up:
        failure_record.send(mapping, shard, batch[: step.finished], step.given_up, progress.failures + 1)
    if step.finished:
        shard.advance(shard.sequence(records[step.finished - 1]))
    failed = step.given_up or not step.finished
    mapping["LastProcessingResult"] = "FAILED" if failed else f"OK - {step.finished} records"
    return step
