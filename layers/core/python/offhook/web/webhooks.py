"""Webhooks: verify the carrier's signature, enter the tenant, answer a document whatever happens."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chalice.app import Request, Response

from offhook.adapters.carrier.twilio.signature import is_signed
from offhook.adapters.carrier.twilio.twiml import render
from offhook.domain.documents import Document, HangUp, LeaveQueue, Say
from offhook.domain.errors import Forbidden, InvalidInput, OffhookError
from offhook.settings import settings
from offhook.usecases.deps import Deps
from offhook.web import tenancy
from offhook.web.carrier import CarrierRequest, playable
from offhook.web.errors import TooLarge
from offhook.web.forms import form_fields
from offhook.web.observability import count, log, named
from offhook.web.responses import SECURITY_HEADERS, problem
from offhook.web.tenancy import Account

if TYPE_CHECKING:
    from offhook.web.app import OffhookApp

Fields = list[tuple[str, str]]
Fallback = Callable[[CarrierRequest], Document | None]
SIGNATURE = "x-twilio-signature"
LISTENS = "/contacts/{contact_id}/visits/{visit}/wait"
AS_COMMITTED = frozenset({"/contacts/{contact_id}/recording"})  # begins with a message: a glance is never enough
APOLOGIES = {
    "en": "We are sorry, something went wrong. Please call again in a few minutes.",
    "de": "Es tut uns leid, es ist ein Fehler aufgetreten. Bitte rufen Sie in einigen Minuten wieder an.",
    "es": "Lo sentimos, se ha producido un error. Vuelva a llamar dentro de unos minutos.",
    "fr": "Nous sommes désolés, une erreur s'est produite. Veuillez rappeler dans quelques minutes.",
    "zh": "很抱歉，系统出现问题，请几分钟后再拨。",
}


def apology(request: CarrierRequest) -> Document:
    """Spoken words in the tenant's language, then the end of the call."""
    return apology_in(request.tenant.language)


def apology_in(language: str) -> Document:
    """The apology in a language, or in English when we have none in it."""
    words = APOLOGIES.get(language.partition("-")[0].lower())
    return (Say(words, language) if words else Say(APOLOGIES["en"], "en-US"), HangUp())


def silence(_request: CarrierRequest) -> Document | None:
    """Nothing: for callbacks whose answer nobody hears."""
    return None


def answer(app: "OffhookApp", view: Callable[..., Any], arguments: Mapping[str, str], fallback: Fallback) -> Response:
    """The view's document as the carrier reads it; 403 for what the carrier did not sign."""
    request = app.current_request
    assert request is not None
    try:
        account, fields = verified(request, public_path(app.area, request, arguments))
        with tenancy.scope(account.tenant), named(account.tenant.id, arguments.get("contact_id", "")):
            deps = tenancy.deps(account.tenant)
            return _answered(app, view, CarrierRequest(account.tenant, deps, dict(fields), dict(arguments)), fallback)
    except (Forbidden, InvalidInput, TooLarge) as refused:
        count("WebhookRefused")
        log().warning("webhook refused", extra={"reason": refused.detail})
        return problem(Forbidden("The request is not signed by the carrier."))
    except Exception:
        count("WebhookFailed")
        log().exception("webhook failed before its tenant was known")
        return document_response(apology_in("en-US"))


def verified(request: Request, path: str) -> tuple[Account, Fields]:
    """The account that signed this request, and its fields; raises Forbidden, InvalidInput or TooLarge."""
    fields = form_fields(request)
    sids = {value for name, value in fields if name == "AccountSid"}
    if len(sids) != 1 or request.query_params:
        raise Forbidden("A webhook names one account and has no query string.")
    url = settings().public_api_url + path
    given = str(request.headers.get(SIGNATURE, ""))
    for account in tenancy.accounts(sids.pop()):
        if is_signed(account.tokens, url, fields, given):
            return account, fields
    raise Forbidden("The signature does not match.")


def public_path(area: str, request: Request, arguments: Mapping[str, str]) -> str:
    """The path the carrier was told, from the route that matched; never from a header."""
    return f"/v1/{area}" + request.path.format_map(arguments)


def document_response(document: Document | None) -> Response:
    """200 with the document, empty for None."""
    text = render(document or (), settings().public_api_url)
    return Response(text, {"Content-Type": "text/xml; charset=utf-8", **SECURITY_HEADERS}, 200)


def _answered(app: "OffhookApp", view: Callable[..., Any], request: CarrierRequest, fallback: Fallback) -> Response:
    """The first of view, fallback and apology that works; each failure is logged once."""
    for attempt in (lambda asked: _at_a_glance(app, view, asked), fallback):
        try:
            return document_response(playable(attempt(request), request.deps))
        except OffhookError as refused:
            log().warning("webhook not carried out", extra={"code": refused.code}, exc_info=refused.status >= 500)
        except Exception:
            log().exception("webhook failed")
        count("WebhookFailed")
    return document_response(apology(request))


def _at_a_glance(app: "OffhookApp", view: Callable[..., Any], asked: CarrierRequest) -> Document | None:
    from offhook.usecases.at_a_glance import at_a_glance

    def seen(deps: Deps) -> Document | None:
        return app.document(view, replace(asked, deps=deps))

    request = app.current_request
    if request is not None and request.path in AS_COMMITTED:
        return app.document(view, asked)
    listens = request is not None and request.path == LISTENS
    return at_a_glance(asked.deps, seen, is_enough=_stays if listens else lambda _: False)


def _stays(document: Document | None) -> bool:
    """A waiting caller is told once more what was told before: nothing follows, and the carrier asks again."""
    return not any(isinstance(verb, LeaveQueue | HangUp) for verb in document or ())
