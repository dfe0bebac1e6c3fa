"""A public address in this process that answers what a test says, and the command line pointed at it."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from click.testing import CliRunner, Result
from offhook_cli.main import offhook

Answers = dict[tuple[str, str], Any]


@dataclass
class Address:
    """What is asked and answered.

    answers: by method and path; a list is answered item by item, the last one for ever; (status, body) is an error; a
    function is asked with the body.
    """

    answers: Answers = field(default_factory=dict)
    seen: list[tuple[str, str, Any]] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, Any]:
        path = target.partition("?")[0]
        self.seen.append((method, target, json.loads(body) if body[:1] in (b"{", b"[") else None))
        found = self.answers.get((method, path), (404, {"code": "unknown_route", "detail": "nothing here"}))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if callable(found):
            found = found(self.seen[-1][2])
        return found if isinstance(found, tuple) else (200, found)

    def asked(self, method: str, path: str) -> list[tuple[str, Any]]:
        """Query and body of the requests to a path."""
        return [(t.partition("?")[2], body) for m, t, body in self.seen if m == method and t.partition("?")[0] == path]


Run = Callable[..., Result]


@pytest.fixture
def address() -> Iterator[Address]:
    given = Address({("POST", "/v1/tenants/sessions"): {"access_token": "token"}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(given))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    given.url = f"http://127.0.0.1:{server.server_port}"
    yield given
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def run(address: Address, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("OFFHOOK_URL", address.url)
    monkeypatch.setenv("OFFHOOK_EMAIL", "ada@demo.example")
    monkeypatch.setenv("OFFHOOK_PASSWORD", "secret")
    return lambda *arguments: CliRunner().invoke(offhook, arguments)


def _handler(given: Address) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, value = given.answer(self.command, self.path, body)
            payload = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the tests look at what was asked."""

    return Handler
