"""Facts about a tenant itself: rows of the streamed table that carry events and nothing else.

A configured thing is not in the streamed table, so a change of it commits its events beside it, in the same commit.
"""

from collections.abc import Sequence

from offhook.domain.events import Event
from offhook.domain.ids import DAY, Instant, TenantId
from offhook.domain.storage import Item, Key, Put, Table
from offhook.stores.codec import encode_events
from offhook.stores.keys import tenant_prefix


def facts(tenant: TenantId, fact_id: str, events: Sequence[Event], now: Instant) -> Put:
    """The write that publishes the events, to be committed with the change that they tell of.

    fact_id: unique for ever in the tenant (such as tenant_status-7); the events' ids are made of it.
    """
    key = Key(Table.LIVE, f"{tenant_prefix(tenant)}FACT#{fact_id}", "FACT")
    return Put(Item(key, events=encode_events(events), expires_at=now + DAY), expect=0)
