"""Every alarm of the template has its heading in the runbook."""

import re
from pathlib import Path

from tests.infra.conftest import PREFIX, Assembly

RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"


def test_every_alarm_has_its_heading(assembly: Assembly) -> None:
    headings = {found.lower() for found in re.findall(r"^## Alarm: (\w+)", RUNBOOK.read_text("utf-8"), re.MULTILINE)}
    alarms = [
        str(alarm["AlarmName"]) for stack in assembly.templates
        for alarm in assembly.properties(stack, "AWS::CloudWatch::Alarm")
    ]  # fmt: skip
    assert alarms
    kinds = {name.removeprefix(f"{PREFIX}-").partition("-")[0] for name in alarms}
    assert kinds - headings == set()
