"""Signing, sending, retrying and (on request) disturbing webhooks."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from local.carrier import ids
from local.carrier.faults import Faults
from local.carrier.scheduler import Scheduler
from local.carrier.webhooks.overrides import retry_policy, without_fragment
from local.carrier.webhooks.request import (
    ConnectFailed,
    Deliver,
    ReadTimeout,
    WebhookRequest,
    WebhookResponse,
    with_query,
)
from local.carrier.webhooks.signature import signature, signed_url

LIMIT_S = 15.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A webhook before it is signed. kind: voice, action, wait, status, conference, recording, amd, message."""

    kind: str
    account_sid: str
    url: str
    method: str
    form: Mapping[str, str]
    call_sid: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a response, or the carrier's error code and the reason."""

    response: WebhookResponse | None
    error_code: int = 0
    reason: str = ""


Done = Callable[[Answer], None]
Sent = Callable[[Outgoing, Answer], None]


class WebhookSender:
    """Delivers outside the engine's lock; what happens with the answer is the caller's `done`."""

    def __init__(
        self, scheduler: Scheduler, deliver: Deliver, rng: random.Random, faults: Faults, token_of: Callable[[str], str]
    ) -> None:
        self._scheduler = scheduler
        self._deliver = deliver
        self._rng = rng
        self._faults = faults
        self._token_of = token_of

    def fetch(self, outgoing: Outgoing, done: Done) -> None:
        """Ask for a document; done is called exactly once."""
        request = self.signed(outgoing)
        plan = self._faults.plan(outgoing.kind, outgoing.url)
        if plan.dropped:
            self._scheduler.submit(lambda: done(Answer(None, 11205, "connection failed")))
            return
        first = (lambda answer: done(Answer(None, 11200, "answer lost"))) if plan.answer_lost else done
        self._after(plan.delays_s[0], lambda: self._send(outgoing, request, first))
        for delay_s in plan.delays_s[1:]:
            self._after(delay_s, lambda: self._send(outgoing, request, _ignore))

    def notify(self, outgoing: Outgoing, done: Done | None = None) -> None:
        """Report something; the answer steers nothing, `done` is told the first one (for the debugger)."""
        request = self.signed(outgoing)
        plan = self._faults.plan(outgoing.kind, outgoing.url)
        if plan.dropped:
            return
        for number, delay_s in enumerate(plan.delays_s):
            receiver = done if number == 0 and done is not None else _ignore
            self._after(delay_s, lambda receiver=receiver: self._send(outgoing, request, receiver))  # type: ignore[misc]  # mypy cannot infer a lambda with a default

    def signed(self, outgoing: Outgoing) -> WebhookRequest:
        """The request as it goes out: form in the address for GET, signature, idempotency token."""
        url, form = without_fragment(outgoing.url), dict(outgoing.form)
        if outgoing.method == "GET":
            url, form = with_query(url, form), {}
        target = signed_url(url, keeps_port=outgoing.kind == "message")
        headers = {
            "X-Twilio-Signature": signature(self._token_of(outgoing.account_sid), target, form),
            "I-Twilio-Idempotency-Token": ids.idempotency_token(self._rng),
            "User-Agent": "TwilioProxy/1.1", "Accept": "*/*",
        }  # fmt: skip
        if outgoing.method != "GET":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        return WebhookRequest(outgoing.method, url, headers, form)

    def _after(self, delay_s: float, work: Callable[[], None]) -> None:
        if delay_s <= 0:
            self._scheduler.submit(work)
        else:
            self._scheduler.after(delay_s, lambda: self._scheduler.submit(work))

    def _send(self, outgoing: Outgoing, request: WebhookRequest, done: Done) -> None:
        policy = retry_policy(outgoing.url)
        tried = 1
        while True:
            answer, failure = self._attempt(request)
            if not failure or not policy.again(failure, tried):
                break
            tried += 1
        took_s = answer.response.took_s if answer.response else 0.0
        if took_s > 0:
            self._scheduler.after(min(took_s, LIMIT_S), lambda: done(answer))
        else:
            done(answer)

    def _attempt(self, request: WebhookRequest) -> tuple[Answer, str]:
        try:
            response = self._deliver(replace(request, headers=dict(request.headers)))
        except ConnectFailed as error:
            return Answer(None, 11205, f"connection failed: {error}"), "ct"
        except ReadTimeout as error:
            return Answer(None, 11200, f"no answer in time: {error}"), "rt"
        if response.took_s > LIMIT_S:
            return Answer(WebhookResponse(took_s=LIMIT_S), 11200, "no answer within 15 s"), "rt"
        if response.status >= 400:
            failure = "5xx" if response.status >= 500 else "4xx"
            return Answer(response, 11200, f"HTTP {response.status}"), failure
        return Answer(response), ""


def _ignore(answer: Answer) -> None:
    """The answer to a repeated or reporting request changes nothing."""
