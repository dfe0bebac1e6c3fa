"""A call to a tenant that takes none now (suspended, closing): a notice, and a contact that ended before the flow."""

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


def refuse(deps: Deps, call: IncomingCall) -> Document:
    """The notice in the tenant's language; the same call again hears it again and is recorded once."""
    contact = never_answered(deps, call)
    leaving.customer_left(deps, contact.id, f"tenant_{deps.tenant.status}", Outcome.BLOCKED)
    language = deps.tenant.language if deps.tenant.language in NOTICE else ENGLISH
    return (Say(NOTICE[language], language), HangUp())
