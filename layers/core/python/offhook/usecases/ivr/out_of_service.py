"""A call that is not taken (suspended, closing, all lines busy): a notice, and a contact that ended before the flow."""

from collections.abc import Mapping

from offhook.domain.documents import Document, HangUp, Say
from offhook.domain.routing.contact import Outcome
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.answer_call import IncomingCall, never_answered
from offhook.usecases.routing import leaving

ENGLISH = "en-US"
NOTICE = {
    "en-US": "The number that you have called is not in service at the moment. Please try again later. Goodbye.",
    "zh-CN": "您拨打的号码目前暂停服务，请稍后再拨。再见。",
}


LINES_BUSY = {
    "en-US": "All our lines are busy at the moment. Please call again in a few minutes. Goodbye.",
    "zh-CN": "目前所有线路都在使用中，请过几分钟再拨。再见。",
}


def lines_busy(deps: Deps, call: IncomingCall) -> Document:
    """As many calls are under way as the plan allows: said in the tenant's language, and recorded as the outcome."""
    contact = never_answered(deps, call)
    leaving.customer_left(deps, contact.id, "calls_at_limit", Outcome.BLOCKED)
    return _said(deps, LINES_BUSY)


def refuse(deps: Deps, call: IncomingCall) -> Document:
    """The notice in the tenant's language; the same call again hears it again and is recorded once."""
    contact = never_answered(deps, call)
    leaving.customer_left(deps, contact.id, f"tenant_{deps.tenant.status}", Outcome.BLOCKED)
    return _said(deps, NOTICE)


def _said(deps: Deps, words: Mapping[str, str]) -> Document:
    language = deps.tenant.language if deps.tenant.language in words else ENGLISH
    return (Say(words[language], language), HangUp())
