"""Values that are remembered for some seconds."""

import pytest
from offhook.web.recent import Recent


class Source:
    """Counts how often it is asked; the clock and the world are moved by hand."""

    def __init__(self) -> None:
        self.asked, self.at, self.world = list[str](), 0.0, object()

    def load(self, key: str) -> int:
        self.asked.append(key)
        if key == "bad":
            raise LookupError
        return len(self.asked)

    def recent(self, most: int = 10) -> Recent[int]:
        return Recent(self.load, 10.0, most, lambda: self.at, lambda: self.world)


def test_a_value_is_loaded_again_when_it_is_too_old() -> None:
    source = Source()
    recent = source.recent()
    found = []
    for at in (0, 10, 10.1, 20):
        source.at = at
        found.append(recent.get("a"))
    assert found == [1, 1, 2, 2]


def test_a_younger_value_may_be_asked_for() -> None:
    source = Source()
    recent = source.recent()
    recent.get("a")
    source.at = 6.0
    assert recent.is_older("a", 5.0)
    assert [recent.get("a", within_s=7.0), recent.get("a", within_s=5.0), recent.get("a")] == [1, 2, 2]


def test_what_was_never_loaded_is_old() -> None:
    assert Source().recent().is_older("a", 1e9)


def test_a_failure_is_not_remembered() -> None:
    source = Source()
    recent = source.recent()
    for _ in range(2):
        with pytest.raises(LookupError):
            recent.get("bad")
    assert source.asked == ["bad", "bad"]


def test_the_oldest_is_forgotten_first() -> None:
    source = Source()
    recent = source.recent(most=2)
    for key in "abca":
        recent.get(key)
    assert source.asked == ["a", "b", "c", "a"]


def test_another_world_begins_with_nothing() -> None:
    source = Source()
    recent = source.recent()
    recent.get("a")
    source.world = object()
    assert recent.get("a") == 2
