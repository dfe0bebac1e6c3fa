"""The machine that functions run on: a Python version and a processor architecture."""

import sys
from dataclasses import dataclass
from typing import Literal

Architecture = Literal["x86_64", "arm64"]
_MACHINE: dict[Architecture, str] = {"x86_64": "x86_64", "arm64": "aarch64"}
_OLDEST_GLIBC = {"3.11": 26}  # Amazon Linux 2; later runtimes stand on Amazon Linux 2023
_GLIBC_OF_AL2023 = 34


@dataclass(frozen=True, slots=True)
class Target:
    """python: "3.11". The layers hold byte code, so it must be the Python that runs the synth."""

    python: str
    architecture: Architecture

    def __post_init__(self) -> None:
        """Refuse a version that Chalice would not package for (it takes the interpreter's)."""
        running = f"{sys.version_info.major}.{sys.version_info.minor}"
        if self.python != running:
            raise ValueError(f"the functions are to run on Python {self.python}, but this synth runs on {running}")

    @property
    def runtime(self) -> str:
        """Lambda's name for it."""
        return f"python{self.python}"

    @property
    def machine(self) -> str:
        """The processor as wheels name it."""
        return _MACHINE[self.architecture]

    def wheel_platforms(self) -> list[str]:
        """Tags of the binary wheels that load on Lambda, newest first."""
        newest = _OLDEST_GLIBC.get(self.python, _GLIBC_OF_AL2023)
        versions = [f"manylinux_2_{minor}_{self.machine}" for minor in range(newest, 16, -1)]
        return [*versions, f"manylinux2014_{self.machine}"]
