"""Receivers on this machine that behave badly, each on a real socket."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Behaviour = Callable[[socket.socket, threading.Event], None]


def said(text: str) -> Behaviour:
    """Reads the request and says this."""

    def act(peer: socket.socket, _: threading.Event) -> None:
        read_request(peer)
        peer.sendall(text.encode())

    return act


def hang(peer: socket.socket, over: threading.Event) -> None:
    """Takes the request and never answers."""
    read_request(peer)
    over.wait(30)


def silent(_: socket.socket, over: threading.Event) -> None:
    """Does not even read."""
    over.wait(30)


def drip(peer: socket.socket, over: threading.Event) -> None:
    """A byte of the head every twentieth of a second, for ever."""
    read_request(peer)
    peer.sendall(b"HTTP/1.1 200 OK\r\nx: ")
    with suppress(OSError):
        while not over.wait(0.05):
            peer.sendall(b"y")


def reset(peer: socket.socket, _: threading.Event) -> None:
    """Cuts the connection without a word."""
    peer.recv(1)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def huge_body(peer: socket.socket, over: threading.Event) -> None:
    """Says 200 and then more than anybody wants to know."""
    read_request(peer)
    with suppress(OSError):
        peer.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n")
        for _ in range(100_000):
            if over.is_set():
                return
            peer.sendall(b"z" * 65536)


def huge_head(peer: socket.socket, over: threading.Event) -> None:
    """A head without an end."""
    read_request(peer)
    with suppress(OSError):
        peer.sendall(b"HTTP/1.1 200 OK\r\n")
        while not over.is_set():
            peer.sendall(b"a: " + b"b" * 60_000 + b"\r\n")


def garbage(peer: socket.socket, _: threading.Event) -> None:
    """Speaks something else."""
    read_request(peer)
    peer.sendall(b"\x16\x03\x01\x00\x00 SSH-2.0 \r\n\r\n")


def read_request(peer: socket.socket) -> bytes:
    """The head of the request, and its body."""
    seen = b""
    while b"\r\n\r\n" not in seen:
        more = peer.recv(65536)
        if not more:
            return seen
        seen += more
    head, _, body = seen.partition(b"\r\n\r\n")
    wanted = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < wanted:
        body += peer.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def receiver(behaviour: Behaviour, host: str = "127.0.0.1") -> Iterator[int]:
    """The port on which it listens."""
    over, listening = threading.Event(), socket.create_server((host, 0))

    def serve() -> None:
        while not over.is_set():
            try:
                peer, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=[peer], daemon=True).start()

    def answer(peer: socket.socket) -> None:
        with peer, suppress(OSError):
            behaviour(peer, over)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        over.set()
        listening.close()
