"""Signing up in one process: the tenants function's own routes and workers, the simulated carrier, a pool of people."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import msgspec
from offhook import wiring
from offhook.adapters.carrier.twilio.numbers import TwilioNumbers
from offhook.adapters.carrier.twilio.provisioning import TwilioAccounts
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.clock import SeededIds, SimulatedClock
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.adapters.ses import filled_in
from offhook.domain.ids import TenantId
from offhook.domain.mail.message import Mail
from offhook.domain.messages import UPKEEP, Message
from offhook.domain.tenants.carrier_accounts import Account
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores.config import ConfigStore
from offhook.usecases.deps import Deps
from offhook.web.testing import Response, invoke
from offhook.wiring.memory import MemoryWorld
from twilio.rest import Client

from functions.tenants.app import app, provision, sign_ups, statuses
from local.carrier.engine import Carrier
from local.carrier.inprocess import InProcessHttpClient
from local.carrier.scheduler import VirtualScheduler
from local.carrier.webhooks.request import WebhookResponse
from tests.world.world import ENVIRONMENT, PUBLIC, WorkerKilled

PASSWORD = "Correct-Horse-9-Battery"
ACME: dict[str, Any] = {
    "company": "Acme Clinic",
    "country": "US",
    "time_zone": "Europe/Berlin",
    "language": "en-US",
    "email": "Ada@acme.example",
    "industry": "clinic",
}
NOBODY: Any = None
CONTEXT = SimpleNamespace(
    function_name="provision", memory_limit_in_mb=512, invoked_function_arn="arn", aws_request_id="r"
)

CLOCK = {
    "version": "0", "account": "1", "region": "us-east-1", "detail": {}, "detail-type": "", "source": "aws.events",
    "time": "", "id": "1", "resources": [],
}  # fmt: skip


@dataclass
class Pool:
    """People of the user pool by address: their subject and password."""

    people: dict[str, tuple[str, str]] = field(default_factory=dict)

    def ensure(self, email: str, name: str, password: str) -> str:
        """Like the pool: a person who is there keeps the password they have."""
        self.people.setdefault(email.lower(), (f"sub-{sha256(email.lower().encode()).hexdigest()[:12]}", password))
        return self.people[email.lower()][0]


@dataclass
class SignUpWorld:
    """aws: everything stored, queued and mailed; carrier: accounts and what they own, below `parent`."""

    scheduler: VirtualScheduler = field(default_factory=VirtualScheduler)
    pool: Pool = field(default_factory=Pool)
    killed: int = 0

    def __post_init__(self) -> None:
        self.carrier = Carrier(self.scheduler, lambda _: WebhookResponse(204, body=""))
        self.parent = self.carrier.accounts.create("Offhook")
        self.aws = MemoryWorld(
            telephony=lambda _: NOBODY,
            clock=SimulatedClock(self.scheduler),
            ids=SeededIds(3),
            queue=MemoryOutgoing(self.scheduler, self.work),
            owners=self.pool,
            carriers=TwilioAccounts(self._parent, self._client_of, PUBLIC),
            numbers=self._numbers,
        )

    def apply(self, **changes: Any) -> Response:
        """POST /sign-ups."""
        return invoke(app, "POST", "/sign-ups", json={**ACME, **changes})

    def verify(self, sign_up: str, secret: str, **changes: Any) -> Response:
        """POST /sign-ups/{id}/verification."""
        body = {"secret": secret, "password": PASSWORD, "name": "Ada Lovelace", **changes}
        return invoke(app, "POST", f"/sign-ups/{sign_up}/verification", json=body)

    def progress(self, sign_up: str, secret: str) -> Response:
        """GET /sign-ups/{id}."""
        return invoke(app, "GET", f"/sign-ups/{sign_up}", headers={"Authorization": f"Bearer {secret}"})

    def join(self, **changes: Any) -> tuple[str, str]:
        """Apply, read the mail, verify; (id, secret). The set-up is under way then."""
        sign_up = self.apply(**changes).json()["id"]
        self.run(5)
        secret = self.secrets_of(sign_up)[-1]
        assert self.verify(sign_up, secret).status == 202
        return sign_up, secret

    def mails(self, template: str) -> list[Mail]:
        """What was mailed."""
        return [mail for mail in self.aws.mails.sent if mail.template == template]

    def secrets_of(self, sign_up: str) -> list[str]:
        """The secrets in the mails about it, read out of the finished texts."""
        texts = [filled_in(mail)[1] for mail in self.mails("verification")]
        return [found.group(1) for text in texts if (found := re.search(rf"/verify#{sign_up}/(\S+)", text))]

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.scheduler.advance(seconds)

    def look_after(self) -> None:
        """The schedule that revives and ends sign-ups."""
        sign_ups(CLOCK, CONTEXT)

    def look_at_statuses(self) -> None:
        """The schedule that ends what has lasted long enough."""
        statuses(CLOCK, CONTEXT)

    def tenant(self, tenant: TenantId) -> Tenant:
        """As stored."""
        return ConfigStore(self.aws._items(tenant), tenant).get(Tenant, tenant)

    @contextmanager
    def within(self, tenant: TenantId) -> Iterator[Deps]:
        """The tenant's stores, in its scope."""
        with tenant_scope(tenant):
            yield wiring.deps_for(wiring.tenant_context(tenant))

    def work(self, message: Message) -> None:
        """What Lambda does with a message; one whose worker was killed comes again."""
        if message.topic not in UPKEEP:
            return
        record = {"messageId": "m", "body": msgspec.json.encode(message).decode(), "eventSource": "aws:sqs"}
        try:
            answer = provision({"Records": [record]}, CONTEXT)
        except WorkerKilled as killed:
            self.killed += 1
            raise RuntimeError("the worker was killed") from killed
        if answer["batchItemFailures"]:
            raise RuntimeError("the message failed")

    def _parent(self) -> Client:
        return Client(self.parent.sid, self.parent.auth_token, http_client=InProcessHttpClient(self.carrier))

    def _numbers(self, tenant: TenantContext) -> TwilioNumbers:
        account = self.carrier.accounts.all[tenant.account_sid]
        client = self._client_of(Account(account.sid, account.auth_token))
        return TwilioNumbers(account.sid, lambda: (account.auth_token,), "https://unused.invalid", PUBLIC, client)

    def _client_of(self, account: Account) -> Client:
        return Client(account.sid, account.token, http_client=InProcessHttpClient(self.carrier))


@contextmanager
def sign_up_world() -> Iterator[SignUpWorld]:
    """A world in place of AWS."""
    with patch.dict(os.environ, ENVIRONMENT):
        settings.cache_clear()
        made = SignUpWorld()
        try:
            with wiring.use(made.aws):
                yield made
        finally:
            settings.cache_clear()
