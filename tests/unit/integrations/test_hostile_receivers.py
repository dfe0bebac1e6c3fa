"""A receiver that hangs holds five places of its own endpoint, and nothing of anybody else."""

import socket
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest
from offhook.adapters.http_sender import GuardedSender
from offhook.domain.integrations.addresses import Policy
from offhook.domain.integrations.requests import Answered, Outbound
from offhook.stores.deliveries import PLACES
from offhook.usecases.integrations.send import A_SECOND

from tests.unit.integrations import receivers
from tests.unit.integrations.office import ACME, URL, ZETA, Office
from tests.unit.integrations.receivers import Behaviour, receiver, said

HOUR = 3600
OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


@dataclass(frozen=True)
class Hasty:
    """The real way out, to this machine, with little patience."""

    sender: GuardedSender = field(default_factory=lambda: GuardedSender(Policy(local=True)))
    patience_s: float = 0.5

    @property
    def policy(self) -> Policy:
        """Where requests may go."""
        return self.sender.policy

    def send(self, request: Outbound) -> Answered:
        """The answer."""
        return self.sender.send(replace(request, timeout_s=self.patience_s))


def test_a_hanging_receiver_is_asked_five_times_at_once_and_delays_nobody_else(at: Office) -> None:
    at.aws.http = Hasty()
    lock, now, most = threading.Lock(), Counter[str](), Counter[str]()

    def hang(peer: socket.socket, over: threading.Event) -> None:
        with lock:
            now["slow"] += 1
            most["slow"] = max(most["slow"], now["slow"])
        receivers.hang(peer, over)

    with receiver(hang) as slow, receiver(said(OK)) as quick:
        at.endpoint(f"http://127.0.0.1:{slow}/", ACME)
        other = at.endpoint(f"http://127.0.0.1:{quick}/", ZETA)
        at.aws.delivering.handler = None
        at.publish([at.event(ACME) for _ in range(20)] + [at.event(ZETA) for _ in range(5)])
        messages = [message for message, _ in at.aws.delivering.sent]
        with ThreadPoolExecutor(20) as lambdas:
            began = time.monotonic()
            slow_ones = [lambdas.submit(at.deliver, m) for m in messages if m.tenant_id == ACME]
            quick_ones = [at.deliver(m) for m in messages if m.tenant_id == ZETA]
            took_s = time.monotonic() - began
            [one.result() for one in slow_ones]
    assert {one["state"] for one in at.deliveries(other, ZETA)} == {"delivered"} and len(quick_ones) == 5
    assert most["slow"] == PLACES
    assert took_s < 5


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (receivers.hang, "timeout"),
        (receivers.reset, "connection"),
        (said("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n"), ""),
        (said("HTTP/1.1 429 Later\r\nretry-after: 9\r\ncontent-length: 0\r\n\r\n"), ""),
        (said("HTTP/1.1 307 There\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"), ""),
    ],
)
def test_a_failure_is_in_the_log_with_its_reason_and_is_tried_again(
    at: Office, behaviour: Behaviour, reason: str
) -> None:
    at.aws.http = Hasty(patience_s=0.3)
    with receiver(behaviour) as port:
        endpoint = at.endpoint(f"http://127.0.0.1:{port}/")
        at.happen()
    (delivery,) = at.deliveries(endpoint)
    assert (delivery["state"], delivery["attempts"][0]["reason"]) == ("pending", reason)
    assert delivery["next_at"] is not None


HOSTILE = {
    "hangs": Answered(0, "timeout"),
    "resets": Answered(0, "connection"),
    "redirects": Answered(302, headers={"location": "https://elsewhere.example.com/"}),
    "puts-off": Answered(429, headers={"retry-after": "999999"}),
    "fails": Answered(500),
    "moved-inside": Answered(0, "address_refused"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_a_receiver_does_its_delivery_ends_visibly_and_another_tenants_leaves_at_once(
    slower: Office, what: str
) -> None:
    at, said_always = slower, HOSTILE[what]
    hostile, other = at.endpoint(), at.endpoint("https://quiet.example.com/", ZETA)
    at.answers[URL] = lambda _: said_always
    at.publish([at.event(ACME), at.event(ZETA)])
    at.run(20)
    assert {one["state"] for one in at.deliveries(other, ZETA)} == {"delivered"}
    at.run(190 * HOUR)
    (delivery,) = at.deliveries(hostile)
    assert (delivery["state"], delivery["next_at"], delivery["tries"]) == ("exhausted", None, 10)
    last = delivery["attempts"][-1]
    assert (last["status"], last["reason"]) == (said_always.status, said_always.reason)


def test_a_flood_is_delivered_and_only_its_beginning_kept(at: Office) -> None:
    at.aws.http = Hasty(patience_s=10)
    with receiver(receivers.huge_body) as port:
        endpoint = at.endpoint(f"http://127.0.0.1:{port}/")
        at.happen()
    (delivery,) = at.deliveries(endpoint)
    assert delivery["state"] == "delivered"
    assert len(delivery["attempts"][0]["response"]) == 2048


def test_a_backlog_of_hundreds_drains_though_messages_that_found_no_place_were_dropped(at: Office) -> None:
    endpoint = at.endpoint()
    at.aws.delivering.handler = None
    for _ in range(6):
        at.publish([at.event() for _ in range(50)])
    at.aws.delivering.handler = at.deliver
    at.run(600)
    assert {one["state"] for one in at.deliveries(endpoint)} == {"delivered"}
    assert len(at.to()) == 300


def test_an_endpoint_is_asked_at_most_fifty_times_a_second_and_another_is_not_held_up(at: Office) -> None:
    flooded, other = at.endpoint(), at.endpoint("https://quiet.example.com/", ZETA)
    at.aws.delivering.handler = None
    at.publish([at.event(ACME) for _ in range(70)] + [at.event(ZETA)])
    messages = [message for message, _ in at.aws.delivering.sent]
    at.aws.delivering.handler = at.deliver
    for message in messages:
        at.deliver(message)
    assert {one["state"] for one in at.deliveries(other, ZETA)} == {"delivered"}
    assert len(at.to()) == A_SECOND.quota
    at.run(3)
    assert len(at.to()) == 70
    assert {one["state"] for one in at.deliveries(flooded)} == {"delivered"}
    assert {one["tries"] for one in at.deliveries(flooded)} == {1}, "waiting for one's turn is no failure"


def test_an_agent_and_an_analyst_see_nothing_and_a_supervisor_no_answers_of_receivers(at: Office) -> None:
    endpoint = at.endpoint()
    at.answers[endpoint["url"]] = lambda _: Answered(500, body=b"secret of the receiver")
    at.happen()
    path = f"/webhooks/{endpoint['id']}/deliveries"
    assert at.ask("GET", path, who="agent").status == 403
    assert "secret of the receiver" in at.ask("GET", path).body
    seen = at.ask("GET", path, who="supervisor")
    assert seen.status == 200 and "secret of the receiver" not in seen.body
    assert at.ask("POST", "/webhooks", who="supervisor", json={"url": endpoint["url"]}).status == 403


def test_the_secret_is_shown_once_and_stored_nowhere_in_the_clear(at: Office) -> None:
    body, key = {"url": "https://hooks.example.com/"}, {"Idempotency-Key": "k1"}
    first = at.ask("POST", "/webhooks", json=body, headers=key)
    again = at.ask("POST", "/webhooks", json=body, headers=key)
    secret = first.json()["secret"]
    assert again.json() == {**first.json(), "secret": ""}
    assert len(at.ask("GET", "/webhooks").json()["data"]) == 1
    stored = b"".join(row.item.body for row in at.aws.store.rows.values())
    assert secret.encode() not in stored and secret not in at.ask("GET", f"/webhooks/{first.json()['id']}").body
