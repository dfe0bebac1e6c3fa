"""What the page may offer a newcomer on this machine: the demo login, the number and who calls."""

import json
from pathlib import Path

from local.edge.config import Config

CALLER = "+14155550123"


def offered(config: Config) -> dict[str, str]:
    """Empty when there is no demo."""
    if not config.demo_file or not Path(config.demo_file).exists():
        return {}
    known = json.loads(Path(config.demo_file).read_text())
    watcher = next(login for login in known["logins"] if login["role"] == "supervisor")
    return {
        "email": watcher["email"], "password": watcher["password"], "number": known["number"], "caller": CALLER,
    }  # fmt: skip
