"""What documents point to is there."""

import pytest

from tests.unit.docs import pages
from tests.unit.docs.pages import ROOT

PAGES = [str(page.relative_to(ROOT)) for page in pages.pages()]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_page_and_a_place_on_it(name: str):
    page = ROOT / name
    for target in pages.links(page):
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), target
        assert not anchor or anchor in pages.anchors(aim), target


@pytest.mark.parametrize("name", PAGES)
def test_every_file_that_is_named_exists(name: str):
    assert [path for path in pages.named_paths(ROOT / name) if not pages.exists(path)] == []


def test_every_page_that_code_cites_exists():
    for file, target in pages.cited():
        path, _, anchor = target.partition("#")
        assert (ROOT / path).exists(), f"{file.name}: {target}"
        assert not anchor or anchor in pages.anchors(ROOT / path), f"{file.name}: {target}"
