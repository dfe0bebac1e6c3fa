"""Agents who work by themselves: they sign in, answer, talk, write down and go on, all through the public API."""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from offhook_cli.http import Api, Carrier, Refused, Unreachable
from offhook_cli.places import Login

LOOK_S = 2.0
LEAVE_LOOK_S = 0.5
LEAVE_LIMIT_S = 12.0
BEAT_S = 11.0
TALK_S = (6.0, 15.0)
WRAP_UP_S = (2.0, 6.0)
DISPOSITIONS = ("solved", "sold", "call_again")
BROWSER = "client:"
log = logging.getLogger(__name__)


class PracticeAgent:
    """One agent. The telephone or browser is a script at the carrier's; the desk is looked at every two seconds."""

    def __init__(self, base: str, login: Login, chance: random.Random) -> None:
        self._api, self._carrier = Api(base, login), Carrier(base)
        self._login, self._chance = login, chance
        self._session, self._beat_at, self._leaving = "", 0.0, False
        self._talk_until: dict[str, float] = {}
        self._wrap_up_until: dict[str, float] = {}

    def arrive(self) -> None:
        """Sign in now; should it fail, `work` tries again."""
        self._guarded(self._arrive)

    def work(self, stop: threading.Event) -> None:
        """Until told to stop, and then to the end of the present contact; whatever fails is tried again."""
        while not stop.is_set():
            self._guarded(self._step)
            stop.wait(LOOK_S)
        self._leave()

    def _step(self) -> None:
        if not self._session:
            self._arrive()
        self._beat()
        desk = self._api.get("/v1/routing/agents/me")
        agent, work = desk["agent"], desk["work"]
        if agent["session_id"] != self._session or agent["state"] == "offline":
            self._session = ""
        elif work is not None and agent["state"] == "busy" and work["talk_at"] and not work["talk_ended_at"]:
            self._talk(work)
        elif work is not None and agent["state"] == "wrap_up":
            self._wrap_up(work)

    def _beat(self) -> None:
        if time.monotonic() - self._beat_at >= BEAT_S:
            self._api.request("POST", "/v1/routing/agents/me/heartbeat", {"session_id": self._session})
            self._beat_at = time.monotonic()

    def _arrive(self) -> None:
        address = self._login.address
        if address.startswith(BROWSER):
            self._carrier.register(address.removeprefix(BROWSER))
            self._carrier.set_script(address, "answer after 1 s")
        else:
            self._carrier.set_script(address, "answer after 1 s, press 1")
        self._session = self._api.request("POST", "/v1/routing/agents/me/session", {})["session_id"]
        self._beat_at = time.monotonic()

    def _talk(self, work: dict[str, Any]) -> None:
        contact = work["contact_id"]
        until = self._talk_until.setdefault(contact, time.monotonic() + self._chance.uniform(*TALK_S))
        if time.monotonic() >= until or self._leaving:
            self._api.request("DELETE", f"/v1/routing/contacts/{contact}/conversation")

    def _wrap_up(self, work: dict[str, Any]) -> None:
        contact = work["contact_id"]
        until = self._wrap_up_until.setdefault(contact, time.monotonic() + self._chance.uniform(*WRAP_UP_S))
        if time.monotonic() < until and not self._leaving:
            return
        solved = self._chance.random() < 0.85
        notes = {"disposition": self._chance.choice(DISPOSITIONS), "resolved": solved}
        self._api.request("PATCH", f"/v1/routing/contacts/{contact}/notes", notes)
        self._api.request("DELETE", "/v1/routing/agents/me/wrap-up")
        self._talk_until.clear()
        self._wrap_up_until.clear()

    def _leave(self) -> None:
        """Take no more calls, bring the present one to its end, go."""
        self._leaving, ends = True, time.monotonic() + LEAVE_LIMIT_S
        if self._session:
            self._guarded(lambda: self._api.request("DELETE", "/v1/routing/agents/me/session"))
        while self._session and time.monotonic() < ends:
            self._guarded(self._step)
            time.sleep(LEAVE_LOOK_S)
        if self._login.address.startswith(BROWSER):
            self._guarded(lambda: self._carrier.unregister(self._login.address.removeprefix(BROWSER)))

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except (Refused, Unreachable) as trouble:
            log.warning("%s: %s", self._login.agent_id, trouble)
            self._session = ""


@contextmanager
def staffed(base: str, logins: Sequence[Login], watcher: Api | None = None) -> Iterator[None]:
    """The agents work while the block runs; with a watcher, those who are signed in already are left alone."""
    here = {agent["id"] for agent in watcher.get("/v1/analytics/floor")["agents"]} if watcher else set()
    stop = threading.Event()
    people = [PracticeAgent(base, one, random.Random()) for one in logins if one.agent_id not in here]
    threads = [threading.Thread(target=person.work, args=(stop,), daemon=True) for person in people]
    for person, thread in zip(people, threads, strict=True):
        person.arrive()  # one after another: functions start slowly when everybody comes at once
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(LEAVE_LIMIT_S + 5)
