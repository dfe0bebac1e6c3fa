"""A contact with changes that wait for what comes next, so that both are one commit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from offhook.domain.events import Event
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import Write
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True)
class Unsaved:
    """stored: the contact as it was read; contact: as it will be; writes: what changes beside it."""

    stored: Contact
    contact: Contact
    events: tuple[Event, ...] = ()
    writes: tuple[Write, ...] = ()

    def then(self, contact: Contact, events: Sequence[Event] = ()) -> "Unsaved":
        """A further change of the contact."""
        return replace(self, contact=contact, events=(*self.events, *events))

    def commit(self, deps: Deps) -> Contact:
        """Everything in one commit, if there is anything; raises CommitConflict when somebody was faster."""
        if self.contact == self.stored and not self.events and not self.writes:
            return self.stored
        deps.items.commit(*deps.contacts.writes(self.stored, self.contact, self.events), *self.writes)
        return deps.contacts.next_version(self.stored, self.contact)


def as_stored(contact: Contact) -> Unsaved:
    """Nothing has changed yet."""
    return Unsaved(contact, contact)
