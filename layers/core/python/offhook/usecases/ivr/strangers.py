"""What is said to a call whose contact was never stored."""

from offhook.domain.documents import Document, HangUp, Say
from offhook.domain.ivr.phrases import phrase
from offhook.usecases.deps import Deps


def unknown_contact(deps: Deps) -> Document:
    """An apology in the tenant's language."""
    language = deps.tenant.language
    return (Say(phrase("apology", language), language), HangUp())
