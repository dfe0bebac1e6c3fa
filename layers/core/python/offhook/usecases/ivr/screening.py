"""Screening: the lists, what is known of a caller, and calls that were hung up within seconds."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import SECOND, Instant
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.ivr.screening import Listed, Screened, ScreenedNumber
from offhook.domain.routing.contact import Contact
from offhook.stores.nuisance import Nuisance
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

if TYPE_CHECKING:
    from offhook.domain.ivr.nodes.screen import ScreenNode

MAX_NOTE = 200


@dataclass(frozen=True, slots=True)
class ListingText:
    """On which list, why, and until when; until None = for good."""

    listed: Listed
    note: str = ""
    until: Instant | None = None


def numbers(deps: Deps) -> list[ScreenedNumber]:
    """Everything on the lists, by number (up to 1,000)."""
    return deps.config.list(ScreenedNumber)


def put(deps: Deps, number: str, text: ListingText) -> ScreenedNumber:
    """The number, as written in a path, on that list and no other."""
    number = unquote(number)
    if not is_e164(number):
        raise InvalidInput("number_international", field="number")
    if len(text.note) > MAX_NOTE:
        raise InvalidInput("text_length", field="$.note", most=MAX_NOTE)
    current = deps.config.find(ScreenedNumber, number)
    version = current.version + 1 if current else 1
    return deps.config.put(ScreenedNumber(number, text.listed, text.note.strip(), text.until, version))


def remove(deps: Deps, number: str) -> None:
    """Off the lists; raises NotFound when it is on none."""
    if deps.config.find(ScreenedNumber, unquote(number)) is None:
        raise NotFound("This number is on no list.")
    deps.config.delete(ScreenedNumber, unquote(number))


def screened(deps: Deps, number: str) -> Screened:
    """What is known of the caller: two reads, none for a withheld number."""
    if not number:
        return Screened()
    entry = deps.config.find(ScreenedNumber, number)
    listed = entry.listed if entry is not None and entry.holds(deps.clock.now()) else None
    if listed is not None:
        return Screened(listed)
    return Screened(None, Nuisance(deps.items, deps.tenant.id).short_calls(number))


def note_end(deps: Deps, contact: Contact, flow: Flow) -> None:
    """Remember a call that was hung up within seconds, if its flow looks for such callers."""
    node = _screen(flow)
    if node is None or not node.nuisance_calls or not contact.customer_number:
        return
    ended_at = contact.ended_at or deps.clock.now()
    if contact.flow.done or contact.assignment is not None or contact.is_trial or _refused(contact):
        return
    if ended_at - contact.started_at <= node.short_s * SECOND:
        nuisance = Nuisance(deps.items, deps.tenant.id)
        again_on_conflict(lambda: nuisance.note(contact.customer_number, contact.id, ended_at))


def _refused(contact: Contact) -> bool:
    return contact.flow.attributes.get("screened", "passed") != "passed"


def _screen(flow: Flow) -> "ScreenNode | None":
    if "screen" not in flow.kinds:
        return None
    from offhook.domain.ivr.nodes.screen import ScreenNode

    return next((node for node in flow.nodes.values() if isinstance(node, ScreenNode)), None)
