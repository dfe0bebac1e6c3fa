"""A small world for tests: virtual time, one account with a number, webhooks answered by functions."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from twilio.rest import Client

from local.carrier.engine import Carrier
from local.carrier.inprocess import InProcessHttpClient
from local.carrier.model.account import Account
from local.carrier.scheduler import VirtualScheduler
from local.carrier.settings import Settings
from local.carrier.webhooks.request import ConnectFailed, WebhookRequest, WebhookResponse

APP = "https://app.example.test"
NUMBER = "+14155550100"
CALLER = "+14155550999"

Reply = str | WebhookResponse
Page = Reply | Callable[[dict[str, str]], Reply]


@dataclass(slots=True)
class Seen:
    """A webhook as the application got it: its path and all its parameters."""

    path: str
    method: str
    form: dict[str, str]
    headers: Mapping[str, str]
    at: float


@dataclass(slots=True)
class World:
    """pages: what the application answers, by path; a page may be a function of the parameters."""

    clock: VirtualScheduler
    pages: dict[str, Page] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    carrier: Carrier = field(init=False)
    account: Account = field(init=False)

    def deliver(self, request: WebhookRequest) -> WebhookResponse:
        parts = urlsplit(request.url)
        form = dict(parse_qsl(parts.query, keep_blank_values=True)) | dict(request.form)
        self.seen.append(Seen(parts.path, request.method, form, request.headers, self.clock.now()))
        page = self.pages.get(parts.path)
        if page is None:
            return WebhookResponse(404, body="no such page")
        reply = page(form) if callable(page) else page
        return WebhookResponse(body=reply) if isinstance(reply, str) else reply

    def call(self, script: str | None = None, from_: str = CALLER) -> str:
        """Somebody calls the world's number."""
        return self.carrier.place_call(from_, NUMBER, script)

    def client(self, account: Account | None = None) -> Client:
        """The unmodified twilio client, in virtual time."""
        owner = account or self.account
        return Client(owner.sid, owner.auth_token, http_client=InProcessHttpClient(self.carrier))

    def at(self, path: str) -> list[dict[str, str]]:
        """The parameters of all webhooks to a path, in order."""
        return [one.form for one in self.seen if one.path == path]

    def lines(self, call_sid: str) -> list[str]:
        return [entry.text for entry in self.carrier.transcript(call_sid)]


def twiml(*verbs: str) -> str:
    return "<Response>" + "".join(verbs) + "</Response>"


def world(pages: Mapping[str, Page] | None = None, settings: Settings | None = None, seed: int = 1) -> World:
    """A carrier with one account, one number whose VoiceUrl is /voice, and pages for the application."""
    made = World(VirtualScheduler(), dict(pages or {}))
    made.carrier = Carrier(made.clock, made.deliver, random.Random(seed), settings)
    made.account = made.carrier.accounts.create("Test")
    number = made.carrier.accounts.buy_number(made.account.sid, NUMBER)
    number.voice.voice_url = f"{APP}/voice"
    return made


def unreachable(form: dict[str, str]) -> Reply:
    """A page whose server cannot be connected to."""
    raise ConnectFailed("refused")
