"""Errors of the edge itself, in the form that the API uses (RFC 9457)."""

import json

from aiohttp import web


def problem(status: int, code: str, title: str, detail: str) -> web.Response:
    """One problem document."""
    body = {"type": f"urn:offhook:problem:{code}", "title": title, "status": status, "code": code, "detail": detail}
    return web.Response(status=status, text=json.dumps(body), content_type="application/problem+json")


def unreachable(what: str) -> web.Response:
    """502: the part that should answer is not there."""
    return problem(502, "backend_unreachable", "Bad Gateway", f"{what} does not answer.")


def too_slow(what: str) -> web.Response:
    """504: the part that should answer takes too long."""
    return problem(504, "backend_timeout", "Gateway Timeout", f"{what} did not answer in time.")
