"""The PynamoDB models of the six tables; CDK derives keys, indexes, streams and expiry from them."""

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

from offhook.domain.storage import Table


class ItemModel(Model):
    """What every item has: keys, version, a JSON body, the events of its last change, and an expiry in seconds."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    v = NumberAttribute(default=1)
    body = BinaryAttribute(legacy_encoding=False, null=True)
    events = BinaryAttribute(legacy_encoding=False, null=True)
    expires_at = NumberAttribute(null=True)


class SparseIndex(GlobalSecondaryIndex[ItemModel]):  # type: ignore[no-untyped-call]  # untyped in PynamoDB
    """An index that holds only the items which carry its keys."""

    class Meta:
        index_name = "by_index"
        projection = KeysOnlyProjection()

    index_pk = UnicodeAttribute(hash_key=True)
    index_sk = UnicodeAttribute(range_key=True)


class IndexedModel(ItemModel):
    """An item that may also appear in the sparse index."""

    index_pk = UnicodeAttribute(null=True)
    index_sk = UnicodeAttribute(null=True)


class Directory(ItemModel):
    """Global handles to tenants: account sids, numbers, users; ids only."""

    class Meta:
        table_name = Table.DIRECTORY


class Config(ItemModel):
    """What tenants configured: flows, queues, profiles, people, surveys, hours, numbers, secrets."""

    class Meta:
        table_name = Table.CONFIG


class Live(IndexedModel):
    """Agents, contacts under way with their offers, ready and waiting rows; streamed."""

    class Meta:
        table_name = Table.LIVE

    by_index = SparseIndex()


class Records(IndexedModel):
    """Closed contacts, customers and their timelines; streamed never, indexed by day."""

    class Meta:
        table_name = Table.RECORDS

    by_index = SparseIndex()


class Ledger(ItemModel):
    """Usage and cost."""

    class Meta:
        table_name = Table.LEDGER


class Pulse(ItemModel):
    """Heartbeats, live connections and live counters."""

    class Meta:
        table_name = Table.PULSE


TABLES: tuple[type[ItemModel], ...] = (Directory, Config, Live, Records, Ledger, Pulse)
STREAMED: frozenset[Table] = frozenset({Table.LIVE})
EXPIRING: frozenset[Table] = frozenset(set(Table) - {Table.CONFIG})
