"""Settings as they are read from an environment."""

from dataclasses import fields

from offhook.settings import Settings, parse

from tests.world.world import ENVIRONMENT


def test_every_setting_has_its_type_when_the_environment_names_it() -> None:
    named = {one.metadata["variable"]: "5" for one in fields(Settings)}
    given = parse({**ENVIRONMENT, **named})
    wrong = [one.name for one in fields(Settings) if type(getattr(given, one.name)) is not _type_of(one.type)]
    assert wrong == []


def _type_of(annotation: object) -> type:
    return {"int": int, "str": str}[annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")]
