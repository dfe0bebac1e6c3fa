"""The public API and the simulator's controls, over HTTP; refusals as exceptions with the API's own words."""

import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import requests

from offhook_cli.places import Login

TIMEOUT_S = 45.0


class Refused(Exception):
    """The answer was an error. code: stable, from the problem document."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code = status, code


class Unreachable(Exception):
    """Nothing answers at the address."""


class Api:
    """The public API as one person: signs in when first needed and again when the token has ended."""

    def __init__(self, base: str, login: Login) -> None:
        self._base, self._login = base, login
        self._session, self._token = requests.Session(), ""
        self._lock = threading.Lock()

    def get(self, path: str, **query: str) -> Any:
        """What is at the path."""
        return self.request("GET", path, query=query)

    def request(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None, version: int = 0
    ) -> Any:
        """The decoded answer, None when it has no body; raises Refused and Unreachable.

        version: of what is changed, as it was read; 0 = the route asks for none.
        """
        with self._lock:
            if not self._token:
                self._sign_in()
            try:
                return self._send(method, path, body, query, version)
            except Refused as refused:
                if refused.status != 401:
                    raise
            self._sign_in()
            return self._send(method, path, body, query, version)

    def _sign_in(self) -> None:
        self._token = ""
        body = {"email": self._login.email, "password": self._login.password}
        said = self._send("POST", "/v1/tenants/sessions", body)
        if "challenge" in said:
            answer = {**said, "answer": self._login.answer_to(said["challenge"])}
            said = self._send("POST", "/v1/tenants/sessions/challenges", answer)
        self._token = said["access_token"]

    def _send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None, version: int = 0
    ) -> Any:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        headers |= {"If-Match": f'"{version}"'} if version else {}
        return send(self._session, method, self._base + path, body, query, headers)


class Carrier:
    """The simulated telephone network's controls, below the same address."""

    def __init__(self, base: str) -> None:
        self._base, self._session = f"{base}/_carrier", requests.Session()

    def place_call(self, from_: str, to: str, script: str | list[dict[str, Any]] | None) -> str:
        """Somebody calls; the sid of the call."""
        return str(self._send("POST", "/calls", {"from": from_, "to": to, "script": script})["sid"])

    def transcript(self, sid: str, since: int, wait_s: float) -> dict[str, Any]:
        """Entries from an index on; waits until there are any, or the call is over."""
        query = {"since": str(since), "wait": str(wait_s)}
        answer: dict[str, Any] = self._send("GET", f"/calls/{sid}/transcript", query=query)
        return answer

    def hang_up(self, sid: str) -> None:
        """The person on this leg leaves."""
        self._send("POST", f"/calls/{sid}/hang_up")

    def set_script(self, address: str, script: str) -> None:
        """What the person at this address does whenever rung."""
        self._send("PUT", f"/scripts/{quote(address, safe='')}", {"script": script})

    def register(self, identity: str) -> None:
        """A browser is there to be rung."""
        self._send("PUT", f"/clients/{identity}")

    def unregister(self, identity: str) -> None:
        """The browser is closed."""
        self._send("DELETE", f"/clients/{identity}")

    def calls(self, *, live: bool) -> list[dict[str, Any]]:
        """All legs, or those under way."""
        found: list[dict[str, Any]] = self._send("GET", "/calls", query={"live": "1"} if live else None)["calls"]
        return found

    def _send(self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None) -> Any:
        return send(self._session, method, self._base + path, body, query, {})


def send(
    session: requests.Session,
    method: str,
    url: str,
    body: Any,
    query: Mapping[str, str] | None,
    headers: Mapping[str, str],
) -> Any:
    """One request."""
    try:
        answer = session.request(method, url, json=body, params=query, headers=headers, timeout=TIMEOUT_S)
    except requests.RequestException as error:
        raise Unreachable(f"Nothing answers at {url}: is it running (make run)?") from error
    if answer.ok:
        return answer.json() if answer.content else None
    raise _refused(answer)


def _refused(answer: requests.Response) -> Refused:
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    code = str(problem.get("code", "http_error"))
    detail = str(problem.get("detail") or problem.get("error") or f"The answer was {answer.status_code}.")
    return Refused(answer.status_code, code, detail)
