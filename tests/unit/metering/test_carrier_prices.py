"""What the carrier says replaces what we assumed, late, twice and in any order, and a day ends at its bill."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from offhook.adapters.memory.objects import MemoryObjects
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.errors import CarrierUnavailable
from offhook.domain.ids import DAY, ContactId, TenantId, day_of, start_of
from offhook.domain.metering.records import BILLED
from offhook.domain.metering.settle import CATEGORIES, TRUE_UP, measured, settled
from offhook.domain.metering.usage import PRICED
from offhook.domain.numbers.line import Line
from offhook.domain.telephony import PricedKind, UsageRow
from offhook.stores.ledger import Ledger
from offhook.usecases.analytics.ledger import book_events, keep_timelines
from offhook.usecases.deps import Deps
from offhook.usecases.metering import carrier_prices
from offhook.usecases.metering.standing import book_today

from tests.unit.metering.kit import Bench, call
from tests.unit.metering.test_ledger import stored
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import World, world

ACME = TenantId("t_acme")
PICOS = 10**12


@pytest.fixture(scope="module")
def day() -> Iterator[World]:
    """Some calls, all over, all booked; the carrier has not said what they cost."""
    with world(seed=11) as made:
        agents = staff(made, made.add_tenant("acme", "+14155550100"))
        for n in range(8):
            script = ["press 1 after the first prompt, press 1, press 1, press 9", "hang up after 70 s"][n % 2]
            made.carrier.place_call(f"+1415555{n:04d}", "+14155550100", script)
            made.run(50)
        made.run(400)
        for agent in agents:
            agent.sign_out()
        made.run(30)
        with made.within(ACME) as deps:
            keep_timelines(deps, checks.events(made, ACME))
            book_events(deps, checks.events(made, ACME))
            carrier_prices.remember(deps, checks.events(made, ACME))
        yield made


def lines(deps: Deps, made: World) -> dict[str, Any]:
    entries = Ledger(deps.items, ACME).entries([c.id for c in checks.contacts(made, ACME)])
    return {name: line for entry in entries for name, line in entry.account.lines.items()}


def test_prices_come_by_themselves_and_equal_what_the_carrier_says(day: World) -> None:
    day.run(1800)
    with day.within(ACME) as deps:
        found = lines(deps, day)
        legs = [line for name, line in found.items() if name.startswith("leg:")]
        assert legs and all(line.revision == PRICED for line in legs)
        said = sum((Decimal(c.price or 0) for c in day.carrier.calls.all.values()), Decimal(0))
        assert sum(line.picos for line in legs) == -said * PICOS
        before = stored(day.aws.store)
        for contact in checks.contacts(day, ACME):
            assert carrier_prices.ask(deps, contact.id) == 0
        assert stored(day.aws.store) == before


def test_the_bill_of_a_day_is_its_cost_whatever_was_measured(day: World) -> None:
    day.run(1800)
    with day.within(ACME) as deps:
        today = day_of(deps.clock.now())
        assert carrier_prices.import_day(deps, today) > 0
        assert carrier_prices.import_day(deps, today) == 0
        booked = Ledger(deps.items, ACME).day(today)
        rows = {row.category: Decimal(row.dollars) for row in deps.telephony.usage_of(_date(today))}
    billed = sum((rows[name] for name in CATEGORIES if name in rows), Decimal(0))
    assert billed == rows["totalprice"] > 0  # the categories that are taken do not overlap and leave nothing out
    final = settled(booked)
    carriers = [m for of in CATEGORIES.values() for m in of]
    assert sum(p for m, p in final.items() if m in carriers or m.startswith(TRUE_UP)) == billed * PICOS
    assert not any(meter.startswith(BILLED) for meter in (*final, *measured(booked)))


def _date(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


class Carrier:
    """Says what it is told to say."""

    def __init__(self, price: str | None = None, rows: tuple[UsageRow, ...] = ()) -> None:
        self.price, self.rows, self.asked = price, rows, list[tuple[PricedKind, str]]()

    def price_of(self, kind: PricedKind, sid: str) -> str | None:
        self.asked.append((kind, sid))
        if self.price == "down":
            raise CarrierUnavailable
        return self.price

    def usage_of(self, _: Any) -> tuple[UsageRow, ...]:
        return self.rows


def told(contact: str = "c_1") -> list[dict[str, Any]]:
    facts = call(contact, "2026-10-05T10:00", 3)
    started = {"event_id": f"contact:{contact}:1:0", "type": "contact_started", "call_sid": "CA1"}
    return [{**facts[0], **started}, *facts]


def bench_of(carrier: Carrier) -> Bench:
    bench = Bench(telephony=carrier)
    keep_timelines(bench.deps, told())
    book_events(bench.deps, told())
    return bench


@pytest.mark.parametrize("silent", [None, "down"])
def test_a_price_that_is_not_known_is_asked_for_again_and_not_for_ever(silent: str | None) -> None:
    bench = bench_of(Carrier(silent))
    for attempt in range(carrier_prices.ATTEMPTS):
        assert carrier_prices.ask(bench.deps, ContactId("c_1"), attempt) == 1
    again = [message.arg for message, _ in bench.queue.sent]
    assert again == [str(n) for n in range(1, carrier_prices.ATTEMPTS)]
    (entry,) = Ledger(bench.deps.items, ACME).entries(["c_1"])
    assert entry.account.totals["carrier.voice.inbound"].picos == 3 * 85 * 10**8  # the estimate stays


def correction(dollars: str, sid: str = "CA1") -> dict[str, Any]:
    fact = {"type": "carrier_priced", "at": Bench().now, "contact_id": "c_1", "usage_id": "leg:c_1:customer"}
    return {"event_id": f"tw:{sid}:price:{dollars}", **fact, "meter": "carrier.voice.inbound", "quantity": "180",
            "dollars": dollars}  # fmt: skip


def test_corrections_twice_or_out_of_order_are_the_last_once():
    seen = set()
    for seed in range(40):
        bench, chance = Bench(store=MemoryStore()), Random(seed)
        facts = [*told(), correction("0.03"), correction("0.05"), correction("0.03")]
        chance.shuffle(facts)
        for fact in facts:
            book_events(bench.deps, [fact])
        seen.add(str(stored(bench.store)))
        (entry,) = Ledger(bench.deps.items, ACME).entries(["c_1"])
        assert entry.account.totals["carrier.voice.inbound"].picos == 5 * 10**10
    assert len(seen) == 1


def test_a_number_costs_its_months_price_once_though_the_carrier_bills_all_of_it_on_one_day():
    carrier = Carrier()
    bench = bench_of(carrier)
    bench.deps.config.put(Line("+14155550100", sid="PN1"))
    for number in range(30):
        bench.now = start_of("2026-11-01") + number * DAY + DAY // 4
        carrier.rows = (UsageRow("phonenumbers", "1" if number == 9 else "0", "1.15" if number == 9 else "0"),)
        book_today(bench.deps, MemoryObjects({}, ACME))
        carrier_prices.import_day(bench.deps, day_of(bench.now))
    days = Ledger(bench.deps.items, ACME).costs("2026-11")
    assert len(days) == 30
    assert sum(sum(settled(day).values()) for day in days.values()) == 115 * 10**10


def test_categories_that_hold_others_are_not_taken():
    rows = (UsageRow("calls", "9", "9"), UsageRow("totalprice", "9", "9"), UsageRow("calls-inbound", "3", "0.03"),
            UsageRow("calls-inbound-local", "3", "0.03"))  # fmt: skip
    bench = bench_of(Carrier(rows=rows))
    assert carrier_prices.import_day(bench.deps, "2026-10-05") == 1
    final = settled(Ledger(bench.deps.items, ACME).day("2026-10-05"))
    assert final["carrier.voice.inbound"] + final[f"{TRUE_UP}calls-inbound"] == 3 * 10**10
