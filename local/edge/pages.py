"""The console's files: what never changes is kept by browsers, every other address is a screen of the one page."""

from pathlib import Path

from aiohttp import web

from infra.console_headers import ASKED_AGAIN, cache_control, content_policy, page_headers

HEADERS = page_headers(content_policy())
NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>Offhook</title>
<p>The console is not built: <code>make console</code>.</p>
<p lang="zh-CN">控制台尚未构建：<code>make console</code>。</p>"""


def routes(app: web.Application, site: Path) -> None:
    """Serve the folder; it may be built while this runs."""

    async def page(request: web.Request) -> web.StreamResponse:
        file = _inside(site, request.match_info["path"])
        if file is not None:
            return web.FileResponse(file, headers={**HEADERS, "Cache-Control": cache_control(request.path)})
        return _console(site)

    app.router.add_get("/{path:.*}", page)


def _inside(site: Path, path: str) -> Path | None:
    """The file at a path below the folder; None when there is none."""
    file = (site / path).resolve()
    return file if file.is_relative_to(site.resolve()) and file.is_file() and file.name != "index.html" else None


def _console(site: Path) -> web.StreamResponse:
    if (site / "index.html").is_file():
        return web.FileResponse(site / "index.html", headers={**HEADERS, "Cache-Control": ASKED_AGAIN})
    return web.Response(text=NOT_BUILT, content_type="text/html", status=503)
