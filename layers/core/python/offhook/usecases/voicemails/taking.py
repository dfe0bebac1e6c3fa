"""A caller leaves a message: what the carrier recorded becomes work of the queue, or is dropped with its reason."""

from offhook.domain.ids import ContactId, QueueId
from offhook.domain.ivr.nodes.voicemail import NODE, VoicemailNode
from offhook.domain.recordings.recording import Recording
from offhook.domain.routing import voicemails
from offhook.domain.routing.contact import Contact
from offhook.stores.voicemails import Voicemails
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_of
from offhook.usecases.recordings.reporting import UNDER_WAY, have_stored
from offhook.usecases.retry import again_on_conflict

TOO_SHORT = "too_short"


def reported(deps: Deps, contact_id: ContactId, step: int, recording: Recording, media_url: str) -> None:
    """What the carrier says of the recording of that step; said again, it changes nothing.

    A message and its work are one commit; then it is copied and deleted at the carrier like every recording.
    """
    contact = deps.contacts.get(contact_id) if recording.sid else None
    if contact is None or not _is_awaited(contact, step) or recording.status in UNDER_WAY:
        return
    if recording.status != "completed":
        _drop(deps, contact_id, step, recording, recording.status)
    elif recording.duration_s < _node(deps, contact).min_s:
        deps.media.drop(recording.sid)
        _drop(deps, contact_id, step, recording, TOO_SHORT)
    elif again_on_conflict(lambda: _keep(deps, contact_id, step, recording)):
        have_stored(deps, contact_id, recording.sid, recording.duration_s, media_url)


def look(deps: Deps, contact: Contact, awaited: Recording) -> None:
    """A message of which nothing was heard: what has the carrier of this call?"""
    step = int(awaited.sid.removeprefix(voicemails.MARK))
    have = {r.sid for r in contact.recordings}
    found = [facts for facts in deps.telephony.recordings_of(awaited.source) if facts.sid not in have]
    if not found:
        _drop(deps, contact.id, step, awaited, "absent")
    for facts in found[-1:]:
        reported(deps, contact.id, step, Recording(facts.sid, facts.status, facts.duration_s), facts.media_url)


def _is_awaited(contact: Contact, step: int) -> bool:
    return any(r.sid == f"{voicemails.MARK}{step}" for r in contact.recordings)


def _keep(deps: Deps, contact_id: ContactId, step: int, given: Recording) -> bool:
    contact = deps.contacts.get(contact_id)
    if contact is None or not _is_awaited(contact, step):
        return False
    now = deps.clock.now()
    recording = Recording(given.sid, given.status, given.duration_s, of=contact.call_sid)
    change = voicemails.recorded(contact, step, recording, now)
    made = voicemails.left(contact, QueueId(_node(deps, contact).queue), recording, now)
    work = Voicemails(deps.items, deps.tenant.id)
    deps.items.commit(
        *deps.contacts.writes(contact, change.entity, change.events), *work.writes(made.entity, made.events)
    )
    return True


def _drop(deps: Deps, contact_id: ContactId, step: int, recording: Recording, reason: str) -> None:
    def attempt() -> None:
        contact = deps.contacts.get(contact_id)
        if contact is None or not _is_awaited(contact, step):
            return
        now = deps.clock.now()
        change = voicemails.none_recorded(contact, step, reason, recording.duration_s, now)
        deps.contacts.save(contact, change.entity, change.events)

    again_on_conflict(attempt)


def _node(deps: Deps, contact: Contact) -> VoicemailNode:
    """The node that took the message: the one the call was at last."""
    flow = flow_of(deps, contact)
    for name in (contact.flow.attributes.get(NODE, ""), contact.flow.node):
        node = flow.nodes.get(name)
        if isinstance(node, VoicemailNode):
            return node
    return VoicemailNode()
