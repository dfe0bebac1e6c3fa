"""Processes that outlive the command that starts them; each holds a lock for its life, so no pid file is ever stale."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from local.aws import lock
from local.runner.home import ROOT, Home, RunError

STOP_LIMIT_S = 20.0
PATHS = (ROOT, ROOT / "cli", ROOT / "layers" / "core" / "python")


def start(at: Home, name: str, command: Sequence[str], **environment: str) -> int:
    """Start a Python module in the background, its words in the log; it runs already: its pid."""
    if running := pid(at, name):
        return running
    at.lock(name).parent.mkdir(parents=True, exist_ok=True)
    at.log(name).parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(at.lock(name), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return _spawn(at, name, descriptor, [sys.executable, "-m", *command], environment)
    finally:
        os.close(descriptor)


def await_answer(at: Home, name: str, answers: Callable[[], bool], silent: str, within_s: float) -> None:
    """Until it answers; raises RunError, with these words and its own last ones, when it is gone or takes longer."""
    deadline = time.monotonic() + within_s
    while not answers():
        if pid(at, name) is None or time.monotonic() > deadline:
            raise RunError(f"{silent}: {last_words(at, name)}")
        time.sleep(0.1)


def _spawn(at: Home, name: str, descriptor: int, command: Sequence[str], environment: dict[str, str]) -> int:
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with at.log(name).open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, PATHS)), **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(descriptor,),
        )
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(process.pid).encode(), 0)
    return process.pid


def pid(at: Home, name: str) -> int | None:
    """The process under that name, or None."""
    return lock.owner(at.lock(name))


def stop(at: Home, name: str, limit_s: float = STOP_LIMIT_S) -> bool:
    """Ask it to end, wait, and insist after the limit; False when it did not run."""
    running = pid(at, name)
    if running is None:
        return False
    _signal(running, signal.SIGTERM)
    if not _ended(at, name, limit_s):
        _signal(running, signal.SIGKILL)
        if not _ended(at, name, limit_s):
            raise RunError(f"The process {running} ({name}) does not end.")
    return True


def last_words(at: Home, name: str) -> str:
    """The end of its log, for an error message."""
    path = at.log(name)
    lines = path.read_text(errors="replace").strip().splitlines() if path.exists() else []
    return lines[-1] if lines else "it wrote nothing"


def _ended(at: Home, name: str, limit_s: float) -> bool:
    deadline = time.monotonic() + limit_s
    while (running := pid(at, name)) is not None:
        if time.monotonic() > deadline:
            return False
        with suppress(ChildProcessError):
            os.waitpid(running, os.WNOHANG)
        time.sleep(0.05)
    return True


def _signal(process: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)
