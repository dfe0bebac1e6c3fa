"""The console behind the public port: screens, files, and nothing outside of them."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from infra.console_headers import KEPT_A_YEAR
from local.edge import pages


async def _asked(site: Path, path: str) -> tuple[int, str, str]:
    app = web.Application()
    pages.routes(app, site)
    async with TestClient(TestServer(app)) as client, client.get(path) as answer:
        return answer.status, answer.headers.get("Cache-Control", ""), await answer.text()


def asked(site: Path, path: str) -> tuple[int, str, str]:
    return asyncio.run(_asked(site, path))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("the console")
    (tmp_path / "dist" / "assets" / "a-1.js").write_text("1")
    (tmp_path / "secret").write_text("no")
    return tmp_path / "dist"


@pytest.mark.parametrize("path", ["/", "/desk", "/flows/f_1?x=1", "/index.html"])
def test_every_screen_is_the_one_page_which_is_never_kept(site: Path, path: str) -> None:
    assert asked(site, path) == (200, "no-cache", "the console")


def test_files_named_after_what_is_in_them_are_kept_for_a_year(site: Path) -> None:
    assert asked(site, "/assets/a-1.js") == (200, KEPT_A_YEAR, "1")


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret"])
def test_nothing_outside_of_the_folder_is_served(site: Path, path: str) -> None:
    assert asked(site, path)[2] != "no"


def test_a_console_that_is_not_built_says_how_in_both_languages(tmp_path: Path) -> None:
    status, _, text = asked(tmp_path, "/")
    assert status == 503 and "make console" in text and 'lang="zh-CN"' in text
