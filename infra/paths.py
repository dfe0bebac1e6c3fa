"""Where things lie in the repository, for the build of the packages and the synth."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
FUNCTIONS = ROOT / "functions"
CORE_PYTHON = ROOT / "layers" / "core" / "python"
DEPS_RECIPE = ROOT / "layers" / "deps" / "layer.toml"
DEPS_LOCK = ROOT / "requirements" / "layer.txt"
DEV_LOCK = ROOT / "requirements" / "dev.txt"
