"""Books what events say was used: each record once, accounts and days in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec

from offhook.domain.ids import ContactId
from offhook.domain.metering.account import Posted, account_of, post
from offhook.domain.metering.books import current, sell_price
from offhook.domain.metering.price_book import PriceBook, UnknownMeter
from offhook.domain.metering.records import Record, UnreadableUsage
from offhook.domain.metering.usage import USAGE_RECORDED, record_of
from offhook.stores.ledger import ACCOUNTS_AT_ONCE, DUPLICATE, Ledger
from offhook.stores.timelines import Timelines
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

Flat = Mapping[str, Any]
ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Booked:
    """What became of a batch's records, now: booked, booked before, or set aside. Their sum is the batch.

    conflicting: of those set aside, how many have the id of a booked one and another content.
    """

    booked: int
    duplicates: int
    quarantined: int
    conflicting: int


def book_events(deps: Deps, events: Sequence[Flat], prices: PriceBook | None = None) -> Booked:
    """Book one tenant's events; what cannot be understood or priced is set aside, never skipped."""
    book = prices or current()
    records = [_record(deps, event, book) for event in events]
    accounts: dict[str, list[Record]] = {}
    for record in records:
        if record is not None:
            accounts.setdefault(account_of(record), []).append(record)
    names, posted = sorted(accounts), list[Posted]()
    for start in range(0, len(names), ACCOUNTS_AT_ONCE):
        part = {name: accounts[name] for name in names[start : start + ACCOUNTS_AT_ONCE]}
        posted += again_on_conflict(partial(_book, deps, part, book), ATTEMPTS)
    conflicts = [record for one in posted for record in one.conflicts]
    for event, record in zip(events, records, strict=True):
        if record in conflicts:
            _set_aside(deps, f"{record.id}:{record.content}", event)
    unreadable = sum(record is None for record in records)
    return Booked(
        sum(one.applied for one in posted),
        sum(one.duplicates for one in posted),
        unreadable + len(conflicts),
        len(conflicts),
    )


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
            if usage.dollars is None:
                book.price(usage.meter, usage.at, usage.dims)
        for act in record.acts:
            sell_price(act.meter)
        return record
    except (UnreadableUsage, UnknownMeter):
        _set_aside(deps, str(event["event_id"]), event)
        return None


def _set_aside(deps: Deps, name: str, event: Flat) -> None:
    """Kept for somebody to look; the same again is one more delivery of it."""
    ledger = Ledger(deps.items, deps.tenant.id)
    if not ledger.quarantine(name, msgspec.json.encode(event), deps.clock.now()):
        ledger.count(DUPLICATE, 1)


def _book(deps: Deps, accounts: Mapping[str, Sequence[Record]], book: PriceBook) -> list[Posted]:
    """What was done; when all of it was known only the deliveries are counted."""
    ledger = Ledger(deps.items, deps.tenant.id)
    entries = ledger.entries(list(accounts))
    posted = [post(entry.account, accounts[entry.name], book) for entry in entries]
    changed = [replace(entry, account=one.account) for entry, one in zip(entries, posted, strict=True) if one.applied]
    duplicates = sum(one.duplicates for one in posted)
    if changed:
        ledger.save(changed, posted, deps.clock.now())
    elif duplicates:
        ledger.count(DUPLICATE, duplicates)
    return posted
