"""What the page may offer a newcomer on this machine: the demo login, the number and who calls."""

import json
from pathlib import Path
from typing import Any

from local.edge.config import Config

CALLER = "+14155550123"
BROWSER = "client:"


def offered(config: Config) -> dict[str, Any]:
    """Empty when there is no demo. agent: who works in the browser, the last of them, whom nobody plays."""
    if not config.demo_file or not Path(config.demo_file).exists():
        return {}
    known = json.loads(Path(config.demo_file).read_text())
    logins = known["logins"]
    watcher = next(login for login in logins if login["role"] == "supervisor")
    agent = next((login for login in reversed(logins) if login["address"].startswith(BROWSER)), None)
    return {
        "email": watcher["email"], "password": watcher["password"], "number": known["number"], "caller": CALLER,
        "agent": {"email": agent["email"], "password": agent["password"]} if agent else None,
    }  # fmt: skip
