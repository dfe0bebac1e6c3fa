"""Packages a function without routes: its handler, and the two files of chalice that every other function carries.

Our web code takes its request and event classes from chalice; the deps layer leaves chalice out because the packages
bring it.
"""

import shutil
from pathlib import Path

import chalice

from infra.packaging.staging import build_once, digest
from infra.paths import BUILD

RUNTIME_FILES = ("__init__.py", "app.py")


def package(source: Path) -> Path:
    """The folder to upload."""
    library = Path(chalice.__file__).parent
    files = [*sorted(source.glob("*.py")), *(library / name for name in RUNTIME_FILES)]
    name = f"{source.name}-" + digest(file.read_bytes() for file in files)
    return build_once(name, lambda out: _fill(out, source, library), base=BUILD / "apps")


def _fill(out: Path, source: Path, library: Path) -> None:
    (out / "chalice").mkdir()
    for file in source.glob("*.py"):
        shutil.copyfile(file, out / file.name)
    for name in RUNTIME_FILES:
        shutil.copyfile(library / name, out / "chalice" / name)
