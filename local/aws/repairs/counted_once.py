"""What upstream counts anew at each request on its one loop is counted once.

The size of a layer (90 MB here) is read from its archive for every function that a deployment touches, and each record
put to a stream looks at the age of every record that the stream keeps. All requests stand still meanwhile.
"""

import functools
import time
from typing import Any

from ministack.services import kinesis, lambda_svc


def apply() -> None:
    """A layer's version never changes; a shard's records lie in the order of their arrival."""
    lambda_svc._unzipped_size = functools.lru_cache(maxsize=16)(lambda_svc._unzipped_size)
    kinesis._expire_records = _drop_expired


def _drop_expired(stream: Any) -> None:
    oldest = time.time() - stream["RetentionPeriodHours"] * 3600
    for shard in stream["shards"].values():
        records = shard["records"]
        if records and records[0]["ApproximateArrivalTimestamp"] < oldest:
            shard["records"] = [one for one in records if one["ApproximateArrivalTimestamp"] >= oldest]
