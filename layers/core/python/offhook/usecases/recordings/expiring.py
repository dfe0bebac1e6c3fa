"""Recordings that have been kept long enough by their class are deleted, the oldest first."""

from collections.abc import Iterator
from contextlib import suppress

from offhook.domain.errors import CarrierUnavailable, StoreUnavailable
from offhook.domain.ids import DAY
from offhook.domain.recordings.retention import RetentionClass
from offhook.domain.recordings.stored import OnLegalHold, StoredRecording
from offhook.domain.routing.contact import Contact
from offhook.stores.forgetting import Forgetting
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps
from offhook.usecases.recordings import deleting

PAGE, PAGES = 50, 20
BY = "retention"


def expire(deps: Deps, standard_days: int | None, erase: deleting.Erase, contacts_days: int | None = None) -> int:
    """A thousand of each class at most; how many were deleted. standard_days: of what has no class of its own.

    What cannot be deleted now is tried again the next time; a class that is not there any more keeps for ever.
    contacts_days: a contact that was kept for its recording alone goes with it.
    """
    classes = {"": ("standard", standard_days)}
    classes |= {one.id: (one.name, one.days) for one in deps.config.list(RetentionClass)}
    done = [
        one
        for id_, (name, days) in classes.items()
        for one in _over(deps, id_, days)
        if _delete(deps, one, f"retention: {name}, {days} days", erase)
    ]
    for one in done:
        _contact_too(deps, one, contacts_days)
    return len(done)


def keeps(deps: Deps, contact: Contact) -> bool:
    """Whether the contact must stay: it is on hold, or has a recording that is kept longer than it."""
    kept = Recordings(deps.items, deps.tenant.id)
    return kept.hold_on(contact.id) is not None or any(kept.get(r.sid) for r in contact.recordings)


def _over(deps: Deps, id_: str, days: int | None) -> Iterator[StoredRecording]:
    kept, after = Recordings(deps.items, deps.tenant.id), ""
    limit = None if days is None else deps.clock.now() - days * DAY
    for _ in range(PAGES):
        page = kept.kept_by(id_, after, PAGE)
        yield from (one for one in page if one.deleting or (limit is not None and one.at < limit))
        if not page or limit is None or page[-1].at >= limit:
            return
        after = f"{page[-1].at:013d}#{page[-1].id}"


def _delete(deps: Deps, one: StoredRecording, rule: str, erase: deleting.Erase) -> bool:
    with suppress(CarrierUnavailable, StoreUnavailable, OnLegalHold):
        return deleting.delete(deps, one.id, one.deleting or rule, BY, erase) is not None
    return False


def _contact_too(deps: Deps, one: StoredRecording, contacts_days: int | None) -> None:
    contact = deps.contacts.closed(one.contact_id)
    if contact is None or contacts_days is None or keeps(deps, contact):
        return
    if contact.started_at < deps.clock.now() - contacts_days * DAY:
        Forgetting(deps.items, deps.tenant.id).delete_contact(contact)
