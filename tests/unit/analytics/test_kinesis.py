"""Records that Kinesis refuses are put again; those it keeps refusing are named."""

from typing import Any

from botocore.exceptions import EndpointConnectionError
from offhook.adapters.kinesis import MAX_RECORDS, KinesisStream
from offhook.domain.analytics.outbound import Outbound


class Refusing:
    """A Kinesis that refuses bodies so many times."""

    def __init__(self, refusals: dict[bytes, int]) -> None:
        self.refusals = refusals
        self.calls: list[list[bytes]] = []

    def put_records(self, *, StreamName: str, Records: list[dict[str, Any]]) -> dict[str, Any]:
        self.calls.append([r["Data"] for r in Records])
        return {"Records": [self._answer(r["Data"]) for r in Records]}

    def _answer(self, body: bytes) -> dict[str, str]:
        if self.refusals.get(body, 0) <= 0:
            return {"SequenceNumber": "1", "ShardId": "0"}
        self.refusals[body] -= 1
        return {"ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "slow down"}


def records(*bodies: bytes) -> list[Outbound]:
    return [Outbound(f"k{n}", body) for n, body in enumerate(bodies)]


def test_only_the_refused_records_are_put_again_after_longer_and_longer_pauses():
    pauses: list[float] = []
    client = Refusing({b"b": 2})
    assert KinesisStream(client, "events", pauses.append).put(records(b"a", b"b", b"c")) == [True, True, True]
    assert client.calls == [[b"a", b"b", b"c"], [b"b"], [b"b"]]
    assert len(pauses) == 2 and pauses[0] <= 0.05 < 0.1 >= pauses[1]


def test_a_record_refused_for_ever_is_named_and_the_others_are_there():
    done = KinesisStream(Refusing({b"b": 99}), "events", lambda _: None).put(records(b"a", b"b", b"c"))
    assert done == [True, False, True]


def test_an_answer_that_never_came_counts_as_refused():
    class Gone(Refusing):
        def put_records(self, **_: Any) -> dict[str, Any]:
            raise EndpointConnectionError(endpoint_url="x")

    assert KinesisStream(Gone({}), "events", lambda _: None).put(records(b"a")) == [False]


def test_calls_stay_below_the_limits_of_kinesis():
    client = Refusing({})
    KinesisStream(client, "events").put(records(*[b"x"] * (MAX_RECORDS + 1)))
    KinesisStream(client, "events").put(records(*[b"y" * 1_000_000] * 6))
    assert [len(c) for c in client.calls] == [500, 1, 4, 2]
