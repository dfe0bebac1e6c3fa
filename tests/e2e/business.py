"""A business that finds us: everything that its owner does from the first form to the last letter, through the API."""

import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from typing import Any

import requests
from offhook_cli.http import Carrier
from offhook_cli.totp import totp
from standardwebhooks import Webhook, WebhookVerificationError

from tests.e2e.system import System, within

PASSWORD = "Correct-Horse-9"
LONG_S, ATTEMPTS, PAUSE_S = 600, 4, 2.0


@dataclass
class Receiver:
    """The tenant's own system: keeps what it is sent, verified as it comes, while its signature is fresh.

    secret: of the endpoint that leads here; refused: what was not signed with it.
    """

    port: int
    secret: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def hears(self, headers: dict[str, str], body: bytes) -> None:
        """Keep one webhook."""
        try:
            self.told.append(Webhook(self.secret).verify(body, headers))
        except WebhookVerificationError as wrong:
            self.refused.append(str(wrong))


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.hears({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Receiver(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


class Person:
    """Somebody who signs in, with a second factor once they have one."""

    def __init__(self, base: str, email: str) -> None:
        self.base, self.email, self.secret = base, email, ""
        self.session = requests.Session()

    def sign_in(self) -> None:
        """Password and, if asked for, a code; a code that was used needs the next half minute."""
        said = self._post("/v1/tenants/sessions", {"email": self.email, "password": PASSWORD})
        if "challenge" in said:
            said = self._post("/v1/tenants/sessions/challenges", {**said, "answer": totp(self.secret)})
        self.session.headers["Authorization"] = f"Bearer {said['access_token']}"

    def enrol(self) -> None:
        """Set the second factor up and sign in with it."""
        self.secret = self.ask("POST", "/v1/tenants/me/second-factor", {"password": PASSWORD})["secret"]
        proof = {"password": PASSWORD, "code": totp(self.secret)}
        self.ask("PUT", "/v1/tenants/me/second-factor", proof)
        self.sign_in()

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The answer's JSON; fails with its text when it is no success. A token that ended is renewed once."""
        url = self.base + path
        if method == "POST":
            more = {"headers": {"Idempotency-Key": token_hex(8)}, **more}
        answer = patiently(self.session.request, method, url, json=body, **more)
        if answer.status_code == 401:
            self.sign_in()
            answer = patiently(self.session.request, method, url, json=body, **more)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def status(self, method: str, path: str, body: Any = None) -> int:
        """The status of the answer, whatever it is."""
        return patiently(self.session.request, method, self.base + path, json=body).status_code

    def _post(self, path: str, body: Any) -> Any:
        answer = patiently(requests.request, "POST", self.base + path, json=body)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()


def patiently(request: Callable[..., requests.Response], method: str, url: str, **given: Any) -> requests.Response:
    """The answer of a system that can give one: one that is too busy for it is asked again."""
    for _ in range(ATTEMPTS):
        answer = request(method, url, timeout=60, **given)
        if answer.status_code < 500:
            return answer
        time.sleep(PAUSE_S)
    return answer


class Business:
    """One company on its way. mark: a word that occurs in all that it writes, and nowhere else."""

    def __init__(self, system: System, mark: str) -> None:
        self.system, self.mark, self.company = system, mark, f"{mark} Ltd"
        self.base = system.address()
        self.owner = Person(self.base, f"owner@{mark}.example".lower())
        self.agent = Person(self.base, f"agent@{mark}.example".lower())
        self.tenant_id = ""

    def signs_up(self) -> None:
        """The form, the mail, the password; waits until calls can be taken."""
        made = self.system.answer(
            "tenant", "create", self.company, "--email", self.owner.email, "--password", PASSWORD, "--name", self.mark
        )
        self.tenant_id = made["tenant_id"]

    def secures_the_sign_in(self) -> None:
        """Signs in; nothing but the own profile is there before the second factor."""
        self.owner.sign_in()
        assert self.owner.status("GET", "/v1/tenants/people") == 403
        self.owner.enrol()
        me = self.owner.ask("GET", "/v1/tenants/me")
        assert (me["tenant"]["id"], me["role"]) == (self.tenant_id, "owner")

    def number(self) -> str:
        """The number that the business began with."""
        return str(self.owner.ask("GET", "/v1/ivr/numbers")["data"][0]["id"])

    def pays(self, plan: str, seats: int) -> None:
        """Subscribes on the provider's page; waits until that is known here."""
        page = self.owner.ask(
            "POST", "/v1/tenants/billing/checkout", {"plan": plan, "seats": seats, "email": self.owner.email}
        )["url"]
        card = {"number": "4242 4242 4242 4242", "month": "12", "year": "2031"}
        assert requests.get(page, timeout=30).ok
        paid = requests.post(page, data=card, timeout=30, allow_redirects=False)
        assert paid.status_code == 303, paid.text
        within(LONG_S, lambda: self.owner.ask("GET", "/v1/tenants/me")["tenant"]["status"] == "active")

    def buys_a_number(self) -> str:
        """One more, in the United States."""
        area = 212 + int(hashlib.sha256(self.mark.encode()).hexdigest(), 16) % 700
        path = f"/v1/ivr/numbers/available?country=US&kind=local&area_code={area}"
        offered = self.owner.ask("GET", path)["data"][0]["number"]
        wanted = {"country": "US", "kind": "local", "number": offered}
        within(30, lambda: self.owner.status("POST", "/v1/ivr/numbers", wanted) == 201)  # the plan is 5 s old at most
        return str(offered)

    def opens(self) -> None:
        """Open now, whatever the hours say."""
        for calendar in self.owner.ask("GET", "/v1/ivr/calendars")["data"]:
            path, tag = f"/v1/ivr/calendars/{calendar['id']}/override", {"If-Match": f'"{calendar["version"]}"'}
            self.owner.ask("PUT", path, {"override": "open"}, headers=tag)

    def invites_an_agent(self) -> None:
        """The mail is read and its link accepted; the agent signs in."""
        profile = self.owner.ask("GET", "/v1/routing/profiles")["data"][0]["id"]
        asked = {"email": self.agent.email, "name": f"Agent {self.mark}", "role": "agent", "profile_id": profile}
        self.owner.ask("POST", "/v1/tenants/invitations", asked)
        link = within(60, lambda: self._mailed(self.agent.email, r"/invitation#(\S+)"))
        accepted = {"link": link, "password": PASSWORD, "name": f"Agent {self.mark}"}
        requests.post(f"{self.base}/v1/tenants/invitations/accepted", json=accepted, timeout=60).raise_for_status()
        self.agent.sign_in()

    def works(self) -> Callable[[], None]:
        """The agent answers on a telephone until the returned function is called."""
        telephone = "+1415556" + f"{int(hashlib.sha256(self.mark.encode()).hexdigest(), 16) % 10_000:04d}"
        Carrier(self.base).set_script(telephone, "answer after 1 s, press 1")
        endpoint = {"kind": "phone", "address": telephone}
        session = self.agent.ask("POST", "/v1/routing/agents/me/session", {"endpoint": endpoint})["session_id"]
        over = threading.Event()
        worker = threading.Thread(target=self._work, args=(session, over), daemon=True)
        worker.start()

        def stop() -> None:
            over.set()
            worker.join(30)

        return stop

    def _work(self, session: str, over: threading.Event) -> None:
        talking = 0.0
        while not over.wait(2):
            self.agent.ask("POST", "/v1/routing/agents/me/heartbeat", {"session_id": session})
            desk = self.agent.ask("GET", "/v1/routing/agents/me")
            work, state = desk["work"], desk["agent"]["state"]
            if work and state == "busy" and work["talk_at"] and not work["talk_ended_at"]:
                talking = talking or time.monotonic()
                if time.monotonic() - talking > 4:
                    self.agent.ask("DELETE", f"/v1/routing/contacts/{work['contact_id']}/conversation")
            if work and state == "wrap_up":
                talking = 0.0
                notes = {"notes": f"notes of {self.mark}"}
                self.agent.ask("PATCH", f"/v1/routing/contacts/{work['contact_id']}/notes", notes)
                self.agent.ask("DELETE", "/v1/routing/agents/me/wrap-up")

    def is_called(self, number: str) -> dict[str, Any]:
        """A customer calls; the closed contact, once it is one."""
        self.system.offhook("call", "--to", number, "--press", "1", "--no-wait")

        def closed() -> Any:
            found = self.owner.ask("GET", "/v1/analytics/contacts")["data"]
            return next((c for c in found if c.get("outcome")), None)

        return dict(within(LONG_S, closed))

    def forgets_the_caller(self, contact: dict[str, Any]) -> dict[str, Any]:
        """A caller becomes a customer and asks to be forgotten; what is kept of their contact."""
        ask, path = self.owner.ask, f"/v1/analytics/contacts/{contact['id']}"
        customer = ask("POST", "/v1/customers", {"name": "Caller", "numbers": [contact["customer_number"]]})["id"]
        ask("POST", f"/v1/customers/{customer}/erasure")

        def certified() -> bool:
            acts = [entry["act"] for entry in ask("GET", "/v1/tenants/audit")["data"]]
            return any(a["action"].startswith("ERASED") and a["about"]["customer_id"] == customer for a in acts)

        within(LONG_S, certified)
        return dict(ask("GET", path)["contact"])

    def exports(self) -> str:
        """Everything the tenant has, as one text; every file is what the manifest says."""
        asked = self.owner.ask("POST", "/v1/tenants/exports")
        path = f"/v1/tenants/exports/{asked['id']}"
        ready = within(LONG_S, lambda: (e := self.owner.ask("GET", path))["status"] == "ready" and e)
        manifest = self._file(path, ready["manifest"]).json()
        texts = []
        for one in manifest["files"]:
            content = self._file(path, one["name"]).content
            assert len(content) == one["size"]
            assert one["sha256"] in (None, hashlib.sha256(content).hexdigest()), "recordings and the lake have none"
            texts.append(content.decode("latin-1"))
        assert texts
        return "\n".join(texts)

    def closes_and_is_erased(self) -> str:
        """The certificate that the owner is mailed."""
        self.owner.ask("POST", "/v1/tenants/closure", {"confirm": self.company})
        self.owner.ask("POST", "/v1/tenants/erasure", {"confirm": f"erase {self.company}"})
        return str(within(LONG_S, lambda: self._mailed(self.owner.email, r"(?s)(.*erased.*)")))

    def _file(self, path: str, name: str) -> requests.Response:
        link = self.owner.ask("GET", f"{path}/files/{name}")["url"]
        found = requests.get(link, timeout=30)
        found.raise_for_status()
        return found

    def _mailed(self, to: str, pattern: str) -> str:
        mails = requests.get(
            f"{self.base}/_local/mail", params={"to": to}, headers={"Accept": "application/json"}, timeout=30
        ).json()["data"]
        for mail in mails:
            found = re.search(pattern, mail["text"])
            if found:
                return found.group(1)
        return ""
