"""Firehose gathers records and writes one object per partition: upstream writes one object per record, at once.

Without it 3,000 events became 6,000 objects and took two minutes inside the producer's own call.
"""

import os
import sys
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from ministack import app
from ministack.core import responses
from ministack.services import firehose

from local.aws.repairs.firehose_parquet import converted

Record = tuple[str, bytes]
TICK_S = 0.25


@dataclass(slots=True)
class Buffer:
    """Records of one destination that wait for its interval or its size."""

    account: str
    region: str
    stream: dict[str, Any]
    destination: dict[str, Any]
    opened_at: float = field(default_factory=time.monotonic)
    records: list[Record] = field(default_factory=list)
    size: int = 0

    def add(self, records: list[Record]) -> None:
        self.records.extend(records)
        self.size += sum(len(payload) for _, payload in records)

    def due(self) -> bool:
        hints = self.destination["config"].get("BufferingHints") or {}
        interval_s = min(_longest_wait_s(), float(hints.get("IntervalInSeconds", 300)))
        return time.monotonic() - self.opened_at >= interval_s or self.size >= int(hints.get("SizeInMBs", 5)) << 20


_buffers: dict[tuple[str, str, str, str], Buffer] = {}
_lock = threading.Lock()


def apply() -> None:
    """Collect instead of delivering; deliver on a thread, and before every save of the state."""
    firehose._deliver_records_to_s3 = collect
    save_all = app.save_all

    def save_after_flush(services: dict[str, Any]) -> None:
        flush_everything()
        save_all(services)

    app.save_all = save_after_flush
    threading.Thread(target=_deliver_for_ever, daemon=True, name="firehose-buffers").start()


def collect(stream: dict[str, Any], destination: dict[str, Any], records: list[Record]) -> None:
    """Stands in for upstream's delivery, with its signature."""
    scope = (responses.get_account_id(), responses.get_region())
    key = (*scope, stream["name"], str(destination.get("id", id(destination))))
    with _lock:
        _buffers.setdefault(key, Buffer(*scope, stream, destination)).add(records)
    destination["records"].clear()


def flush_everything() -> None:
    """Deliver all that waits, and return when it is written; safe to call from the serving loop's thread."""
    worker = threading.Thread(target=_flush, kwargs={"only_due": False}, name="firehose-flush")
    worker.start()
    worker.join()


def _longest_wait_s() -> float:
    return float(os.environ.get("FIREHOSE_BUFFER_SECONDS", "2"))


def _deliver_for_ever() -> None:
    while True:
        time.sleep(TICK_S)
        _flush(only_due=True)


def _flush(only_due: bool) -> None:
    with _lock:
        taken = [_buffers.pop(key) for key, buffer in list(_buffers.items()) if buffer.due() or not only_due]
    for buffer in taken:
        try:
            _deliver(buffer)
        except Exception as error:
            print(f"firehose {buffer.stream['name']}: {len(buffer.records)} records lost: {error!r}", file=sys.stderr)


def _deliver(buffer: Buffer) -> None:
    account = responses._request_account_id.set(buffer.account)
    region = responses._request_region.set(buffer.region)
    try:
        for prefix, group in _by_prefix(buffer).items():
            _write(buffer, prefix, group)
    finally:
        responses._request_account_id.reset(account)
        responses._request_region.reset(region)


def _by_prefix(buffer: Buffer) -> OrderedDict[str, list[Record]]:
    """Group the processed records by the prefix they belong under; those without one go to the error prefix."""
    config, groups, lambda_keys = buffer.destination["config"], OrderedDict[str, list[Record]](), dict[str, Any]()
    dynamic = (config.get("DynamicPartitioningConfiguration") or {}).get("Enabled")
    arrival = firehose._arrival_time(config)
    processed = firehose._apply_lambda_processors(
        buffer.stream, buffer.destination, buffer.records, partition_sink=lambda_keys
    )
    for record_id, payload in processed:
        try:
            query_keys = firehose._metadata_extraction_keys(config, payload) if dynamic else None
            keys = lambda_keys.get(record_id)
            prefix = firehose._evaluate_prefix(config.get("Prefix", ""), arrival, query_keys, keys)
            groups.setdefault(prefix, []).append((record_id, payload))
        except firehose._DeliveryError:
            firehose._deliver_to_s3(buffer.stream, buffer.destination, payload, lambda_keys.get(record_id))
    return groups


def _write(buffer: Buffer, prefix: str, group: list[Record]) -> None:
    config = buffer.destination["config"]
    try:
        body, extension = _body(config.get("DataFormatConversionConfiguration") or {}, group)
    except firehose._DeliveryError:
        _write_one_by_one(buffer, group)
        return
    bucket = firehose._s3_bucket_from_arn(config.get("BucketARN", ""))
    name = prefix + _object_name(buffer) + (config.get("FileExtension") or extension)
    firehose._put_s3_object(bucket, name, body)


def _body(conversion: dict[str, Any], group: list[Record]) -> tuple[bytes, str]:
    if conversion and conversion.get("Enabled", True):
        return converted(conversion, [payload for _, payload in group]), ".parquet"
    return b"".join(payload for _, payload in group), ""


def _write_one_by_one(buffer: Buffer, group: list[Record]) -> None:
    """One record spoils the conversion of its group: alone, only that one goes to the error prefix."""
    for _, payload in group:
        firehose._deliver_to_s3(buffer.stream, buffer.destination, payload, None)


def _object_name(buffer: Buffer) -> str:
    arrival = firehose._arrival_time(buffer.destination["config"])
    stamp = firehose._java_time("yyyy-MM-dd-HH-mm-ss", arrival)
    return f"{buffer.stream['name']}-{buffer.stream.get('version', 1)}-{stamp}-{responses.new_uuid()}"
