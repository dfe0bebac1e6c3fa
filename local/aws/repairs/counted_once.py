"""What upstream counts anew at each request on its one loop is counted once.

The size of a layer (90 MB here) is read from its archive for every function that a deployment touches, each record put
to a stream looks at the age of every record that the stream keeps, and a query reads its condition anew, letter by
letter, for every item of the partition. All requests stand still meanwhile.
"""

import functools
import time
from typing import Any

from ministack.services import dynamodb, kinesis, lambda_svc

EXPRESSIONS = 1024  # the application has some dozens; values are no part of them


def apply() -> None:
    """A layer's version never changes, nor does an expression; a shard's records lie in the order of their arrival."""
    lambda_svc._unzipped_size = functools.lru_cache(maxsize=16)(lambda_svc._unzipped_size)
    kinesis._expire_records = _drop_expired
    tokens_of = functools.lru_cache(maxsize=EXPRESSIONS)(dynamodb._tokenize)
    dynamodb._tokenize = lambda expression: list(tokens_of(expression))
    dynamodb._condition_syntax_error = functools.lru_cache(maxsize=EXPRESSIONS)(dynamodb._condition_syntax_error)


def _drop_expired(stream: Any) -> None:
    oldest = time.time() - stream["RetentionPeriodHours"] * 3600
    for shard in stream["shards"].values():
        records = shard["records"]
        if records and records[0]["ApproximateArrivalTimestamp"] < oldest:
            shard["records"] = [one for one in records if one["ApproximateArrivalTimestamp"] >= oldest]
