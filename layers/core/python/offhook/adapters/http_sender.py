"""Requests to addresses that tenants name: resolved once, checked, connected to what was checked, bounded in all ways.

Written on sockets and not on a pool: the deadline holds for everything together, also for a receiver that sends a byte
every few seconds, and no more is read than is kept. No proxy, cookie or redirection is ever followed.
"""

import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection as Exchange
from http.client import HTTPException, IncompleteRead
from queue import Empty, SimpleQueue

from offhook.domain.integrations.addresses import AddressRefused, Policy, Target, may_connect, target_of
from offhook.domain.integrations.requests import Answered, Outbound

MOST_BYTES = 64 * 1024  # of head and body together
CONNECT_S = 5.0
Resolve = Callable[[str, int], tuple[str, ...]]


def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """All addresses of a name, IPv4 first; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in sorted(found, key=lambda one: one[0] != socket.AF_INET)))


@cache
def _verified() -> ssl.SSLContext:
    from requests.utils import DEFAULT_CA_BUNDLE_PATH

    return ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)


@dataclass(frozen=True, slots=True)
class GuardedSender:
    """The rule in `policy` is applied at each request. resolve: name to addresses; tls: how peers are verified."""

    policy: Policy
    resolve: Resolve = addresses_of
    tls: Callable[[], ssl.SSLContext] = field(default=_verified, repr=False)

    def send(self, request: Outbound) -> Answered:
        """The answer; what went wrong instead is its reason."""
        began = time.monotonic()
        try:
            target = target_of(request.url, self.policy)
            answered = self._send(request, target, began + request.timeout_s)
        except AddressRefused:
            answered = Answered(0, "address_refused")
        except TimeoutError:
            answered = Answered(0, "timeout")
        except ssl.SSLError:
            answered = Answered(0, "tls")
        except (HTTPException, ValueError):
            answered = Answered(0, "not_http")
        except OSError:
            late = time.monotonic() - began >= request.timeout_s
            answered = Answered(0, "timeout" if late else "connection")
        latency_ms = round((time.monotonic() - began) * 1000)
        return Answered(answered.status, answered.reason, answered.headers, answered.body, latency_ms)

    def _send(self, request: Outbound, target: Target, deadline: float) -> Answered:
        addresses = _within(lambda: self.resolve(target.host, target.port), min(CONNECT_S, _left(deadline)))
        if addresses is None:
            return Answered(0, "name_not_found")
        if not may_connect(addresses, target, self.policy):
            return Answered(0, "address_refused")
        raw = socket.create_connection((addresses[0], target.port), min(CONNECT_S, _left(deadline)))
        with _cut_at(raw, deadline), _secured(raw, target, self.tls) as connected:
            return _exchange(connected, request, target, deadline)


def _exchange(connected: socket.socket, request: Outbound, target: Target, deadline: float) -> Answered:
    connection = Exchange(target.host, target.port)
    connection.sock = _Bounded(connected, deadline)
    headers = {"host": target.authority, "accept-encoding": "identity", "connection": "close", **request.headers}
    connection.request(request.method, target.path, request.body, headers)
    response = connection.getresponse()
    try:
        body = response.read(MOST_BYTES)
    except IncompleteRead as broken:
        body = broken.partial
    except (OSError, HTTPException):  # the answer was given; what it went on to say is lost
        body = b""
    said = {name.lower(): value for name, value in response.getheaders()}
    return Answered(response.status, "", said, body[:MOST_BYTES])


class _Bounded:
    """A socket of which at most MOST_BYTES are read; the rest is as if it had ended."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, sent: bytes) -> None:
        """All of it."""
        self._sock.sendall(sent)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What a response is read from."""
        return io.BufferedReader(_BoundedReader(self._sock, self._deadline), 8192)

    def close(self) -> None:
        """Whoever made the socket closes it."""


class _BoundedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline, self._left = sock, deadline, MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader hands over
        read = self._sock.recv_into(buffer[: self._left]) if self._left else 0
        self._left -= read
        if self._left and not read:
            _left(self._deadline)  # it did not end: we cut it
        return read


@contextmanager
def _secured(raw: socket.socket, target: Target, tls: Callable[[], ssl.SSLContext]) -> Iterator[socket.socket]:
    """The connection, for https with the certificate verified for the name that was asked for."""
    with raw:
        if not target.tls:
            yield raw
            return
        with tls().wrap_socket(raw, server_hostname=target.host) as secured:
            yield secured


@contextmanager
def _cut_at(connected: socket.socket, deadline: float) -> Iterator[None]:
    """At the deadline the connection is cut, whatever is being waited for on it."""
    other = connected.dup()
    connected.settimeout(max(_left(deadline), 0.001))
    timer = threading.Timer(_left(deadline), _cut, [other])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        other.close()


def _cut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _within(resolve: Callable[[], tuple[str, ...]], seconds: float) -> tuple[str, ...] | None:
    """The addresses, None when there are none; raises TimeoutError. The system's resolver knows no deadline."""
    answers: SimpleQueue[tuple[str, ...] | None] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(resolve())
        except (OSError, UnicodeError):
            answers.put(None)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty as late:
        raise TimeoutError from late
