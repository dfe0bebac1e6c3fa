"""The stream of events: puts them on Kinesis, a part of a call that failed again."""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from offhook.domain.analytics.outbound import Outbound

MAX_RECORDS = 500
MAX_BYTES = 4_500_000
ATTEMPTS = 5
_log = logging.getLogger(__name__)


class KinesisClient(Protocol):
    """What is used of boto3's Kinesis client."""

    def put_records(self, *, StreamName: str, Records: list[dict[str, Any]]) -> dict[str, Any]:
        """As AWS documents it."""
        ...


@dataclass(frozen=True, slots=True)
class KinesisStream:
    """A Kinesis stream. wait: how to pause between attempts (seconds)."""

    client: KinesisClient
    name: str
    wait: Callable[[float], None] = time.sleep

    def put(self, records: Sequence[Outbound]) -> list[bool]:
        """Put each record, trying again what Kinesis refused; says of each whether it is there."""
        return [done for part in _parts(records) for done in self._put_part(part)]

    def _put_part(self, records: Sequence[Outbound]) -> list[bool]:
        done = [False] * len(records)
        for attempt in range(ATTEMPTS):
            missing = [n for n, there in enumerate(done) if not there]
            if not missing:
                break
            if attempt:
                self.wait(_pause_s(attempt))
            for n, there in zip(missing, self._try([records[n] for n in missing]), strict=True):
                done[n] = there
        return done

    def _try(self, records: Sequence[Outbound]) -> list[bool]:
        from botocore.exceptions import BotoCoreError, ClientError

        entries = [{"PartitionKey": r.partition_key, "Data": r.body} for r in records]
        try:
            answer = self.client.put_records(StreamName=self.name, Records=entries)
        except (BotoCoreError, ClientError) as refused:
            _log.warning("put_records refused: %s", refused)
            return [False] * len(records)
        return [not entry.get("ErrorCode") for entry in answer["Records"]]


def _parts(records: Sequence[Outbound]) -> list[list[Outbound]]:
    """The records in calls of at most 500 records and 4.5 MB."""
    parts: list[list[Outbound]] = []
    size = 0
    for record in records:
        length = len(record.body) + len(record.partition_key)
        if not parts or len(parts[-1]) == MAX_RECORDS or size + length > MAX_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(record)
        size += length
    return parts


def _pause_s(attempt: int) -> float:
    """Doubling from 50 ms, with chance, so that those who were refused together do not return together."""
    return float(0.05 * 2 ** (attempt - 1) * random.uniform(0.5, 1.0))
