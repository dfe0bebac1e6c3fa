"""The practice provider as a process: Stripe's library over a socket, its pages in a browser's way, signed webhooks."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
from offhook.adapters.stripe.client import stripe_client
from offhook.adapters.stripe.provider import StripeBilling
from offhook.adapters.stripe.signature import verify
from offhook.domain.billing.port import Order, SubscriptionStatus
from offhook.domain.ids import TenantId

from local.runner.ports import _free
from tests.integration.embedded_aws.kit import eventually

ROOT = Path(__file__).resolve().parents[3]
KEY, SECRET = "sk_test_integration", "whsec_integration"


@dataclass
class Receiver:
    """Takes webhooks, the first one only at its second attempt."""

    taken: list[tuple[bytes, str]] = field(default_factory=list)
    refused: int = 0

    def take(self, body: bytes, signature: str) -> int:
        if not self.refused:
            self.refused = 1
            return 500
        self.taken.append((body, signature))
        return 200

    def types(self) -> list[str]:
        return [json.loads(body)["type"] for body, _ in self.taken]


@pytest.fixture
def receiver() -> Iterator[tuple[Receiver, str]]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(found.take(body, self.headers["Stripe-Signature"]))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found, f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()


@pytest.fixture
def url(receiver: tuple[Receiver, str], tmp_path: Path) -> Iterator[str]:
    port = _free(18_082, set())
    config = {
        "port": port,
        "public_url": f"http://127.0.0.1:{port}",
        "webhook_url": receiver[1],
        "webhook_secret": SECRET,
        "state_file": str(tmp_path / "state" / "state.json"),
        "api_key": KEY,
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    command = [sys.executable, "-m", "local.stripe.server", "--config", str(tmp_path / "config.json")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout and "ready" in process.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def order(customer: str) -> Order:
    return Order(
        customer, "starter@1", 2, 0, "http://app.test/billing?paid=yes", "http://app.test/billing", "en-US", "1"
    )


def test_a_page_is_paid_and_told_by_signed_webhooks(url: str, receiver: tuple[Receiver, str]) -> None:
    billing = StripeBilling(stripe_client(KEY, url))
    customer = billing.customer(TenantId("t_a"), "Acme", "a@b.test", "en-US")
    page = billing.checkout(order(customer)).url
    shown = requests.get(page, timeout=10)
    assert shown.ok and "Pay and subscribe" in shown.text and "$58.00" in shown.text
    refused = requests.post(page, data=card("4000000000000002"), timeout=10, allow_redirects=False)
    assert refused.status_code == 402 and "declined" in refused.text
    asked = requests.post(page, data=card("4000002500003155"), timeout=10, allow_redirects=False)
    assert asked.status_code == 402 and 'name="confirmed"' in asked.text
    paid = requests.post(page, data=card("4000002500003155", confirmed="yes"), timeout=10, allow_redirects=False)
    assert paid.status_code == 303 and paid.headers["Location"] == "http://app.test/billing?paid=yes"
    found = billing.subscription(customer)
    assert found and (found.status, found.plan, found.seats) == (SubscriptionStatus.ACTIVE, "starter@1", 2)
    eventually(lambda: {"customer.created", "invoice.paid", "checkout.session.completed"} <= set(receiver[0].types()))
    for body, signature in receiver[0].taken:
        verify(body, signature, [SECRET], round(time.time() * 1000))


def test_the_portal_and_an_invoice_are_pages_too(url: str) -> None:
    billing = StripeBilling(stripe_client(KEY, url))
    customer = billing.customer(TenantId("t_a"), "Acme", "a@b.test", "en-US")
    requests.post(
        billing.checkout(order(customer)).url, data=card("4242424242424242"), timeout=10, allow_redirects=False
    )
    portal = billing.portal_link(customer, "http://app.test/billing")
    assert "Cancel at the end of the period" in requests.get(portal, timeout=10).text
    assert "Renew it after all" in requests.post(f"{portal}/renewal", timeout=10).text
    (invoice,) = billing.invoices(customer, 10, "")
    assert "$58.00" in requests.get(invoice.page_url, timeout=10).text
    assert requests.get(f"{url}/_stripe/portal/bps_nowhere", timeout=10).status_code == 404


def card(number: str, **more: str) -> dict[str, Any]:
    return {"number": number, "month": "12", "year": "2040", **more}
