"""The ledger is a function of the set of events: order, doubles, batches and crashes change nothing."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import DAY, ContactId, TenantId
from offhook.domain.metering.price_book import PICOS
from offhook.domain.metering.records import BILLED
from offhook.domain.metering.settle import TRUE_UP
from offhook.domain.storage import Table
from offhook.domain.tenants.context import TenantContext
from offhook.stores.ledger import Ledger
from offhook.usecases.analytics.cost import contact_cost, daily_costs, dollars
from offhook.usecases.analytics.ledger import book_events, keep_timelines
from offhook.usecases.deps import Deps

ACME, OTHER = TenantId("t_acme"), TenantId("t_other")
NOON = 1_760_097_600_000
NONE: Any = None
STANDS = {"storage": "aws.s3.byte_month", "numbers": "carrier.number_month", "people": "aws.cognito.user_month"}
DAYS = ("2025-10-09", "2025-10-12")


def deps_of(store: MemoryStore, tenant: TenantId = ACME) -> Deps:
    items = MemoryItems(store, tenant)
    return Deps(TenantContext(tenant), FrozenClock(), SeededIds(), items, NONE, NONE, NONE)


def fact(n: int, event_type: str, contact: str = "c_1", at: int = NOON, **fields: Any) -> dict[str, Any]:
    return {"event_id": f"e:{n}:0", "type": event_type, "at": at, "contact_id": contact, "tenant": ACME, **fields}


def conversation(contact: str = "c_1", at: int = NOON, n: int = 0) -> list[dict[str, Any]]:
    """Five minutes of the customer, of which four with an agent, recorded."""
    minute = 60_000
    return [
        fact(n, "recording_changed", contact, at + minute, recording_sid=f"RE{contact}", duration_s=0.0),
        fact(n + 1, "handling_ended", contact, at + 5 * minute, visit=1, accepted_at=at + minute,
             talk_ended_at=at + 5 * minute),
        fact(n + 2, "contact_ended", contact, at + 5 * minute, started_at=at, duration_s=300.0),
        fact(n + 3, "recording_changed", contact, at + 6 * minute, recording_sid=f"RE{contact}", duration_s=239.0),
    ]  # fmt: skip


@st.composite
def events(draw: st.DrawFn) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for n in range(draw(st.integers(1, 12))):
        contact = draw(st.sampled_from(["c_1", "c_2", ""]))
        at = NOON + draw(st.integers(-DAY, DAY))
        seconds = draw(st.integers(0, 9000)) / 10
        match draw(st.integers(0, 8)):
            case 0:
                found.append(fact(n, "contact_ended", contact or "c_3", at, started_at=at, duration_s=seconds))
            case 1:
                visit, end = draw(st.integers(1, 2)), at + round(seconds * 1000)
                found.append(
                    fact(n, "handling_ended", contact or "c_3", end, visit=visit, accepted_at=at, talk_ended_at=end)
                )
            case 2:
                agent, kind = draw(st.sampled_from(["", "a_1"])), draw(st.sampled_from(["inbound", "client", "sip"]))
                found.append(
                    fact(n, "leg_ended", contact or "c_3", at, agent_id=agent, visit=1, endpoint=kind,
                         started_at=at, duration_s=seconds)
                )  # fmt: skip
            case 3:
                sid = draw(st.sampled_from(["RE1", "RE2"]))
                found.append(fact(n, "recording_changed", contact or "c_3", at, recording_sid=sid, duration_s=seconds))
            case 4:
                counters = {"lambda_ms": seconds, "dynamodb_wru": draw(st.integers(0, 9)), "dynamodb_rru": 0.5}
                found.append(fact(n, "usage_recorded", contact, at, counters=counters))
            case 5:
                visit, queue = draw(st.integers(1, 3)), draw(st.sampled_from(["sales", "help"]))
                found.append(fact(n, "queue_entered", contact or "c_3", at, visit=visit, queue_id=queue))
            case 6:
                day, name = at // DAY * DAY + DAY // 2, draw(st.sampled_from(list(STANDS)))
                quantity, seen = draw(st.integers(0, 10**6)) / 1000, at + n
                found.append(fact(n, "standing_used", "standing-day", day, usage_id=f"standing:{name}:{day}",
                                  meter=STANDS[name], quantity=str(quantity), as_of=seen))  # fmt: skip
            case 7:
                dollars = draw(st.sampled_from(["0", "1.15", "2.3"]))
                found.append(fact(n, "carrier_usage", "bill-day", at // DAY * DAY, category="phonenumbers",
                                  quantity=dollars, dollars=dollars, as_of=round(float(dollars) * 1000)))  # fmt: skip
            case _:
                bad = draw(st.sampled_from([{"counters": 7}, {"counters": {"lambda_ms": -1}}, {}]))
                found.append(fact(n, "usage_recorded", contact, at, **bad))
    return found


def stored(store: MemoryStore) -> list[tuple[str, str, bytes, list[tuple[str, int]]]]:
    """Everything the ledger holds, but what counts commits and deliveries, and days that came to nothing."""
    rows = (row.item for key, row in store.rows.items() if key.table is Table.LEDGER)
    found = [
        (i.key.pk, i.key.sk, i.body, sorted((n, v) for n, v in i.numbers.items() if v and n != "duplicate"))
        for i in rows
    ]
    return sorted(row for row in found if row[2] or row[3])


def picos(text: str) -> int:
    from decimal import Decimal

    return int(Decimal(text) * PICOS)


@settings(max_examples=60, deadline=None)
@given(facts=events(), seed=st.integers(0, 9999))
def test_any_order_doubling_batching_and_crash_gives_the_same_bytes(facts: list[dict[str, Any]], seed: int) -> None:
    calm, rough, chance = MemoryStore(), MemoryStore(), Random(seed)
    book_events(deps_of(calm), facts)
    queue = facts + chance.choices(facts, k=len(facts))
    chance.shuffle(queue)

    def crash(_: object) -> None:
        if chance.random() < 0.3:
            raise StoreUnavailable

    rough.before_commit = rough.after_commit = crash
    while queue:
        batch = queue[: chance.randint(1, 5)]
        try:
            book_events(deps_of(rough), batch)
            queue = queue[len(batch) :]
        except StoreUnavailable:
            chance.shuffle(batch)
    assert stored(rough) == stored(calm)


@settings(max_examples=60, deadline=None)
@given(facts=events())
def test_lines_sum_to_contacts_and_contacts_and_minutes_sum_to_days(facts: list[dict[str, Any]]) -> None:
    store = MemoryStore()
    deps = deps_of(store)
    booked = book_events(deps, facts)
    assert booked.booked + booked.duplicates + booked.quarantined == len(facts)
    assert len(Ledger(deps.items, ACME).quarantined()) == booked.quarantined
    names = [key.pk.partition("#ACCOUNT#")[2] for key in store.rows if "#ACCOUNT#" in key.pk]
    views = [contact_cost(deps, ContactId(name)) for name in names]
    assert all(sum(picos(line.cost) for line in v.lines) == picos(v.total) for v in views)
    days = daily_costs(deps, *DAYS)
    assert all(sum(map(picos, d.meters.values())) == picos(d.total) for d in days)
    lines = [line for v in views for line in v.lines if not line.meter.startswith(BILLED)]
    true_ups = [picos(cost) for d in days for meter, cost in d.meters.items() if meter.startswith(TRUE_UP)]
    assert sum(picos(line.cost) for line in lines) + sum(true_ups) == sum(picos(d.total) for d in days)


def test_a_reference_call_costs_what_the_price_list_says():
    deps = deps_of(MemoryStore())
    book_events(deps, conversation())
    view = contact_cost(deps, ContactId("c_1"))
    costs = {line.meter: (line.quantity, line.unit, line.cost) for line in view.lines if "carrier" in line.meter}
    assert costs == {
        "carrier.conference.participant": ("480", "s", "0.0144"),
        "carrier.recording": ("240", "s", "0.01"),
        "carrier.voice.client": ("240", "s", "0.016"),
        "carrier.voice.inbound": ("300", "s", "0.0425"),
    }
    assert view.total.startswith("0.0829")


def test_what_the_carrier_says_of_a_leg_replaces_what_was_assumed_whenever_it_comes():
    leg = fact(9, "leg_ended", agent_id="a_1", visit=1, endpoint="outbound", started_at=NOON, duration_s=61.0)
    totals = set()
    for order in ([*conversation(), leg], [leg, *conversation()], [leg, *conversation(), leg]):
        deps = deps_of(MemoryStore())
        book_events(deps, order)
        view = contact_cost(deps, ContactId("c_1"))
        legs = {line.meter: line.cost for line in view.lines if line.meter.startswith("carrier.voice")}
        assert legs == {"carrier.voice.inbound": "0.0425", "carrier.voice.outbound": "0.028"}
        totals.add((view.total, *(d.total for d in daily_costs(deps, *DAYS))))
    assert len(totals) == 1


@settings(max_examples=40, deadline=None)
@given(facts=events(), seed=st.integers(0, 9999))
def test_every_delivery_is_applied_a_duplicate_or_set_aside(facts: list[dict[str, Any]], seed: int) -> None:
    chance, deps = Random(seed), deps_of(MemoryStore())
    queue = facts + chance.choices(facts, k=len(facts))
    chance.shuffle(queue)
    delivered = 0
    while queue:
        batch = queue[: chance.randint(1, 5)]
        queue = queue[len(batch) :]
        delivered += len(batch)
        book_events(deps, batch)
        assert sum(Ledger(deps.items, ACME).counts().values()) == delivered
    counts = Ledger(deps.items, ACME).counts()
    assert counts["applied"] + counts["quarantined"] == len(facts)


def test_the_same_id_with_another_content_is_set_aside_and_changes_nothing():
    deps = deps_of(MemoryStore())
    book_events(deps, conversation())
    before = contact_cost(deps, ContactId("c_1"))
    other = fact(2, "contact_ended", "c_1", NOON + 300_000, started_at=NOON, duration_s=9_000.0)
    for _ in range(2):
        booked = book_events(deps, [other])
        assert (booked.booked, booked.conflicting, booked.quarantined) == (0, 1, 1)
    assert contact_cost(deps, ContactId("c_1")) == before
    assert len(Ledger(deps.items, ACME).quarantined()) == 1
    assert Ledger(deps.items, ACME).counts() == {"applied": 4, "duplicate": 1, "quarantined": 1}


def test_two_consumers_at_once_lose_nothing():
    store = MemoryStore()
    first, raced = deps_of(store), []

    def other_is_faster(_: object) -> None:
        if not raced:
            raced.append(True)
            book_events(deps_of(store), conversation()[2:])

    store.before_commit = other_is_faster
    book_events(first, conversation()[:2])
    assert contact_cost(first, ContactId("c_1")).total == contact_cost_of(conversation())


def contact_cost_of(facts: list[dict[str, Any]]) -> str:
    deps = deps_of(MemoryStore())
    book_events(deps, facts)
    return contact_cost(deps, ContactId("c_1")).total


def test_another_tenants_events_change_nothing_measured_here():
    store = MemoryStore()
    book_events(deps_of(store), conversation())
    before = contact_cost(deps_of(store), ContactId("c_1"))
    book_events(deps_of(store, OTHER), conversation(n=50))
    assert contact_cost(deps_of(store), ContactId("c_1")) == before


def test_a_batch_of_many_contacts_is_booked_whole():
    deps = deps_of(MemoryStore())
    facts = [f for n in range(95) for f in conversation(f"c_{n}", n=10 * n)]
    assert book_events(deps, facts).booked == len(facts)
    one = picos(contact_cost(deps, ContactId("c_94")).total)
    assert sum(picos(d.total) for d in daily_costs(deps, *DAYS)) == 95 * one


def test_nothing_booked_costs_nothing():
    assert contact_cost(deps_of(MemoryStore()), ContactId("c_none")).total == "0"
    assert dollars(1) == "0.000000000001"


def test_a_timeline_has_each_event_once_in_order():
    from offhook.stores.timelines import Timelines

    deps = deps_of(MemoryStore())
    facts = [{**f, "event_id": f"contact:c_1:{n + 1}:0"} for n, f in enumerate(conversation())]
    keep_timelines(deps, facts[2:])
    keep_timelines(deps, facts[1:3])
    keep_timelines(deps, facts)
    assert [e["event_id"] for e in Timelines(deps.items, ACME).of(ContactId("c_1"))] == [f["event_id"] for f in facts]


@pytest.mark.parametrize("endpoint", ["satellite", "phone"])
def test_a_leg_without_a_price_is_set_aside_not_free(endpoint: str) -> None:
    deps = deps_of(MemoryStore())
    leg = fact(9, "leg_ended", agent_id="", visit=0, endpoint=endpoint, started_at=NOON, duration_s=61.0)
    assert book_events(deps, [leg]).quarantined == 1
    assert contact_cost(deps, ContactId("c_1")).total == "0"
