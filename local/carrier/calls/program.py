"""Fetching documents and running them verb by verb."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from local.carrier.calls.context import Context
from local.carrier.calls.source import DocumentFailed, FromText, FromUrl, Next, Scope, Source, Stop
from local.carrier.model.call import Call
from local.carrier.process import Steps, fetch, sleep
from local.carrier.twiml import verbs
from local.carrier.twiml.build import BadDocument
from local.carrier.twiml.parse import parse, parse_answer
from local.carrier.twiml.verbs import Document, Verb
from local.carrier.webhooks.sender import Answer

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

MAX_HTTP_REDIRECTS = 10
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."

_PROMPTS = (verbs.Say, verbs.Play, verbs.Pause)
ALLOWED: Mapping[Scope, tuple[type, ...]] = {
    Scope.QUEUE_WAIT: (*_PROMPTS, verbs.Hangup, verbs.Redirect, verbs.Leave, verbs.Gather),
    Scope.ROOM_WAIT: (*_PROMPTS, verbs.Redirect),
    Scope.SCREEN: (*_PROMPTS, verbs.Gather, verbs.Hangup, verbs.Redirect),
    Scope.QUEUE_WHISPER: (*_PROMPTS, verbs.Redirect),
}


def run_call(carrier: "Carrier", call: Call, source: Source) -> Steps[None]:
    """Run a call's documents to their end; a document that cannot be had is told to the caller."""
    try:
        yield from run_scope(carrier, call, source, Scope.CALL)
    except DocumentFailed:
        carrier.calls.answer(call)
        carrier.note(call, "heard", f"heard: {APPLICATION_ERROR}")
        yield from sleep(carrier.speech_s(APPLICATION_ERROR))


def run_scope(carrier: "Carrier", call: Call, source: Source, scope: Scope) -> Steps[Stop | None]:
    """Run a document and all it redirects to; None when the last one simply ended."""
    base = ""
    following: Next = source
    while isinstance(following, FromUrl | FromText):
        document, base = yield from _load(carrier, call, following, base)
        following = yield from _execute(Context(carrier, call, base, scope), document)
    return following


def _execute(context: Context, document: Document) -> Steps[Next]:
    from local.carrier.verbs.table import EXECUTE

    for verb in document.verbs:
        if not _allowed(context, verb):
            continue
        following = yield from EXECUTE[type(verb)](context, verb)
        if following is not None:
            return following
    return None


def _allowed(context: Context, verb: Verb) -> bool:
    allowed = ALLOWED.get(context.scope)
    if allowed is None and isinstance(verb, verbs.Leave):
        allowed = ()
    if allowed is None or isinstance(verb, allowed):
        return True
    message = f"{type(verb).__name__} is not allowed in a {context.scope} document"
    context.carrier.report(context.call, 12200, message, context.url, "warning")
    return False


def _load(carrier: "Carrier", call: Call, source: Source, base: str) -> Steps[tuple[Document, str]]:
    if isinstance(source, FromText):
        return _parse_inline(carrier, call, source.twiml), ""
    url = urljoin(base, source.url) if base else source.url
    try:
        return (yield from _request(carrier, call, source, url))
    except DocumentFailed as failure:
        if not source.fallback.url:
            raise
        extra = {"ErrorCode": str(failure.code), "ErrorUrl": failure.url}
        again = FromUrl(source.fallback.url, source.fallback.method, {**source.params, **extra}, source.kind)
        return (yield from _request(carrier, call, again, again.url))


def _request(carrier: "Carrier", call: Call, source: FromUrl, url: str) -> Steps[tuple[Document, str]]:
    method, params = source.method, dict(source.params)
    for _ in range(MAX_HTTP_REDIRECTS + 1):
        answer = yield from fetch(carrier.outgoing(call, source.kind, url, method, params))
        target = _redirect_target(answer)
        if target is None:
            return _document(carrier, call, url, answer), url
        url, method, params = urljoin(url, target), "GET", {}
    raise _failed(carrier, call, 11215, "Too many HTTP redirects", url)


def _redirect_target(answer: Answer) -> str | None:
    response = answer.response
    if answer.error_code or response is None or response.status not in (301, 302, 303, 307, 308):
        return None
    return next((value for name, value in response.headers.items() if name.lower() == "location"), None)


def _document(carrier: "Carrier", call: Call, url: str, answer: Answer) -> Document:
    if answer.error_code or answer.response is None:
        raise _failed(carrier, call, answer.error_code, answer.reason, url)
    try:
        document = parse_answer(answer.response.content_type(), answer.response.body)
    except BadDocument as error:
        raise _failed(carrier, call, error.code, str(error), url) from error
    return _warn(carrier, call, url, document)


def _parse_inline(carrier: "Carrier", call: Call, twiml: str) -> Document:
    try:
        return _warn(carrier, call, "", parse(twiml))
    except BadDocument as error:
        raise _failed(carrier, call, error.code, str(error), "") from error


def _warn(carrier: "Carrier", call: Call, url: str, document: Document) -> Document:
    for warning in document.warnings:
        carrier.report(call, warning.code, warning.message, url, "warning")
    return document


def _failed(carrier: "Carrier", call: Call, code: int, message: str, url: str) -> DocumentFailed:
    carrier.report(call, code, message, url, "error")
    return DocumentFailed(code, url)
