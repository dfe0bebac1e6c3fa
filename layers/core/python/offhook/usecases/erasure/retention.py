"""What a tenant has kept long enough is deleted, day by day of the contacts' beginning."""

from collections.abc import Callable
from dataclasses import replace

from offhook.domain.ids import DAY
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import Objects
from offhook.domain.routing.contact import Contact
from offhook.domain.tenants.retention import Retention, checked, days_over
from offhook.stores.forgetting import Forgetting, media_of
from offhook.stores.keys import day_of
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

PAGE = 50


def present(deps: Deps) -> Retention:
    """The tenant's setting; version 0 when it never made one."""
    return deps.config.find(Retention, Retention().id) or Retention()


def change(deps: Deps, recordings_days: int | None, contacts_days: int | None, version: int) -> Retention:
    """Another setting; what was dealt with under the old one is looked at again."""
    wanted = checked(Retention(version=version, recordings_days=recordings_days, contacts_days=contacts_days))
    return deps.config.create(wanted) if version == 0 else deps.config.change(wanted)


def apply(deps: Deps, objects: Objects) -> None:
    """Delete what is over, a hundred days at most, and ask for the rest."""
    kept, now = present(deps), deps.clock.now()
    contacts = days_over(kept.contacts_days, kept.contacts_done, now)
    recordings = days_over(kept.recordings_days, kept.recordings_done, now)
    if not contacts and not recordings:
        return
    for day in contacts:
        _each(deps, day, lambda one: _delete(deps, objects, one))
    for day in recordings:
        _each(deps, day, lambda one: _silence(deps, objects, one))
    again_on_conflict(lambda: _remember(deps, kept, contacts, recordings))
    deps.outgoing.send(Message(deps.tenant.id, Topic.RETENTION, ""))


def _each(deps: Deps, day: int, do: Callable[[Contact], None]) -> None:
    after = ""
    while page := deps.contacts.closed_on(day_of(day * DAY), after, PAGE, reverse=False):
        for _, contact in page:
            do(contact)
        after = page[-1][0]


def _delete(deps: Deps, objects: Objects, contact: Contact) -> None:
    objects.delete(list(media_of(contact)))
    Forgetting(deps.items, deps.tenant.id).delete_contact(contact)


def _silence(deps: Deps, objects: Objects, contact: Contact) -> None:
    if contact.recordings and contact.is_settled:
        objects.delete(list(media_of(contact)))
        Forgetting(deps.items, deps.tenant.id).without_recordings(contact)


def _remember(deps: Deps, read: Retention, contacts: range, recordings: range) -> None:
    """Unless the setting was changed meanwhile: then everything is looked at again."""
    now = present(deps)
    if (now.recordings_days, now.contacts_days) != (read.recordings_days, read.contacts_days):
        return
    done = replace(
        now,
        contacts_done=contacts[-1] if contacts else now.contacts_done,
        recordings_done=recordings[-1] if recordings else now.recordings_done,
    )
    deps.config.change(done)
