"""`offhook webhooks`: adds, lists and replays by the API; the receiver takes only what is really signed."""

import json
import threading
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.integrations import signing
from offhook_cli.receiver import NotGenuine, Received, receiver, verified

from tests.unit.cli.conftest import Address, Run

BASE = "/v1/integrations/webhooks"
SECRET = signing.secret_of(b"s" * 32)
BODY = json.dumps({"type": "contact.ended", "timestamp": "2026-01-01T00:00:00.000Z", "data": {"outcome": "x"}}).encode()


def test_an_endpoint_is_added_and_its_secret_shown(run: Run, address: Address) -> None:
    address.answers["POST", BASE] = {"id": "we_1", "secret": "whsec_x"}
    done = run("webhooks", "add", "https://a.example.com/", "--event", "contact.ended")
    assert done.exit_code == 0 and "whsec_x" in done.output
    sent = address.asked("POST", BASE)[0][1]
    assert (sent["url"], sent["events"]) == ("https://a.example.com/", ["contact.ended"])


def test_endpoints_and_deliveries_are_listed(run: Run, address: Address) -> None:
    address.answers["GET", BASE] = {
        "data": [{"id": "we_1", "url": "u", "enabled": True, "disabled_by": "", "events": []}]
    }
    delivery = {"id": "dl_1", "event_at": "t", "type": "contact.ended", "state": "pending", "tries": 1, "next_at": "n",
                "attempts": [{"status": 0, "reason": "timeout"}]}  # fmt: skip
    address.answers["GET", f"{BASE}/we_1/deliveries"] = {"data": [delivery]}
    assert "all" in run("webhooks", "list").output
    shown = run("webhooks", "deliveries", "we_1", "--state", "pending")
    assert "timeout" in shown.output and "state=pending" in address.asked("GET", f"{BASE}/we_1/deliveries")[0][0]


def test_one_delivery_or_all_since_a_time_are_sent_again(run: Run, address: Address) -> None:
    address.answers["POST", f"{BASE}/we_1/deliveries/dl_1/replay"] = {}
    address.answers["POST", f"{BASE}/we_1/replay"] = {}
    assert run("webhooks", "replay", "we_1", "dl_1").exit_code == 0
    assert run("webhooks", "replay", "we_1", "--since", "5").exit_code == 0
    assert address.asked("POST", f"{BASE}/we_1/replay")[0][1] == {"since": 5}
    assert run("webhooks", "replay", "we_1").exit_code != 0


def test_listening_adds_an_endpoint_prints_what_is_signed_and_removes_it_again(run: Run, address: Address) -> None:
    address.answers["POST", BASE] = {"id": "we_1", "secret": SECRET}
    address.answers["DELETE", f"{BASE}/we_1"] = {}

    def tell() -> None:
        url = ""
        while not url:
            url = next((body["url"] for _, body in address.asked("POST", BASE)), "")
        import time

        headers = signing.headers([SECRET], "dl_1", int(time.time() * 1000), BODY)
        with pytest.raises(HTTPError):
            urlopen(Request(url, BODY, {**headers, "webhook-signature": "v1,bm8="}), timeout=10)
        urlopen(Request(url, BODY, headers), timeout=10)

    telling = threading.Thread(target=tell)
    telling.start()
    done = run("webhooks", "listen", "--count", "1", "--json")
    telling.join()
    assert done.exit_code == 0
    assert '"contact.ended"' in done.output and "does not match" in done.output
    assert address.asked("DELETE", f"{BASE}/we_1")


def test_what_is_not_genuine_is_refused() -> None:
    headers = signing.headers(["whsec_b2xk", SECRET], "dl_1", 1_000_000, BODY)
    assert verified(SECRET, headers, BODY, 1000) == Received("dl_1", "contact.ended", json.loads(BODY))
    for changed, body, now in (
        ({"webhook-id": "dl_2"}, BODY, 1000), ({"webhook-timestamp": "1001"}, BODY, 1000), ({}, BODY + b" ", 1000),
        ({}, BODY, 1301), ({}, BODY, 699), ({"webhook-timestamp": ""}, BODY, 1000),
        ({"webhook-signature": ""}, BODY, 1000),
        ({"webhook-signature": "v2,x"}, BODY, 1000), ({"webhook-timestamp": "²"}, BODY, 1000),
    ):  # fmt: skip
        with pytest.raises(NotGenuine):
            verified(SECRET, {**headers, **changed}, body, now)


@given(st.text(), st.text(), st.text(), st.binary())
def test_no_made_up_headers_are_genuine(message: str, at: str, signature: str, body: bytes) -> None:
    headers = {"webhook-id": message, "webhook-timestamp": at, "webhook-signature": signature}
    with pytest.raises((NotGenuine, ValueError)):
        verified(SECRET, headers, body, 1000)


def test_a_receiver_answers_a_get_with_an_error_and_stays() -> None:
    server = receiver(0, lambda: SECRET, lambda _: None, lambda _: None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(HTTPError):
        urlopen(f"http://127.0.0.1:{server.server_port}/", timeout=10)
    server.shutdown()
    server.server_close()
