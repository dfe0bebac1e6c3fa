"""Each alarm of the synthesised template has its section in the runbook, which names it, and each section its alarm."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

from tests.infra.conftest import PREFIX, Assembly

RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"
SECTION = re.compile(r"^## Alarm: (\w+)\n\n(.*?)\n\n", re.MULTILINE | re.DOTALL)


def sections() -> dict[str, list[str]]:
    """The alarms that each section's first paragraph names, by its title in small letters; <x> is anything."""
    found = SECTION.findall(RUNBOOK.read_text(encoding="utf-8"))
    return {title.lower(): re.findall(r"`([\w<>-]+)`", named.partition(":")[0]) for title, named in found}


def alarms(assembly: Assembly) -> list[str]:
    """Their names, without the deployment's."""
    every = [one for stack in assembly.templates for one in assembly.properties(stack, "AWS::CloudWatch::Alarm")]
    return [str(one["AlarmName"]).removeprefix(f"{PREFIX}-") for one in every]


def test_each_alarm_is_named_in_the_section_of_its_kind(assembly: Assembly) -> None:
    named, found = sections(), alarms(assembly)
    assert len(found) > 20
    lost = [one for one in found if not any(_fits(one, name) for name in named.get(one.partition("-")[0], []))]
    assert lost == []


def test_each_section_and_each_name_in_it_has_an_alarm(assembly: Assembly) -> None:
    found = alarms(assembly)
    unknown = [name for names in sections().values() for name in names if not any(_fits(one, name) for one in found)]
    assert unknown == [] and all(sections().values())


def _fits(alarm: str, name: str) -> bool:
    return fnmatchcase(alarm, re.sub(r"<\w+>", "*", name).lower())
