"""The core layer: our own code, copied without what a developer's run left behind, and compiled."""

import shutil
import sys
from pathlib import Path

from infra.packaging.staging import build_once, compile_sources, digest
from infra.paths import CORE_PYTHON

SHIPPED = (".py", ".json", ".html", ".css", ".js", ".wav", ".mp3", ".typed")


def build(source: Path = CORE_PYTHON) -> Path:
    """The layer's folder, with `python/offhook` in it."""
    files = shipped_files(source)
    contents = (str(f.relative_to(source)).encode() + b"\0" + f.read_bytes() for f in files)
    name = "core-" + digest([sys.version[:4].encode(), *contents])
    return build_once(name, lambda folder: _fill(folder, source, files))


def shipped_files(source: Path) -> list[Path]:
    """Sources and assets of the package; no byte code, no metadata of the editable installation."""
    package = source / "offhook"
    return sorted(f for f in package.rglob("*") if f.suffix in SHIPPED and "__pycache__" not in f.parts)


def _fill(folder: Path, source: Path, files: list[Path]) -> None:
    for file in files:
        target = folder / "python" / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    compile_sources(folder)
