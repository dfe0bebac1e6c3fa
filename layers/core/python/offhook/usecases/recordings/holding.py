"""Legal holds: a contact that must be kept, whatever its retention or an erasure says, until the hold is lifted."""

from dataclasses import replace

from offhook.domain.errors import Conflict, InvalidInput, NotFound
from offhook.domain.ids import ContactId
from offhook.domain.recordings.stored import BeingDeleted, LegalHold
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import CommitConflict
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps
from offhook.usecases.erasure.retention import look_again
from offhook.usecases.retry import again_on_conflict

LONGEST_REASON = 500


class HeldAlready(Conflict):
    """The contact is on legal hold already."""

    code = "held_already"


def hold(deps: Deps, contact_id: ContactId, reason: str, by: str) -> LegalHold:
    """Raises NotFound, HeldAlready, InvalidInput, BeingDeleted when a recording of it is half gone, or Conflict."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise InvalidInput("reason_length", field="$.reason", most=LONGEST_REASON)
    kept = Recordings(deps.items, deps.tenant.id)
    if kept.hold_on(contact_id) is not None:
        raise HeldAlready()
    new = LegalHold(contact_id, reason.strip(), by, deps.clock.now())
    try:
        again_on_conflict(lambda: _hold(deps, kept, new))
    except CommitConflict as lost:
        if kept.hold_on(contact_id) is None:  # the contact changed under every attempt
            raise
        raise HeldAlready() from lost
    return new


def lift(deps: Deps, contact_id: ContactId) -> None:
    """What is over under its retention is deleted from the next night on; raises NotFound when there is no hold."""
    kept = Recordings(deps.items, deps.tenant.id)
    if kept.hold_on(contact_id) is None:
        raise NotFound("This contact is not on legal hold.")
    contact = deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)
    again_on_conflict(lambda: _lift(deps, kept, contact_id, contact))
    if contact is not None:
        look_again(deps, contact.started_at)


def _hold(deps: Deps, kept: Recordings, new: LegalHold) -> None:
    """A recording that is noted or copied meanwhile would not be held: then the commit conflicts."""
    live = deps.contacts.get(new.contact_id)
    contact = live or deps.contacts.closed(new.contact_id)
    if contact is None:
        raise NotFound("There is no such contact.")
    found = {r.sid: kept.get(r.sid) for r in contact.recordings}
    mine = [one for one in found.values() if one is not None]
    if any(one.deleting for one in mine):
        raise BeingDeleted()
    as_read = [kept.absent(sid) for sid, one in found.items() if one is None]
    as_read += [deps.contacts.unchanged(live)] if live else []
    deps.items.commit(kept.hold(new), *as_read, *(kept.write(replace(one, held=True), one.version) for one in mine))


def _lift(deps: Deps, kept: Recordings, contact_id: ContactId, contact: Contact | None) -> None:
    found = [kept.get(r.sid) for r in contact.recordings] if contact else []
    mine = [one for one in found if one is not None]
    deps.items.commit(kept.lift(contact_id), *(kept.write(replace(one, held=False), one.version) for one in mine))
