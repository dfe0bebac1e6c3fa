"""State is written every SNAPSHOT_SECONDS: upstream writes it on SIGTERM only, so a crash loses the whole session.

The snapshot is written by a forked child. The fork is one instant, so all services agree with each other, and requests
wait for milliseconds of fork instead of for the copying and encoding of every table.
"""

import copy
import json
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

from ministack import app
from ministack.core import persistence

from local.aws import lock
from local.aws.repairs import firehose

CHILD_LIMIT_S = 60


def apply() -> None:
    """Start the snapshot thread; SNAPSHOT_SECONDS=0 leaves saving to SIGTERM."""
    every_s = float(os.environ.get("SNAPSHOT_SECONDS", "0"))
    if every_s > 0:
        threading.Thread(target=_snapshot_for_ever, args=(every_s,), daemon=True, name="snapshot").start()
    _end_unfinished_child_before_saving()


_child_lock = threading.Lock()


def _snapshot_for_ever(every_s: float) -> None:
    while True:
        time.sleep(every_s)
        with _child_lock:
            snapshot()


def _end_unfinished_child_before_saving() -> None:
    """The save on SIGTERM waits for a child at work, so that an older state never replaces a newer one."""
    save_all = app.save_all

    def save_alone(services: dict[str, object]) -> None:
        with _child_lock:
            save_all(services)

    app.save_all = save_alone


def snapshot() -> None:
    """Write the state of this instant and wait for the child that does it."""
    firehose.flush_everything()
    services = app._build_persistence_save_dict()
    child = os.fork()
    if child == 0:
        _write_and_exit(services)
    _, status = os.waitpid(child, 0)
    if status:
        print(f"snapshot failed with status {status}: the one before stays", file=sys.stderr)


def _write_and_exit(services: dict[str, object]) -> None:
    """In the child: keep only the state lock, write beside the last state, then swap the files in one go."""
    status = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(CHILD_LIMIT_S)
        _close_all_but(lock.held_descriptor())
        _spare_the_processor()
        final = Path(persistence.STATE_DIR)
        persistence.STATE_DIR = str(_empty_neighbour(final))
        persistence.save_all(services)
        _swap(Path(persistence.STATE_DIR), final)
        status = 0
    finally:
        os._exit(status)


def _spare_the_processor() -> None:
    """A fifth of the time: the child is alone with its state and needs no copies of it; only `dumps` encodes in C."""
    vars(copy).update(deepcopy=lambda state: state)
    vars(json).update(dump=lambda state, file, **options: file.write(json.dumps(state, **options)))


def _close_all_but(descriptor: int) -> None:
    os.closerange(3, descriptor)
    os.closerange(max(descriptor, 2) + 1, os.sysconf("SC_OPEN_MAX"))


def _empty_neighbour(final: Path) -> Path:
    """Beside the state, so that a swap is a rename; what a killed child left there is dropped."""
    neighbour = final.with_name(final.name + ".next")
    shutil.rmtree(neighbour, ignore_errors=True)
    return neighbour


def _swap(written: Path, final: Path) -> None:
    final.mkdir(parents=True, exist_ok=True)
    for file in written.glob("*.json"):
        file.replace(final / file.name)
