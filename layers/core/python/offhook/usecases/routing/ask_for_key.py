"""What an agent on a telephone hears first: who calls for them, and to press 1, so that a mailbox is never an agent."""

from offhook.domain import paths
from offhook.domain.documents import Document, Gather, Say
from offhook.domain.ids import OfferId
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.queues import Queue
from offhook.usecases.deps import Deps
from offhook.usecases.routing.phrases import phrase

TIMEOUT_S = 6


def key_document(deps: Deps, contact: Contact, offer_id: OfferId) -> Document:
    """Asks twice; the key, or none, comes back to the offer."""
    language = deps.tenant.language
    queue = deps.config.find(Queue, contact.visit.queue) if contact.visit else None
    what = "press_1_to_accept" if contact.offer is not None and contact.offer.id == offer_id else "press_1_to_join"
    prompt = Say(phrase(what, language, queue=queue.name if queue else ""), language)
    return (Gather(paths.offer_key(contact.id, offer_id), (prompt, prompt), max_digits=1, timeout_s=TIMEOUT_S),)
