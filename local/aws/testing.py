"""A running embedded AWS of one's own for a test: a free port, a folder of its own, gone afterwards."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.aws import server


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running emulator answers and keeps its state."""

    url: str
    port: int
    state_dir: Path

    @property
    def environment(self) -> dict[str, str]:
        """AWS_* variables for a child process that is to use this emulator."""
        return server.client_environment(self.port)

    @property
    def client_arguments(self) -> dict[str, str]:
        """Keyword arguments for boto3.client and boto3.resource."""
        return {
            "endpoint_url": self.url,
            "region_name": server.REGION,
            "aws_access_key_id": "000000000000",
            "aws_secret_access_key": "local",
        }


@contextmanager
def running_emulator(tmp_path: Path, **environment: str) -> Iterator[Endpoint]:
    """Start an emulator on a free port for the time of the block; several may run at once.

    environment: added to its own, e.g. OFFHOOK_REPAIR_STREAMS="0" or SNAPSHOT_SECONDS="1"; snapshots are off by
    default. It is killed at the end, because nobody reads its state again: to keep it, call `server.stop` inside.
    """
    port, state_dir = free_port(), tmp_path / "aws"
    server.start(state_dir, port, **{"SNAPSHOT_SECONDS": "0", **environment})
    try:
        yield Endpoint(server.url(port), port, state_dir)
    finally:
        kill(state_dir)


def kill(state_dir: Path) -> None:
    """End it as a crash would: at once and without saving."""
    running = server.pid(state_dir)
    if running is not None:
        os.kill(running, signal.SIGKILL)
        server.await_end(state_dir, limit_s=30)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
