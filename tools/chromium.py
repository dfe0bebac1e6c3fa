"""Chromium and a font with Chinese, as Debian packages them: `python -m tools.chromium` installs what is missing."""

import os
import shutil
import subprocess
import sys

NAME = "chromium"
FONT = "fonts-noto-cjk"
APT = ("apt-get", "-qq", "-y", "-o", "Dpkg::Use-Pty=0")


def missing() -> list[str]:
    """The Debian packages that this machine lacks; CHROMIUM=path names a browser from elsewhere."""
    found = shutil.which(os.environ.get("CHROMIUM") or NAME)
    return [package for package, there in ((NAME, found), (FONT, _shows_chinese())) if not there]


def _shows_chinese() -> bool:
    """Whether any font has the letters; without one they are boxes."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout)


def install(packages: list[str]) -> bool:
    """Whether they are there now; the package lists are refreshed only when the first try finds nothing."""
    if os.geteuid() != 0 or not shutil.which(APT[0]):
        return False
    wanted = [*APT, "install", "--no-install-recommends", *packages]
    return _done(wanted) or (_done([*APT, "update"]) and _done(wanted))


def _done(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0


def main() -> int:
    """Nothing to say when all is there."""
    wanted = missing()
    if not wanted or (install(wanted) and not missing()):
        return 0
    names = " ".join(wanted)
    print(f"The browser suite needs {names}: apt-get install {names} (or CHROMIUM=path of a browser).", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
