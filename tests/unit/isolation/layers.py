"""Layers one and two asked directly: every operation of a store and every shape of request, with another's keys."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from offhook import wiring
from offhook.adapters import guard
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.adapters.memory.cipher import MemoryCipher
from offhook.domain.errors import TenantViolation
from offhook.domain.storage import Add, Check, Delete, Item, Items, Key, Put, Table

from tests.unit.isolation.centre import A, B, Centre

Ask = Callable[[Items, Key], object]
INDEX = "T#{}#OPEN#CONTACT"
OPERATIONS: Mapping[str, Ask] = {
    "get": lambda items, key: items.get(key),
    "get_many": lambda items, key: items.get_many([own(key), key]),
    "query": lambda items, key: items.query(key.table, key.pk),
    "count": lambda items, key: items.count(key.table, key.pk, before="~", limit=5),
    "query_index": lambda items, key: items.query_index(key.table, INDEX.format(B)),
    "put": lambda items, key: items.commit(Put(Item(key))),
    "put into the index": lambda items, key: items.commit(Put(replace(Item(own(key)), index=(INDEX.format(B), "x")))),
    "delete": lambda items, key: items.commit(Delete(key)),
    "add": lambda items, key: items.commit(Add(key, {"n": 1})),
    "check": lambda items, key: items.commit(Put(Item(own(key))), Check(key, 1)),
}


def own(key: Key) -> Key:
    """The same key with A's prefix."""
    return replace(key, pk=key.pk.replace(f"T#{B}#", f"T#{A}#"))


def prefixless(key: Key) -> Key:
    """The same key as a store that forgot its tenant would write it."""
    return replace(key, pk=key.pk.removeprefix(f"T#{B}#"))


def store_faults(made: Centre) -> Iterator[str]:
    """What A's stores, and the edge's, let through; nothing when layer one holds."""
    theirs = [key for key in made.before[B] if key.table is not Table.DIRECTORY]
    one_of_each = list({(key.table, key.pk.split("#")[2]): key for key in theirs}.values())
    made.rewind()
    for key in one_of_each:
        for name, ask in OPERATIONS.items():
            for wrong in (key, prefixless(key), replace(key, table=Table.DIRECTORY)):
                yield from _passed(f"A's store: {name} {wrong}", lambda a=ask, k=wrong: a(_items(made), k))
                yield from _passed(f"the edge: {name} {wrong}", lambda a=ask, k=wrong: _edge(a, k))
    if not made.unchanged(B):
        yield "rows of B were changed"


def _items(made: Centre) -> Items:
    return made.world.aws.deps_for(made.world.aws.tenant_context(A)).items


def _edge(ask: Ask, key: Key) -> object:
    if not key.pk.startswith("T#") and key.table is Table.DIRECTORY:
        raise TenantViolation("A key of the edge is its own.")
    return ask(wiring.edge_items(), key)


def _passed(what: str, attempt: Callable[[], object]) -> Iterator[str]:
    try:
        attempt()
    except TenantViolation:
        return
    yield f"{what} was carried out"


PLACE = {"TableName": "live", "Key": {"pk": {"S": f"T#{B}#AGENT#a_1"}, "sk": {"S": "AGENT"}}}
PREFIXLESS = {"TableName": "live", "Key": {"pk": {"S": "AGENT#a_1"}, "sk": {"S": "AGENT"}}}
LONGER = {"TableName": "live", "Key": {"pk": {"S": f"T#{A}1#AGENT#a_1"}, "sk": {"S": "AGENT"}}}
REQUESTS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("dynamodb", "GetItem", PLACE),
    ("dynamodb", "GetItem", PREFIXLESS),
    ("dynamodb", "GetItem", LONGER),
    ("dynamodb", "UpdateItem", {**PLACE, "UpdateExpression": "SET v = :v"}),
    ("dynamodb", "TransactWriteItems", {"TransactItems": [{"Delete": PLACE}]}),
    ("dynamodb", "Scan", {"TableName": "live"}),
    ("s3", "GetObject", {"Bucket": "b", "Key": f"t/{B}/r.wav"}),
    ("s3", "GetObject", {"Bucket": "b", "Key": "r.wav"}),
    ("s3", "ListObjectsV2", {"Bucket": "b"}),
    ("kinesis", "PutRecord", {"PartitionKey": f"{B}#c_1", "Data": b""}),
    ("sqs", "SendMessage", {"MessageGroupId": B, "MessageBody": ""}),
    ("sqs", "SendMessage", {"MessageBody": ""}),
    ("kms", "Decrypt", {"EncryptionContext": {"tenant": B}, "CiphertextBlob": b""}),
    ("kms", "Decrypt", {"CiphertextBlob": b""}),
    ("athena", "StartQueryExecution", {"QueryString": f"SELECT 1 WHERE tenant = '{B}'"}),
    ("athena", "StartQueryExecution", {"QueryString": "SELECT 1"}),
    ("athena", "StartQueryExecution", {"QueryString": f"SELECT 1 WHERE tenant = '{A}'"}),
    (
        "athena",
        "StartQueryExecution",
        {
            "QueryString": f"SELECT 1 WHERE tenant = '{A}'",
            "ResultConfiguration": {"OutputLocation": f"s3://results/t/{B}/results/"},
        },
    ),
    ("secretsmanager", "GetSecretValue", {"SecretId": "x"}),
)


def guard_faults() -> Iterator[str]:
    """What the guard lets A, and nobody, send; nothing when layer two holds."""
    for service, operation, params in REQUESTS:
        yield from _sent(f"{service} {operation} {params}", service, operation, params)
        if guard.allowed(service, operation, params) if service != "dynamodb" else False:
            yield f"outside every scope {service} {operation} was let through"
    with platform_scope():
        yield from _refused("the platform", "dynamodb", "GetItem", PLACE)
    try:
        MemoryCipher().decrypt(A, MemoryCipher().encrypt(B, b"secret"))
    except TenantViolation:
        return
    yield "a secret of B was opened for A"


def _sent(what: str, service: str, operation: str, params: Mapping[str, Any]) -> Iterator[str]:
    with tenant_scope(A):
        yield from _refused(what, service, operation, params)


def _refused(what: str, service: str, operation: str, params: Mapping[str, Any]) -> Iterator[str]:
    try:
        passed = guard.allowed(service, operation, params)
    except TenantViolation:
        return
    if passed:
        yield f"{what}: {service} {operation} was let through"
