"""The deps layer: the locked third-party set, from wheels only, for the machine that functions run on.

Only what layers/deps/layer.toml keeps is shipped: a Lambda worker unpacks every file before its first request.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

from infra.packaging.staging import build_once, compile_sources, digest
from infra.packaging.target import Target
from infra.paths import DEPS_LOCK, DEPS_RECIPE


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is kept of the locked set."""

    omitted: frozenset[str]
    botocore_services: frozenset[str]
    twilio_products: frozenset[str]


def read_recipe(path: Path = DEPS_RECIPE) -> Recipe:
    """The recipe as written in layers/deps/layer.toml."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Recipe(
        omitted=frozenset(table["omit"]["distributions"]),
        botocore_services=frozenset(table["botocore"]["services"]),
        twilio_products=frozenset(table["twilio"]["products"]),
    )


def build(target: Target) -> Path:
    """The layer's folder, with `python/` in it; installed once per lock, recipe and target."""
    inputs = (DEPS_LOCK.read_bytes(), DEPS_RECIPE.read_bytes(), Path(__file__).read_bytes(), repr(target).encode())
    return build_once("deps-" + digest(inputs), lambda folder: _fill(folder, target, read_recipe()))


def _fill(folder: Path, target: Target, recipe: Recipe) -> None:
    packages = folder / "python"
    fetch(packages, target)
    _omit(packages, recipe.omitted)
    _keep_only(packages / "botocore" / "data", recipe.botocore_services)
    _keep_only(packages / "twilio" / "rest", recipe.twilio_products)
    shutil.rmtree(packages / "bin", ignore_errors=True)
    compile_sources(folder)


def fetch(packages: Path, target: Target) -> None:
    """The locked wheels for the target, unpacked into this folder: all of them, nothing compiled."""
    platforms = [f"--platform={tag}" for tag in target.wheel_platforms()]
    command = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-compile", "--only-binary=:all:", "--implementation=cp", f"--python-version={target.python}"]
    command += [*platforms, f"--target={packages}", "--require-hashes", "-r", str(DEPS_LOCK)]
    subprocess.run(command, check=True)


def _omit(packages: Path, distributions: Iterable[str]) -> None:
    """Remove distributions file by file, as their own record lists them, then the folders left empty."""
    unknown = set(distributions)
    for info in sorted(packages.glob("*.dist-info")):
        name = Parser().parsestr((info / "METADATA").read_text(encoding="utf-8"))["Name"].lower().replace("_", "-")
        if name in unknown:
            unknown.remove(name)
            _remove_recorded(packages, info)
    if unknown:
        raise ValueError(f"layers/deps/layer.toml omits what is not in the lock: {sorted(unknown)}")


def _remove_recorded(packages: Path, info: Path) -> None:
    lines = (info / "RECORD").read_text(encoding="utf-8").splitlines()
    tops = {line.split(",")[0].split("/")[0] for line in lines} - {"..", ""}
    for top in tops:
        path = packages / top
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _keep_only(folder: Path, kept: Iterable[str]) -> None:
    """Remove the sub-folders that are not kept; files beside them stay."""
    missing = [name for name in kept if not (folder / name).is_dir()]
    if missing:
        raise ValueError(f"{folder.name} has no {missing}; see layers/deps/layer.toml")
    for child in folder.iterdir():
        if child.is_dir() and child.name not in set(kept):
            shutil.rmtree(child)
