"""The pages made from the code are those in docs/."""

import pytest
from offhook.domain.events import catalogue

from tools.generate_docs import PAGES, ROOT


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), "Run python -m tools.generate_docs."


def test_each_event_is_in_the_catalogue_once() -> None:
    types = [event.type for event in catalogue()]

    assert len(types) == len(set(types)) > 40
