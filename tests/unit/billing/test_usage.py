"""Usage becomes lines of the invoice: once, whatever crashes, comes late or is asked again."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies
from offhook.domain.billing.port import BillingUnavailable
from offhook.domain.billing.usage import billed_at, months
from offhook.domain.ids import DAY, HOUR, day_of, month_of
from offhook.domain.metering.statement import Statement, StatementLine
from offhook.stores.billing import BillingStore
from offhook.usecases.metering import statement

from tests.unit.billing.kit import DAY_S, A, Shop

METER = "voice.call"


class Rated:
    """The statement of each month, as the test has it."""

    def __init__(self) -> None:
        self.cents: dict[str, int] = {}

    def of(self, _deps: object, month: str) -> Statement:
        amount = self.cents.get(month, 0)
        line = StatementLine(f"{month}:1", METER, "call", "Minutes", "p", "1", "minute", "0", "1", amount, month)
        return Statement(month, lines=(line,), total=amount)

    def more(self, month: str, cents: int) -> None:
        self.cents[month] = self.cents.get(month, 0) + cents


@pytest.fixture
def rated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rated]:
    made = Rated()
    monkeypatch.setattr(statement, "of", made.of)
    yield made


def lines_of_usage(shop: Shop) -> int:
    """What the invoices have for calls, and the part that is not invoiced yet."""
    (price,) = [one for one in shop.fake.table("price").values() if one["lookup_key"] == f"offhook:usage:{METER}"]
    rows = [row for invoice in shop.invoices() for row in invoice["lines"]["data"]]
    return sum(row["amount"] for row in rows if row["pricing"]["price_details"]["price"] == price["id"])


def sent(shop: Shop) -> int:
    return sum(int(one["payload"]["value"]) for one in shop.fake.meter_events)


def log(shop: Shop) -> int:
    return BillingStore(shop.deps().items, A).sent_log(METER, "2025-06").arrived


def test_a_months_usage_is_on_the_invoices_to_the_cent(shop: Shop, rated: Rated) -> None:
    shop.subscribes()
    for day in range(70):
        rated.more(month_of(shop.clock.now()), 17 + day)
        shop.passes(DAY_S)
        shop.day()
    shop.passes(40 * DAY_S)
    assert lines_of_usage(shop) == sum(rated.cents.values()) == sent(shop) == log(shop)


def test_asking_again_sends_nothing_again(shop: Shop, rated: Rated) -> None:
    shop.subscribes()
    rated.more("2025-06", 500)
    for _ in range(5):
        shop.day()
    assert len(shop.fake.meter_events) == 1 and sent(shop) == 500
    name = shop.fake.meter_events[0]["identifier"]
    assert name == f"m:{A}:{METER}:{day_of(shop.clock.now())}:1"


def test_a_correction_downwards_is_set_off_against_what_comes(shop: Shop, rated: Rated) -> None:
    shop.subscribes()
    for change, total in ((500, 500), (-200, 500), (100, 500), (150, 550)):
        rated.more("2025-06", change)
        shop.day()
        assert sent(shop) == total
    assert rated.cents["2025-06"] == 550


def test_an_answer_that_was_lost_is_asked_for_under_the_same_name(shop: Shop, rated: Rated) -> None:
    shop.subscribes()
    rated.more("2025-06", 500)
    loses_the_answer_of_a_meter_event(shop)
    with pytest.raises(BillingUnavailable):
        shop.day()
    rated.more("2025-06", 30)
    shop.day()
    shop.day()
    assert sent(shop) == 530 == log(shop)


@pytest.mark.parametrize("arrived", [True, False])
def test_after_a_day_the_provider_is_asked_whether_it_arrived(shop: Shop, rated: Rated, arrived: bool) -> None:
    shop.subscribes()
    rated.more("2025-06", 500)
    loses_the_answer_of_a_meter_event(shop)
    with pytest.raises(BillingUnavailable):
        shop.day()
    if not arrived:
        shop.fake.meter_events.clear()
    shop.passes(2 * DAY_S)
    shop.day()
    shop.day()
    assert sent(shop) == 500 == log(shop)


def loses_the_answer_of_a_meter_event(shop: Shop) -> None:
    """The effect is there, and nobody knows."""
    request = shop.http.request
    seen: list[str] = []

    def losing(method: str, url: str, *more: object, **named: object) -> object:
        if url.endswith("/meter_events") and not seen:
            seen.append(url)
            shop.http.lose = 1
        return request(method, url, *more, **named)  # type: ignore[arg-type]  # passed on

    shop.http.request = losing  # type: ignore[method-assign, assignment]  # until the test ends


def test_usage_known_after_the_turn_of_the_period_goes_on_the_next_invoice(shop: Shop, rated: Rated) -> None:
    shop.subscribes()
    shop.passes(30 * DAY_S + 13 * 3600)
    rated.more("2025-07", 900)
    shop.day()
    shop.passes(DAY_S)
    assert lines_of_usage(shop) == 0
    shop.passes(32 * DAY_S)
    assert lines_of_usage(shop) == 900


def test_nothing_is_sent_for_who_does_not_pay(shop: Shop, rated: Rated) -> None:
    rated.more("2025-06", 900)
    shop.day()
    assert shop.fake.meter_events == []


@given(start=strategies.integers(0, 60 * DAY), now=strategies.integers(100 * DAY, 160 * DAY))
def test_usage_is_billed_in_the_present_period_and_never_in_the_future(start: int, now: int) -> None:
    period = now - start
    at = billed_at(period, now)
    assert period <= at <= now and now - at <= 36 * HOUR


@settings(max_examples=50)
@given(year=strategies.integers(2020, 2030), month=strategies.integers(1, 12), count=strategies.integers(0, 30))
def test_months_follow_one_another(year: int, month: int, count: int) -> None:
    last = f"{year + (month - 1 + count) // 12:04d}-{(month - 1 + count) % 12 + 1:02d}"
    found = months(f"{year:04d}-{month:02d}", last)
    assert len(found) == count + 1 and found[-1] == last and found == sorted(set(found))
