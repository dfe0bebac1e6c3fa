"""The lock that says which process owns a state folder: held for a life, let go by any death, so never stale."""

import fcntl
import os
import time
from pathlib import Path


class StateInUse(RuntimeError):
    """Another emulator already works on this state folder."""


_held = -1


def hold(path: Path, patience_s: float = 10.0) -> None:
    """Take the lock for the life of this process and write its pid.

    patience_s: how long to wait for a predecessor that is still writing its last snapshot.
    """
    global _held
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + patience_s
    while not _taken(descriptor):
        if time.monotonic() > deadline:
            raise StateInUse(f"{path.parent} is used by process {owner(path)}; stop it or choose another folder")
        time.sleep(0.05)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    _held = descriptor


def held_descriptor() -> int:
    """The descriptor that keeps this process's lock; a forked child that keeps it open keeps the lock."""
    return _held


def owner(path: Path) -> int | None:
    """The pid of the process that holds the lock, or None when nobody does."""
    if not path.exists():
        return None
    descriptor = os.open(path, os.O_RDWR)
    try:
        return None if _taken(descriptor) else int(os.read(descriptor, 32) or 0) or None
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
