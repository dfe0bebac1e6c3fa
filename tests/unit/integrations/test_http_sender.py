"""The way out: receivers that hang, drip, reset, redirect or flood cost a bounded time and teach us nothing else."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from offhook.adapters.http_sender import MOST_BYTES, GuardedSender
from offhook.domain.integrations.addresses import Policy
from offhook.domain.integrations.requests import Outbound

from tests.unit.integrations import receivers
from tests.unit.integrations.certificates import authority_and_server
from tests.unit.integrations.receivers import Behaviour, receiver, said

HERE = GuardedSender(Policy(local=True))
PATIENCE_S = 0.4
OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nRetry-After: 7\r\n\r\nhi"


def post(port: int, sender: GuardedSender = HERE, timeout_s: float = PATIENCE_S, path: str = "/a?b=c"):  # type: ignore[no-untyped-def]  # Answered
    return sender.send(Outbound("POST", f"http://127.0.0.1:{port}{path}", {"x-a": "b"}, b"{}", timeout_s))


def test_a_request_arrives_as_it_was_meant() -> None:
    seen: list[bytes] = []

    def keep(peer: socket.socket, _: threading.Event) -> None:
        seen.append(receivers.read_request(peer))
        peer.sendall(OK.encode())

    with receiver(keep) as port:
        answer = post(port, timeout_s=5)
    head, _, body = seen[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /a?b=c HTTP/1.1" and body == b"{}"
    assert f"host: 127.0.0.1:{port}" in lines and "x-a: b" in lines
    assert sum(line.lower().startswith("host:") for line in lines) == 1
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (200, b"hi", "7")


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (receivers.hang, "timeout"),
        (receivers.silent, "timeout"),
        (receivers.drip, "timeout"),
        (receivers.reset, "connection"),
        (receivers.garbage, "not_http"),
    ],
)
def test_a_receiver_that_does_not_answer_costs_its_patience_and_no_more(behaviour: Behaviour, reason: str) -> None:
    with receiver(behaviour) as port:
        answer = post(port)
    assert (answer.status, answer.reason) == (0, reason)
    assert answer.latency_ms < PATIENCE_S * 1000 + 2000


@pytest.mark.parametrize("behaviour", [receivers.huge_body, receivers.huge_head])
def test_no_more_is_read_than_is_kept(behaviour: Behaviour) -> None:
    with receiver(behaviour) as port:
        answer = post(port, timeout_s=10)
    assert len(answer.body) <= MOST_BYTES
    assert answer.latency_ms < 8000


def test_what_breaks_off_after_its_status_was_answered_all_the_same() -> None:
    with receiver(said("HTTP/1.1 204 No Content\r\n\r\n")) as port:
        assert post(port, timeout_s=5).status == 204
    with receiver(said("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf")) as port:
        answer = post(port, timeout_s=5)
    assert (answer.status, answer.body) == (200, b"half")


def test_a_redirection_is_told_and_not_followed() -> None:
    asked: list[int] = []
    with receiver(lambda peer, _: asked.append(1)) as inside:
        head = f"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{inside}/\r\ncontent-length: 0\r\n\r\n"
        with receiver(said(head)) as port:
            assert post(port, timeout_s=5).status == 302
    assert asked == []


def test_nobody_there_is_a_failed_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert post(port).reason == "connection"


def test_a_name_is_resolved_once_and_never_connected_to_when_one_of_its_addresses_is_inside() -> None:
    for addresses in (("10.0.0.1",), ("93.184.216.34", "127.0.0.1"), ("::1",), ()):
        asked: list[str] = []

        def resolve(
            host: str, port: int, found: tuple[str, ...] = addresses, seen: list[str] = asked
        ) -> tuple[str, ...]:
            seen.append(host)
            return found

        answer = GuardedSender(Policy(), resolve).send(Outbound("POST", "https://rebinding.example.com/"))
        assert (answer.status, answer.reason, asked) == (0, "address_refused", ["rebinding.example.com"])


def test_a_resolver_that_hangs_or_fails_is_not_waited_for() -> None:
    over = threading.Event()

    def hang(host: str, port: int) -> tuple[str, ...]:
        over.wait(10)
        return ("93.184.216.34",)

    def fail(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror("no such name")

    began = time.monotonic()
    request = Outbound("POST", "https://slow.example.com/", timeout_s=0.3)
    assert GuardedSender(Policy(), hang).send(request).reason == "timeout"
    assert GuardedSender(Policy(), fail).send(request).reason == "name_not_found"
    assert time.monotonic() - began < 5
    over.set()


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ssl.SSLContext, ssl.SSLContext]]:
    """A server's context for localhost, and a client's that trusts its authority."""
    folder: Path = tmp_path_factory.mktemp("tls")
    authority, certificate, key = authority_and_server(folder, "localhost")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    yield server, ssl.create_default_context(cafile=str(authority))


def test_a_certificate_is_verified_for_the_name_that_was_asked_for(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    server, trusting = tls

    def secured(peer: socket.socket, _: threading.Event) -> None:
        with server.wrap_socket(peer, server_side=True) as inner:
            receivers.read_request(inner)
            inner.sendall(OK.encode())

    known = GuardedSender(Policy(local=True), tls=lambda: trusting)
    with receiver(secured) as port:
        url = f"https://localhost:{port}/"
        assert known.send(Outbound("POST", url, timeout_s=5)).status == 200
        assert HERE.send(Outbound("POST", url, timeout_s=5)).reason == "tls"
        wrong_name = Outbound("POST", f"https://127.0.0.1:{port}/", timeout_s=5)
        assert known.send(wrong_name).reason == "tls"


def test_receivers_on_this_machine_are_for_laptops_only() -> None:
    with receiver(said(OK)) as port:
        assert post(port, GuardedSender(Policy())).reason == "address_refused"
