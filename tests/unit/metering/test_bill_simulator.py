"""What metering says a day cost is what an independent reading of the raw requests says, within one per cent."""

import ast
from decimal import Decimal
from pathlib import Path

from bench import bill_simulator
from bench.bill import compared
from bench.bill_simulator import RawLog, bill

EXACT = ("api_gateway", "dynamodb", "voice", "conference", "recording")


def explained(lines: dict[str, tuple[Decimal, Decimal]]) -> None:
    for name, (billed, unexplained) in lines.items():
        assert billed > 0, name
        assert abs(unexplained) <= billed / 100, (name, billed, unexplained)
    assert {name: lines[name][1] for name in EXACT} == dict.fromkeys(EXACT, Decimal(0))


def test_metering_explains_a_working_hour() -> None:
    explained(compared(9, seed=3, shifts=(300,), shift_s=400, lasts_s=2000))


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
