"""What the carrier says things cost: asked some time after a contact is over, and once a day for the whole account."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from offhook.domain.errors import CarrierUnavailable, CarrierUncertain, InvalidInput
from offhook.domain.ids import HOUR, SECOND, ContactId, start_of
from offhook.domain.messages import Message, Topic
from offhook.domain.metering.records import CUSTOMER, leg_of, party_of
from offhook.domain.metering.settle import CATEGORIES
from offhook.domain.metering.usage import CARRIER_PRICED, CARRIER_USAGE, PRICED
from offhook.domain.telephony import PricedKind, UsageRow
from offhook.stores.ledger import Ledger
from offhook.stores.timelines import Timelines
from offhook.usecases.analytics.ledger import book_events
from offhook.usecases.deps import Deps

ASK_AFTER_S = 900.0
ATTEMPTS = 8  # two hours; what the carrier does not say by then is in the bill of the day
Flat = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Priced:
    """One thing that the carrier will put a price on. usage_id: whose estimate the price replaces."""

    kind: PricedKind
    sid: str
    usage_id: str
    meter: str
    at: int
    quantity: float


def remember(deps: Deps, events: Sequence[Flat]) -> None:
    """Ask for the prices of the contacts that these events close, later. Asked twice is answered once."""
    for event in events:
        if event["type"] == "contact_closed" and deps.tenant.account_sid:
            deps.outgoing.send(Message(deps.tenant.id, Topic.CARRIER_PRICE, str(event["contact_id"])), ASK_AFTER_S)


def ask(deps: Deps, contact_id: ContactId, before: int = 0) -> int:
    """Book the prices that the carrier knows; ask again for the rest. Returns how many are still missing."""
    missing = _unpriced(deps, contact_id)
    facts = [(one, _price(deps, one)) for one in missing]
    book_events(deps, [_fact(contact_id, one, price) for one, price in facts if price is not None])
    left = sum(price is None for _, price in facts)
    if left and before + 1 < ATTEMPTS:
        message = Message(deps.tenant.id, Topic.CARRIER_PRICE, contact_id, str(before + 1))
        deps.outgoing.send(message, ASK_AFTER_S)
    return left


def import_day(deps: Deps, day: str) -> int:
    """Book what the carrier bills for a UTC day; a later import of a changed bill replaces it. Returns how many."""
    if not deps.tenant.account_sid:
        return 0
    rows = deps.telephony.usage_of(_date(day))
    facts = [_bill(deps, day, row) for row in rows if row.category in CATEGORIES]
    return book_events(deps, facts).booked


def priced_things(events: Sequence[Flat]) -> Iterator[Priced]:
    """What of a contact the carrier will price, from its timeline.

    Not recordings: they are deleted there once ours are compared, before their price is known.
    The bill of the day has them.
    """
    sids = {str(e["call_sid"]) for e in events if e["type"] == "contact_started"}
    for event in events:
        match event["type"]:
            case "contact_ended":
                meter, at, seconds = "carrier.voice.inbound", int(event["started_at"]), event["duration_s"]
                yield from (Priced(PricedKind.CALL, sid, leg_of(event, CUSTOMER), meter, at, seconds) for sid in sids)
            case "leg_ended":
                meter, at = f"carrier.voice.{event['endpoint']}", int(event["started_at"])
                name = leg_of(event, party_of(event))
                yield Priced(PricedKind.CALL, event["leg_sid"], name, meter, at, event["duration_s"])


def _unpriced(deps: Deps, contact_id: ContactId) -> list[Priced]:
    (entry,) = Ledger(deps.items, deps.tenant.id).entries([contact_id])
    known = {name for name, line in entry.account.lines.items() if line.revision >= PRICED}
    found = priced_things(Timelines(deps.items, deps.tenant.id).of(contact_id))
    return list({one.usage_id: one for one in found if one.usage_id not in known and one.sid}.values())


def _price(deps: Deps, one: Priced) -> str | None:
    """None when the carrier cannot be asked, too: it is asked again with the rest."""
    try:
        return deps.telephony.price_of(one.kind, one.sid)
    except (CarrierUnavailable, CarrierUncertain):
        return None


def _fact(contact_id: ContactId, one: Priced, dollars: str) -> dict[str, Any]:
    return {
        "event_id": f"tw:{one.sid}:price:{dollars}",
        "type": CARRIER_PRICED,
        "at": one.at,
        "contact_id": contact_id,
        "usage_id": one.usage_id,
        "meter": one.meter,
        "quantity": str(one.quantity),
        "dollars": dollars,
    }


def _bill(deps: Deps, day: str, row: UsageRow) -> dict[str, Any]:
    digest = sha256(f"{row.category} {row.usage} {row.dollars}".encode()).hexdigest()[:16]
    return {
        "event_id": f"usage:{deps.tenant.account_sid}:{row.category}:{day}:{digest}",
        "type": CARRIER_USAGE,
        "at": start_of(day) + 12 * HOUR,
        "contact_id": f"bill-{day}",
        "category": row.category,
        "quantity": row.usage,
        "dollars": row.dollars,
        "as_of": _rank(row),
    }


def _rank(row: UsageRow) -> int:
    """A day's usage only grows while it is counted: of two bills of a day the larger is the later."""
    return round(float(row.usage) * SECOND)


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as wrong:
        raise InvalidInput("day", field="day") from wrong
