"""Builds a folder once for each set of inputs: named by their digest, moved into place whole, safe beside another."""

import compileall
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from py_compile import PycInvalidationMode

from infra.paths import BUILD


def digest(parts: Iterable[bytes]) -> str:
    """A short name for the inputs; the same inputs in the same order give the same name."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(hashlib.sha256(part).digest())
    return sha.hexdigest()[:16]


def build_once(name: str, fill: Callable[[Path], None], base: Path = BUILD / "layers") -> Path:
    """The folder `name`, filled on first use. Two builds at once end with one folder and no half of it."""
    target = base / name
    if target.is_dir():
        return target
    base.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=base))
    try:
        fill(work)
        work.chmod(0o755)
        _move_into_place(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def compile_sources(folder: Path) -> None:
    """Add byte code that is never checked against dates: a layer is read-only, so every cold start would compile."""
    compileall.compile_dir(
        folder,
        quiet=1,
        stripdir=str(folder),
        prependdir="/opt",
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def _move_into_place(work: Path, target: Path) -> None:
    try:
        os.rename(work, target)
    except OSError:
        if not target.is_dir():
            raise
