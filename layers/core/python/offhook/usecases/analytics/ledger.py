"""Books what events say was used: each record once, accounts and days in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec

from offhook.domain.ids import ContactId
from offhook.domain.metering.account import Posting, account_of, post
from offhook.domain.metering.price_book import PriceBook, UnknownMeter, current
from offhook.domain.metering.usage import USAGE_RECORDED, Record, UnreadableUsage, record_of
from offhook.stores.ledger import ACCOUNTS_AT_ONCE, Ledger
from offhook.stores.timelines import Timelines
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

Flat = Mapping[str, Any]
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Booked:
    """How many of a batch's records were booked (now or before), and how many were set aside."""

    booked: int
    quarantined: int


def book_events(deps: Deps, events: Sequence[Flat], prices: PriceBook | None = None) -> Booked:
    """Book one tenant's events; what cannot be understood or priced is set aside, never skipped."""
    book = prices or current()
    records = [_record(deps, event, book) for event in events]
    readable = [r for r in records if r is not None]
    accounts: dict[str, list[Record]] = {}
    for record in readable:
        if record.usages:
            accounts.setdefault(account_of(record), []).append(record)
    names = sorted(accounts)
    for start in range(0, len(names), ACCOUNTS_AT_ONCE):
        part = {name: accounts[name] for name in names[start : start + ACCOUNTS_AT_ONCE]}
        again_on_conflict(partial(_book, deps, part, book), ATTEMPTS)
    return Booked(len(readable), len(records) - len(readable))


def keep_timelines(deps: Deps, events: Sequence[Flat]) -> None:
    """Keep each contact's events beside its record."""
    timelines = Timelines(deps.items, deps.tenant.id)
    parts: dict[str, list[Flat]] = {}
    for event in events:
        if event.get("contact_id") and event["type"] != USAGE_RECORDED:
            parts.setdefault(event["contact_id"], []).append(event)
    for contact_id, part in parts.items():
        timelines.add(ContactId(contact_id), part)


def _record(deps: Deps, event: Flat, book: PriceBook) -> Record | None:
    try:
        record = record_of(event)
        for usage in record.usages:
            book.price(usage.meter, usage.at)
        return record
    except (UnreadableUsage, UnknownMeter):
        ledger = Ledger(deps.items, deps.tenant.id)
        ledger.quarantine(str(event["event_id"]), msgspec.json.encode(event), deps.clock.now())
        return None


def _book(deps: Deps, accounts: Mapping[str, Sequence[Record]], book: PriceBook) -> None:
    ledger = Ledger(deps.items, deps.tenant.id)
    changed, postings = [], list[Posting]()
    for entry in ledger.entries(list(accounts)):
        account, changes = post(entry.account, accounts[entry.name], book)
        if account != entry.account:
            changed.append(replace(entry, account=account))
            postings += changes
    if changed:
        ledger.save(changed, postings, deps.clock.now())
