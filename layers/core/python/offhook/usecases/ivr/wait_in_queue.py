"""What a caller hears while waiting, and the decision to wait no longer; asked again and again by the carrier."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offhook.domain.documents import Document, Gather, HangUp, LeaveQueue, Pause, Play, Say
from offhook.domain.errors import NotFound
from offhook.domain.ids import ContactId
from offhook.domain.ivr.calendar import Calendar, is_open
from offhook.domain.ivr.nodes.queue import VOICEMAIL, QueueNode
from offhook.domain.ivr.phrases import phrase, position_phrase, wait_phrase
from offhook.domain.ivr.prompts import Prompts, spoken
from offhook.domain.paths import wait
from offhook.domain.routing.contact import Contact, ContactState, OverflowReason
from offhook.domain.routing.queues import Queue
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_of, world_of
from offhook.usecases.ivr.strangers import unknown_contact
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import waiting
from offhook.usecases.routing.waiting import WaitView

NOTED_EXIT = "queue_left"  # attribute of the call: "<visit> <reason>", between <Leave> and the queue's exit webhook
if TYPE_CHECKING:
    from offhook.usecases.ivr import call_back
else:
    (call_back,) = lazily("offhook.usecases.ivr", "call_back")

QUIET_S = 20  # with the words before it a caller is spoken to twice a minute; an agent who is found interrupts
COMFORT_EVERY_S = 30.0
Words = list[Say | Play | Pause]


@dataclass(frozen=True, slots=True)
class _Here:
    deps: Deps
    view: WaitView
    node: QueueNode
    queue: Queue | None


def wait_in_queue(deps: Deps, contact_id: ContactId, visit: int, keys: str = "") -> Document:
    """Position, estimate, comfort and music; or the way out when the queue lets the caller go."""
    try:
        view = waiting.wait_requested(deps, contact_id, visit)
    except NotFound:
        return unknown_contact(deps)
    contact = view.contact
    if contact.state is ContactState.ENDED:
        return (HangUp(),)
    node = flow_of(deps, contact).queue_at(contact.flow.node) or QueueNode()
    if contact.visit is None or contact.visit.number != visit:
        return (LeaveQueue(),) if _let_go(contact, visit) else (Pause(1),)
    if keys and not view.offered and (called_back := call_back.pressed(deps, contact, node, keys)) is not None:
        return called_back
    if keys and keys == node.voicemail_key and not view.offered:
        return (LeaveQueue(),) if _leave(deps, contact_id, visit, VOICEMAIL) else (Pause(1),)
    reason = None if view.offered else _reason(deps, view, node, keys)
    if reason is not None and _leave(deps, contact_id, visit, reason):
        return (LeaveQueue(),)
    return _words(_Here(deps, view, node, deps.config.find(Queue, contact.visit.queue)), visit)


def _let_go(contact: Contact, visit: int) -> bool:
    """The contact is out of the line and nobody is about to move the call: it must not stay in the carrier's."""
    out = contact.state is ContactState.IN_FLOW and contact.visit is None
    return out or noted_reason(contact, visit) is not None


def noted_reason(contact: Contact, visit: int) -> str | None:
    """Why the caller was let out of the queue by a wait request, if so."""
    number, _, reason = contact.flow.attributes.get(NOTED_EXIT, "").partition(" ")
    return reason if number == str(visit) and reason else None


def _reason(deps: Deps, view: WaitView, node: QueueNode, keys: str) -> OverflowReason | None:
    if node.leave_key and keys == node.leave_key:
        return OverflowReason.KEY_PRESSED
    return view.overflow or (OverflowReason.CLOSED if _closed(deps, view.contact) else None)


def _closed(deps: Deps, contact: Contact) -> bool:
    queue = deps.config.find(Queue, contact.visit.queue) if contact.visit else None
    calendar = deps.config.find(Calendar, queue.hours) if queue and queue.hours else None
    if queue is not None and queue.is_shut(deps.clock.now()):
        return True
    return calendar is not None and not is_open(calendar, deps.clock.now())


def _leave(deps: Deps, contact_id: ContactId, visit: int, reason: str) -> bool:
    """End the visit, then note why for the exit webhook; False when an agent was faster.

    reason: an OverflowReason, or voicemail.
    """
    to_voicemail = reason == VOICEMAIL
    overflow = None if to_voicemail else OverflowReason(reason)
    left = waiting.left_queue(deps, contact_id, visit, VOICEMAIL if to_voicemail else "leave", overflow)
    if left.state is not ContactState.IN_FLOW or left.visit is not None:
        return False
    again_on_conflict(lambda: _note(deps, contact_id, f"{visit} {reason}"))
    return True


def _note(deps: Deps, contact_id: ContactId, note: str) -> None:
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is not ContactState.IN_FLOW:
        return
    attributes = {NOTED_EXIT: note, **{k: v for k, v in contact.flow.attributes.items() if k != NOTED_EXIT}}
    deps.contacts.save(contact, replace(contact, flow=replace(contact.flow, attributes=attributes)), ())


def _words(here: _Here, visit: int) -> Document:
    contact = here.view.contact
    words = [*_announcements(here), *_comfort(here), *_music(here)]
    offers = _keys(here)
    if not offers:
        return tuple(words)
    words[:0] = offers
    return (Gather(wait(contact.id, visit), tuple(words), timeout_s=1, finish_on_key=""),)


def _keys(here: _Here) -> Words:
    """What the keys are for, as far as they are for anything now."""
    contact, node = here.view.contact, here.node
    words: Words = [_say(contact, "leave_key", key=node.leave_key)] if node.leave_key else []
    if node.voicemail_key:
        words.append(_say(contact, "voicemail_offer", key=node.voicemail_key))
    if (node.callback_key or node.callback_other_key) and not here.view.offered:
        words += call_back.offered(here.deps, contact, node)
    return words


def _announcements(here: _Here) -> Words:
    contact, view, node = here.view.contact, here.view, here.node
    words: Words = []
    if node.say_position and not view.offered:
        words.append(Say(position_phrase(view.position, contact.language), contact.language))
    if node.say_wait and view.estimated_wait_s is not None:
        words.append(Say(wait_phrase(view.estimated_wait_s, contact.language), contact.language))
    return words


def _comfort(here: _Here) -> Words:
    contact, node = here.view.contact, here.node
    if not node.comfort:
        return [_say(contact, "comfort")]
    flow = flow_of(here.deps, contact)
    variables = world_of(here.deps, contact, flow).variables(contact.flow.attributes)
    return list(spoken(_turn_of(here, node.comfort), contact.language, flow.language, variables))


def _turn_of(here: _Here, comfort: Prompts) -> Prompts:
    """The prompt whose turn it is."""
    visit = here.view.contact.visit
    waited_s = (here.deps.clock.now() - visit.entered_at) / 1000 if visit else 0.0
    turn = int(waited_s // COMFORT_EVERY_S) % len(comfort)
    return comfort[turn : turn + 1]


def _music(here: _Here) -> Words:
    return [Play(here.queue.music_url)] if here.queue and here.queue.music_url else [Pause(QUIET_S)]


def _say(contact: Contact, name: str, **values: object) -> Say:
    return Say(phrase(name, contact.language, **values), contact.language)
