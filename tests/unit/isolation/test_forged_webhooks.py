"""What the carrier did not sign for this account, this path and these fields is refused, and nothing was done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pytest
from offhook.web.testing import FORM, Response, event_for, sign

from tests.unit.isolation.centre import A, B
from tests.unit.isolation.probes import CARRIER, Probe, Prober
from tests.unit.isolation.rows import ROWS, Route, is_webhook
from tests.world.world import PUBLIC, app_of

WEBHOOKS = sorted(route for route in ROWS if is_webhook(route))


@dataclass(frozen=True)
class Sent:
    """A webhook on the wire. signed_path: what the signature is over, when that is another."""

    path: str
    form: Mapping[str, str]
    token: str
    signed_path: str = ""
    signed_form: Mapping[str, str] | None = None
    method: str = "POST"
    media_type: str = FORM
    signature: str | None = None


def genuine(prober: Prober, route: Route) -> Sent:
    """A webhook of A about the call that is going on."""
    request = prober.request(Probe(route, CARRIER, ("none",), "", ""))
    form = {**request.form, "AccountSid": prober.centre.sids[A]}
    return Sent(request.pattern.format_map(request.path), form, prober.centre.tokens[A])


def send(prober: Prober, route: Route, sent: Sent) -> Response:
    """Its answer; the centre is at its beginning before."""
    prober.centre.rewind()
    app, url = app_of(route[0]), f"{PUBLIC}/v1/{route[0]}{sent.signed_path or sent.path}"
    signature = sign(sent.signed_form or sent.form, url, sent.token) if sent.signature is None else sent.signature
    headers = {"Content-Type": sent.media_type, **({"X-Twilio-Signature": signature} if signature else {})}
    raw = app(event_for(app, sent.method, sent.path, urlencode(dict(sent.form)), headers), None)
    return Response(raw["statusCode"], raw["headers"], raw["body"])


def to_b(prober: Prober, sent: Sent) -> Sent:
    """The same request at the address of B's contact, or about B's call and number."""
    theirs = {kind: prober.centre.foreign(kind)[0] for kind in ("contact", "offer", "call", "number")}
    path = sent.path
    for kind in ("contact", "offer"):
        path = path.replace(prober.own[kind], theirs[kind])
    if path != sent.path:
        return replace(sent, path=path, signed_path=sent.path)
    form = {**sent.form, "CallSid": theirs["call"], "To": theirs["number"]}
    return replace(sent, form=form, signed_form=sent.form)


Forgery = Callable[[Prober, Sent], Sent]
FORGERIES: dict[str, Forgery] = {
    "unsigned": lambda p, s: replace(s, signature=""),
    "signed with nonsense": lambda p, s: replace(s, signature="bm9uc2Vuc2U="),
    "signed with the other's token": lambda p, s: replace(s, token=p.centre.tokens[B]),
    "the other's account, signed with the own token": lambda p, s: replace(
        s, form={**s.form, "AccountSid": p.centre.sids[B]}
    ),
    "an account nobody has": lambda p, s: replace(s, form={**s.form, "AccountSid": "AC" + "0" * 32}),
    "replayed to the other's address": to_b,
    "replayed to another route": lambda p, s: replace(s, signed_path="/calls/other"),
    "a field changed": lambda p, s: replace(s, form={**s.form, "CallSid": "CA" + "0" * 32}, signed_form=s.form),
    "a field added": lambda p, s: replace(s, form={**s.form, "Digits1": "1"}, signed_form=s.form),
    "a field removed": lambda p, s: replace(s, signed_form={**s.form, "ApiVersion": "2010-04-01"}),
    "a query string": lambda p, s: replace(s, path=f"{s.path}?tenant={B}", signed_path=s.path),
    "no form": lambda p, s: replace(s, media_type="application/json"),
}


def state(prober: Prober) -> tuple[object, ...]:
    """Everything that a webhook could have changed or caused."""
    aws = prober.centre.world.aws
    return dict(aws.store.rows), list(aws.queue.sent), list(prober.centre.said), dict(aws.media.stored)


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("route", WEBHOOKS, ids=" ".join)
def test_a_forged_webhook_is_refused_and_nothing_was_done(prober: Prober, route: Route, forgery: str) -> None:
    forged = FORGERIES[forgery](prober, genuine(prober, route))
    prober.centre.rewind()
    before = state(prober)
    answer = send(prober, route, forged)
    assert (answer.status, answer.json()["code"]) == (403, "forbidden")
    assert state(prober) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("route", WEBHOOKS, ids=" ".join)
def test_a_webhook_by_another_method_is_refused_and_nothing_was_done(prober: Prober, route: Route, method: str) -> None:
    if method in app_of(route[0]).routes[route[2]]:
        return
    prober.centre.rewind()
    before = state(prober)
    answer = send(prober, route, replace(genuine(prober, route), method=method))
    assert (answer.status, answer.json()["code"]) == (405, "method_not_allowed")
    assert state(prober) == before


@pytest.mark.parametrize("route", WEBHOOKS, ids=" ".join)
def test_the_genuine_webhook_is_accepted(prober: Prober, route: Route) -> None:
    answer = send(prober, route, genuine(prober, route))
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
