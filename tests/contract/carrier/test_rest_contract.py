"""The same conversation with the REST API, in process and over HTTP, by the unmodified twilio client."""

import json
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qsl

import pytest
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import ReadTimeout
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from local.carrier import control
from local.carrier.testing import CALLER, NUMBER, twiml, world

SID, TOKEN = "AC" + "a" * 32, "b" * 32
Control = Callable[[str, str, dict[str, object] | None], dict[str, object]]
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Side:
    client: Client
    control: Control


class ElsewhereHttpClient(TwilioHttpClient):
    """What an application does to use another Twilio-compatible address."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=5)
        self._base = base

    def request(self, method: str, url: str, *args: object, **more: object) -> object:
        return super().request(method, url.replace("https://api.twilio.com", self._base), *args, **more)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "local.carrier.server", "--port", str(port), "--state-dir", str(folder)]
    command += ["--account-sid", SID, "--auth-token", TOKEN]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None and "ready" in server.stdout.readline()
    return server


def over_http(port: int) -> Side:
    base = f"http://127.0.0.1:{port}"

    def ask(method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
        raw = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{base}/_carrier{path}", method=method, data=raw)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    return Side(Client(SID, TOKEN, http_client=ElsewhereHttpClient(base)), ask)


def in_process() -> Side:
    w = world()
    w.carrier.accounts.numbers.clear()

    def ask(method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
        raw = json.dumps(body).encode() if body is not None else b""
        return json.loads(control.handle(w.carrier, method, f"/_carrier{path}", {}, raw).body)

    return Side(w.client(), ask)


@pytest.fixture(params=["in process", "over http"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    if request.param == "in process":
        yield in_process()
        return
    port = free_port()
    server = start(port, tmp_path)
    try:
        yield over_http(port)
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0


def test_resources_behave_alike_on_both_sides(side: Side):
    client = side.client
    number = client.incoming_phone_numbers.create(phone_number=NUMBER, voice_url="https://app.example.test/voice")
    assert client.incoming_phone_numbers(number.sid).fetch().voice_url == "https://app.example.test/voice"
    call = client.calls.create(to="+14155551111", from_=NUMBER, twiml=twiml("<Say>Hi</Say>"))
    assert client.calls(call.sid).fetch().from_formatted == NUMBER
    assert client.calls(call.sid).update(status="completed").status == "canceled"
    assert [one.sid for one in client.calls.list(to="+14155551111")] == [call.sid]
    queue = client.queues.create(friendly_name="sales & service", max_size=5000)
    assert client.queues(queue.sid).fetch().max_size == 5000
    added = client.conferences("a room").participants.create(from_=NUMBER, to="+14155551111", label="agent 7")
    (conference,) = client.conferences.list(friendly_name="a room")
    assert client.conferences(conference.sid).participants("agent 7").fetch().call_sid == added.call_sid
    made = client.api.v2010.accounts.create(friendly_name="t_one")
    assert client.api.accounts(made.sid).new_keys.create(friendly_name="key").secret
    assert {record.category for record in client.usage.records.list()} >= {"calls", "totalprice"}
    with pytest.raises(TwilioRestException) as refused:
        client.calls(call.sid).update(twiml=twiml("<Hangup/>"))
    assert (refused.value.code, refused.value.status) == (21220, 400)


def test_a_lost_answer_is_a_network_error_after_the_effect(side: Side):
    side.client.incoming_phone_numbers.create(phone_number=NUMBER)
    side.control("POST", "/faults", {"effect": "timeout_after", "kind": "rest", "url": "POST .*/Calls", "count": 1})
    with pytest.raises((ReadTimeout, RequestsConnectionError)):
        side.client.calls.create(to="+14155551111", from_=NUMBER, twiml=twiml("<Say>Hi</Say>"))
    assert len(side.client.calls.list()) == 1


class Pages(BaseHTTPRequestHandler):
    """An application with a menu; it checks every signature."""

    protocol_version = "HTTP/1.1"
    answers: ClassVar[dict[str, str]] = {
        "/voice": twiml('<Gather numDigits="1" action="/menu" timeout="2"><Say>Press</Say></Gather>'),
        "/menu": twiml("<Say>Thanks</Say>"),
    }
    seen: ClassVar[list[tuple[str, bool, dict[str, str]]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        url = f"http://{self.headers['Host']}{self.path}"
        signed = RequestValidator(TOKEN).validate(url, form, self.headers["X-Twilio-Signature"])
        self.seen.append((self.path, signed, form))
        answer = self.answers.get(self.path, "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def pages() -> Iterator[str]:
    Pages.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def told(side: Side, sid: str) -> list[str]:
    """The whole transcript, by long polls."""
    lines: list[str] = []
    while True:
        answer = side.control("GET", f"/calls/{sid}/transcript?since={len(lines)}&wait=20", None)
        lines += [entry["text"] for entry in answer["entries"]]
        if answer["over"] and lines[-1].startswith("call over"):
            return lines


def test_a_call_in_real_time_is_told_step_by_step_and_survives_a_restart(pages: str, tmp_path: Path):
    port = free_port()
    server = start(port, tmp_path)
    try:
        side = over_http(port)
        side.client.incoming_phone_numbers.create(phone_number=NUMBER, voice_url=f"{pages}/voice")
        script = "press 1 after the first prompt"
        sid = str(side.control("POST", "/calls", {"from": CALLER, "to": NUMBER, "script": script})["sid"])
        assert told(side, sid)[-3:] == ["pressed 1", "heard: Thanks", "call over: completed"]
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0
    assert [(path, signed) for path, signed, _ in Pages.seen] == [("/voice", True), ("/menu", True)]
    server = start(port, tmp_path)
    try:
        side = over_http(port)
        assert side.client.calls(sid).fetch().status == "completed"
        assert told(side, sid)[0] == f"dialled {NUMBER}"
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0


def test_a_stop_does_not_wait_for_a_long_poll(pages: str, tmp_path: Path):
    port = free_port()
    server = start(port, tmp_path)
    side = over_http(port)
    side.client.incoming_phone_numbers.create(phone_number=NUMBER, voice_url=f"{pages}/voice")
    script = "wait 500 s"
    sid = side.control("POST", "/calls", {"from": CALLER, "to": NUMBER, "script": script})["sid"]
    polled = threading.Event()

    def poll() -> None:
        with suppress(OSError):
            polled.set()
            side.control("GET", f"/calls/{sid}/transcript?since=99&wait=25", None)

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    polled.wait()
    server.terminate()
    assert server.wait(timeout=15) == 0
    thread.join(timeout=15)
