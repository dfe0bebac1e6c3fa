"""`/_local/mail`: what was mailed, for people as a page, for tools as JSON (`Accept: application/json`)."""

from dataclasses import asdict

import aiohttp
from aiohttp import web

from local.edge.config import Config
from local.edge.problems import unreachable
from local.mailbox import mails, page

NOT_KEPT = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
TIMEOUT = aiohttp.ClientTimeout(total=10)


async def show(request: web.Request, session: aiohttp.ClientSession, config: Config) -> web.Response:
    """The mails, newest first; `?to=` narrows to one address."""
    try:
        async with session.get(config.aws_url + mails.PATH, timeout=TIMEOUT) as answer:
            found = mails.read(await answer.json(), request.query.get("to", ""))
    except (aiohttp.ClientError, TimeoutError):
        return unreachable("The mailbox")
    if "application/json" in request.headers.get("Accept", ""):
        return web.json_response({"data": [asdict(mail) for mail in found]}, headers=NOT_KEPT)
    return web.Response(text=page.render(found), content_type="text/html", headers=NOT_KEPT)
