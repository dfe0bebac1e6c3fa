"""Each layer is unpacked once and shared: upstream unpacks all layers (90 MB here) again for every worker.

Compiled modules then lie beside the shared sources, so that the second start of a function compiles nothing. The
folders outlive a restart; the ones used least lately go.
"""

import hashlib
import os
import re
import shutil
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace

from ministack.core import lambda_runtime

KEPT = 6
LAYER = re.compile(r"layer_\d+\.zip")
_one_at_a_time = threading.Lock()


class SharedLayer:
    """Stands for the archive of a layer where a worker is made: unpacking it makes a link."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    def __enter__(self) -> "SharedLayer":
        return self

    def __exit__(self, *_: object) -> None:
        self._path.unlink()

    def namelist(self) -> list[str]:
        """Nothing to check for the worker's folder; unpacking checks the names itself."""
        return []

    def extractall(self, target: str) -> None:
        """Let the target lead to the shared folder, made at first."""
        with _one_at_a_time:
            shared = _unpacked(self._path)
        os.rmdir(target)
        os.symlink(shared, target)


def apply() -> None:
    """Give the runtime, and it alone, another way to open archives of layers."""
    names = {name: getattr(zipfile, name) for name in dir(zipfile) if not name.startswith("_")}
    lambda_runtime.zipfile = SimpleNamespace(**{**names, "ZipFile": _opened})


def _opened(path: str) -> "zipfile.ZipFile | SharedLayer":
    return SharedLayer(path) if LAYER.fullmatch(os.path.basename(path)) else zipfile.ZipFile(path)


def _unpacked(archive: Path) -> Path:
    home = Path(os.environ["OFFHOOK_AWS_STATE"]) / "layers"
    shared = home / hashlib.sha256(archive.read_bytes()).hexdigest()[:32]
    if not shared.exists():
        fresh = shared.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(fresh)
        fresh.rename(shared)
    os.utime(shared)
    _drop_old(home)
    return shared


def _drop_old(home: Path) -> None:
    by_use = sorted(home.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in by_use[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
