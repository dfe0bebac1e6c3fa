"""What DynamoDB and the network may do to a commit, and what the caller is told."""

import pytest
from botocore.awsrequest import AWSResponse
from botocore.httpsession import URLLib3Session
from offhook.adapters.dynamo.database import connect
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.guard import tenant_scope
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.domain.storage import Add, CommitConflict, Delete, Item, Key, Put, Table

from tests.integration.stores.conftest import PREFIX

TENANT = TenantId("t_faults")


class Raw:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_):
        yield self.content


class Faults:
    """Comes between the client and DynamoDB."""

    def __init__(self, database) -> None:
        self.items = DynamoItems(database, TENANT)
        self.sent = 0
        self.next = []
        database.connection.client.meta.events.register_first("before-send.*.*", self._send)

    def lose_the_answer(self) -> None:
        """The next request is done, its answer is a failure."""
        self.next.append(lambda request: (URLLib3Session().send(request), answer(request, 500, b"{}"))[1])

    def refuse(self, body: bytes, status: int = 400, times: int = 1) -> None:
        """The next requests are not done."""
        self.next += [lambda request: answer(request, status, body)] * times

    def _send(self, request, **_):
        self.sent += 1
        return self.next.pop(0)(request) if self.next else None


def answer(request, status: int, body: bytes) -> AWSResponse:
    return AWSResponse(request.url, status, {}, Raw(body))


@pytest.fixture
def faults(database, emulator):
    with tenant_scope(TENANT):
        yield Faults(connect(PREFIX, "us-east-1", emulator.url, ("000000000000", "local")))


@pytest.fixture
def key(request) -> Key:
    return Key(Table.LIVE, f"T#{TENANT}#{request.node.name}", "A")


def test_a_write_whose_answer_was_lost_is_a_success_when_it_is_repeated(faults, key):
    faults.lose_the_answer()
    faults.items.commit(Put(Item(key, body=b"mine", numbers={"n": 3}), expect=0))
    assert faults.sent == 2
    faults.lose_the_answer()
    faults.items.commit(Delete(key, expect=1))
    assert faults.items.get(key) is None


def test_a_transaction_whose_answer_was_lost_is_a_success_when_it_is_repeated(faults, key):
    other = Key(Table.LIVE, key.pk, "B")
    faults.lose_the_answer()
    faults.items.commit(Put(Item(key), expect=0), Put(Item(other), expect=0))
    assert faults.items.get(other) is not None


def test_an_addition_with_a_watermark_counts_once_though_its_answer_was_lost(faults, key):
    faults.lose_the_answer()
    faults.items.commit(Add(key, {"n": 1}, watermark=("shard", "001")))
    assert faults.items.get(key).numbers == {"n": 1}


def test_another_writers_item_is_a_conflict_also_after_a_repetition(faults, key):
    faults.items.commit(Put(Item(key, body=b"theirs"), expect=0))
    faults.refuse(b"{}", status=500)
    with pytest.raises(CommitConflict):
        faults.items.commit(Put(Item(key, body=b"mine"), expect=0))


def test_the_same_item_written_by_another_is_a_conflict_without_a_repetition(faults, key):
    faults.items.commit(Put(Item(key), expect=0))
    with pytest.raises(CommitConflict):
        faults.items.commit(Put(Item(key), expect=0))


def test_a_transaction_that_met_another_is_a_conflict(faults, key):
    faults.refuse(
        b'{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",'
        b'"CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict"}]}'
    )
    with pytest.raises(CommitConflict) as conflict:
        faults.items.commit(Put(Item(key)), Put(Item(Key(Table.LIVE, key.pk, "B"))))
    assert conflict.value.failed == (1,)


def test_a_write_that_met_a_transaction_is_a_conflict_of_unknown_place(faults, key):
    faults.refuse(b'{"__type":"com.amazonaws.dynamodb.v20120810#TransactionConflictException"}')
    with pytest.raises(CommitConflict) as conflict:
        faults.items.commit(Put(Item(key), expect=0))
    assert conflict.value.failed == ()


def test_a_throttled_transaction_is_no_conflict(faults, key):
    faults.refuse(
        b'{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",'
        b'"CancellationReasons":[{"Code":"None"},{"Code":"ThrottlingError"}]}'
    )
    with pytest.raises(StoreUnavailable):
        faults.items.commit(Put(Item(key)), Put(Item(Key(Table.LIVE, key.pk, "B"))))


@pytest.mark.parametrize("request_", ["get", "get_many", "query", "count", "commit"])
def test_a_store_that_fails_to_the_end_is_unavailable(faults, key, request_):
    faults.refuse(b"{}", status=500, times=10)
    requests = {
        "get": lambda: faults.items.get(key),
        "get_many": lambda: faults.items.get_many([key]),
        "query": lambda: faults.items.query(Table.LIVE, key.pk),
        "count": lambda: faults.items.count(Table.LIVE, key.pk, before="z", limit=1),
        "commit": lambda: faults.items.commit(Put(Item(key))),
    }
    with pytest.raises(StoreUnavailable):
        requests[request_]()


def test_what_a_batch_left_undone_is_asked_for_again(faults, key):
    faults.items.commit(Put(Item(key)))
    table = f"{PREFIX}live".encode()
    undone = b'{"Responses":{},"UnprocessedKeys":{"%s":{"Keys":[{"pk":{"S":"%s"},"sk":{"S":"A"}}]}}}'
    faults.refuse(undone % (table, key.pk.encode()), status=200)
    assert faults.items.get_many([key])[0].key == key


def test_each_operation_is_one_round_trip(faults, key):
    keys = [Key(Table.LIVE, key.pk, f"{n:03}") for n in range(60)]
    for operation in (
        lambda: faults.items.commit(*(Put(Item(k)) for k in keys)),
        lambda: faults.items.get_many([*keys, Key(Table.CONFIG, key.pk, "x")]),
        lambda: faults.items.query(Table.LIVE, key.pk, limit=60),
        lambda: faults.items.query(Table.LIVE, key.pk, limit=20),
        lambda: faults.items.query(Table.LIVE, key.pk, prefix="0", after="010", reverse=True),
        lambda: faults.items.count(Table.LIVE, key.pk, before="050", limit=50),
        lambda: faults.items.commit(Put(Item(keys[0], version=2), expect=1)),
    ):
        before = faults.sent
        operation()
        assert faults.sent == before + 1
