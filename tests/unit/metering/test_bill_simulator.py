"""What metering says a day cost is what an independent reading of the raw requests says, within one per cent."""

import ast
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from offhook.usecases.metering.margins import bill_line

from bench import bill_simulator
from bench.bill import Bill, Costs, billed_and_booked, explained
from bench.bill_simulator import LINES, RawLog, bill
from tests.unit.metering.test_bill import balanced

SERVICES = {
    "lambda": "AWSLambda", "api_gateway": "AmazonApiGateway", "dynamodb": "AmazonDynamoDB", "sqs": "AWSQueueService",
    "voice": "carrier", "conference": "carrier", "recording": "carrier", "stream": "AmazonKinesis",
    "delivery": "AmazonKinesisFirehose", "storage": "AmazonS3", "numbers": "carrier", "people": "AmazonCognito",
}  # fmt: skip
EXACT = ("api_gateway", "dynamodb", "voice", "conference", "recording", "numbers", "people")


@pytest.fixture(scope="module")
def hour() -> tuple[Bill, Costs]:
    """What a working hour is billed at, and what was metered."""
    return billed_and_booked(9, seed=3, shifts=(300,), shift_s=400, lasts_s=2000)


def test_metering_explains_a_working_hour(hour: tuple[Bill, Costs]) -> None:
    lines = explained(*hour)
    for name, (billed, unexplained) in lines.items():
        assert billed > 0, name
        assert abs(unexplained) <= billed / 100, (name, billed, unexplained)
    assert {name: lines[name][1] for name in EXACT} == dict.fromkeys(EXACT, Decimal(0))
    assert set(lines) == set(LINES)


def test_every_line_of_that_bill_is_shared_to_the_last_unit_and_margins_sum(hour: tuple[Bill, Costs]) -> None:
    billed, costs = hour
    lines = [bill_line("2026-12", SERVICES[name], name, round(amount * 10**9)) for name, amount in billed.items()]
    assert all(line.meters for line in lines)
    balanced(lines, {tenant: dict(meters) for tenant, meters in costs.items()})


def test_the_simulator_shares_no_code_with_the_meter() -> None:
    tree = ast.parse(Path(bill_simulator.__file__).read_text("utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not any(name.startswith(("offhook", "local", "bench", "tests")) for name in names), names


def test_its_rounding_is_the_providers() -> None:
    log = RawLog(invocations=[(1024, 1.01)], legs=[("inbound", 0), ("inbound", 61)], rooms=[60.5], recordings=[60])
    lines = bill(log)
    assert lines["lambda"] == Decimal("0.0000166667") * 2 / 1000 + Decimal("0.0000002")
    assert lines["voice"] == 3 * Decimal("0.0085")
    assert (lines["conference"], lines["recording"]) == (Decimal("0.0036"), Decimal("0.0025"))
    big = {"pk": {"S": "p"}, "body": {"B": b"x" * 4096}}
    log = RawLog(reads=[(True, False, [big]), (False, False, [None])], writes=[(True, None, big)])
    assert bill(log)["dynamodb"] == Decimal("2.5") * Decimal("0.000000125") + 10 * Decimal("0.000000625")


def at(text: str) -> float:
    return datetime.fromisoformat(f"{text}+00:00").timestamp()


def test_records_of_a_stream_are_billed_in_whole_kilobytes_in_and_out() -> None:
    lines = bill(RawLog(put=[1, 1024, 1025], got=[1, 1025], delivered=[1, 5121]))
    assert lines["stream"] == (4 * Decimal("0.08") + 3 * Decimal("0.04")) / 2**20
    assert lines["delivery"] == 15 * Decimal("0.029") / 2**20


def test_storage_is_billed_by_the_second_and_a_months_price_is_spread_over_its_days() -> None:
    until = at("2026-12-11T00:00")
    day, price = at("2026-12-02T00:00") - at("2026-12-01T00:00"), Decimal("0.023")
    assert bill(RawLog(objects=[(2**30, until - day, None)], until=until))["storage"] == pytest.approx(price / 31)
    over = [(2**30, at("2026-11-30T00:00"), at("2026-12-02T00:00")), (2**30, until + day, None)]
    assert bill(RawLog(objects=over, until=until))["storage"] == pytest.approx(price / 30 + price / 31)


def test_a_number_is_billed_when_it_is_bought_and_each_month_on_that_day() -> None:
    def charged(bought: str, until: str, released: str = "") -> Decimal:
        log = RawLog(numbers=[(at(bought), at(released) if released else None)], until=at(until))
        return bill(log)["numbers"] / Decimal("1.15")

    assert charged("2026-11-10T12:00", "2026-11-10T13:00") == 1
    assert charged("2026-11-10T12:00", "2026-12-09T23:00") == 1
    assert charged("2026-11-10T12:00", "2026-12-10T00:00") == 2
    assert charged("2026-01-31T12:00", "2026-02-28T00:00") == 2
    assert charged("2026-01-31T12:00", "2026-12-10T00:00", released="2026-03-01T00:00") == 2


def test_a_person_is_billed_once_a_calendar_month() -> None:
    log = RawLog(
        pool=[("ann", at("2026-11-30T23:59")), ("ann", at("2026-12-01T00:00")), ("ann", at("2026-12-09T00:00"))]
    )
    assert bill(log)["people"] == 2 * Decimal("0.0055")
