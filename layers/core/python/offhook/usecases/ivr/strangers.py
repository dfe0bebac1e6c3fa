"""What is said to a call whose contact was never stored, or cannot be read now."""

from offhook.domain.documents import Document, HangUp, Pause, Say
from offhook.domain.ivr.phrases import phrase
from offhook.usecases.deps import Deps


def unknown_contact(deps: Deps) -> Document:
    """An apology in the tenant's language."""
    language = deps.tenant.language
    return (Say(phrase("apology", language), language), HangUp())


def wait_on(language: str) -> Document:
    """What a waiting caller hears while we cannot look: the carrier asks again afterwards."""
    return (Say(phrase("comfort", language), language), Pause(10))
