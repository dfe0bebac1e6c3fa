"""People at shells of their own: the real command line under the login of each."""

import json
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from local.runner.credentials import Login
from tests.e2e.system import System, within
from tests.world.story import ACCEPTS

LIMIT_S, ATTEMPTS, PAUSE_S = 240.0, 4, 2.0
BUSY = ("(http_error)", "(backend_timeout)", "(unavailable)", "Nothing answers")


@dataclass
class Shell:
    """One person; what was typed and answered is printed, so that `pytest -s` shows the walk."""

    system: System
    name: str
    login: Login
    shift: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def types(self, command: str) -> str:
        """`offhook <command>` and what it printed."""
        said = self._offhook(*shlex.split(command))
        print(f"{self.name}$ offhook {command}\n{said}", end="")
        return said

    def sees(self, command: str) -> Any:
        """The same as JSON, unprinted."""
        return json.loads(self._offhook(*shlex.split(command), "--json"))

    def sees_soon(self, command: str, fits: Callable[[Any], Any]) -> Any:
        """What fits makes of the JSON, as soon as it is something."""
        return within(LIMIT_S, lambda: fits(self.sees(command)))

    def begins(self, phone: str) -> None:
        """A shift at a telephone whose owner accepts every call; it goes on in the background."""
        self.types(f'phone {phone} "{ACCEPTS}"')
        print(f"{self.name}$ offhook agent stay --phone {phone} &")
        self.shift = self.system.begin("agent", "stay", "--phone", phone, **self._me())
        assert self.shift.stdout is not None and self.shift.stdout.readline(), "signed in"

    def ends(self) -> None:
        """Sign out, as by Ctrl-C."""
        if self.shift is not None:
            self.shift.send_signal(signal.SIGINT)
            self.shift.wait(60)

    def desk(self, *states: str) -> Any:
        """The desk as soon as the agent is in one of these states."""
        return self.sees_soon("agent desk", lambda desk: desk if desk["agent"]["state"] in states else None)

    def talking(self, contact: str = "") -> str:
        """The contact that this person talks with, once they do."""

        def fits(desk: Any) -> str:
            work: Any = desk["work"] or {}
            talks = desk["agent"]["state"] == "busy" and work["talk_at"] and not work["talk_ended_at"]
            return str(work["contact_id"]) if talks and work["settled"] and contact in ("", work["contact_id"]) else ""

        return str(self.sees_soon("agent desk", fits))

    def _offhook(self, *arguments: str) -> str:
        """The output; typed again while the system is too busy to answer."""
        for _ in range(ATTEMPTS):
            try:
                return self.system.offhook(*arguments, **self._me())
            except AssertionError as refused:
                if arguments[0] == "call" or not any(word in str(refused) for word in BUSY):
                    raise
            time.sleep(PAUSE_S)
        return self.system.offhook(*arguments, **self._me())

    def _me(self) -> dict[str, str]:
        return {"OFFHOOK_EMAIL": self.login.email, "OFFHOOK_PASSWORD": self.login.password}


@contextmanager
def on_shift(*people: tuple[Shell, str]) -> Iterator[None]:
    """Each is signed in at their telephone while the block runs."""
    try:
        for shell, phone in people:
            shell.begins(phone)
        yield
    finally:
        for shell, _ in people:
            shell.ends()


def first(pattern: str, said: str) -> str:
    """What a group of the pattern finds in what was printed."""
    found = re.search(pattern, said)
    assert found is not None, said
    return found.group(1)
