"""What a tenant has kept long enough is deleted, day by day of the contacts' beginning."""

from collections.abc import Callable
from dataclasses import replace

from offhook.domain.ids import DAY, Instant, day_of
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import Objects
from offhook.domain.recordings.retention import RetentionClass
from offhook.domain.routing.contact import Contact
from offhook.domain.tenants.retention import Retention, checked, days_over
from offhook.stores.forgetting import Forgetting, media_of
from offhook.usecases.deps import Deps
from offhook.usecases.recordings.expiring import expire, keeps
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
    """Delete what is over, a hundred days of contacts at most, and ask for the rest."""
    kept, now = present(deps), deps.clock.now()
    deleted = expire(deps, kept.recordings_days, erasing(deps, objects), kept.contacts_days)
    contacts = days_over(kept.contacts_days, kept.contacts_done, now)
    for day in contacts:
        _each(deps, day, lambda one: _delete(deps, objects, one))
    if contacts:
        again_on_conflict(lambda: _remember(deps, kept, contacts))
    if contacts or deleted:
        deps.outgoing.send(Message(deps.tenant.id, Topic.RETENTION, ""))


def is_due(deps: Deps) -> bool:
    """Whether the tenant set anything that could be over."""
    return present(deps).version > 0 or bool(deps.config.list(RetentionClass))


def look_again(deps: Deps, at: Instant) -> None:
    """A contact that began then may be deleted again: its day is looked at once more."""

    def attempt() -> None:
        kept = present(deps)
        if kept.version and kept.contacts_done >= at // DAY:
            deps.config.change(replace(kept, contacts_done=at // DAY - 1))

    again_on_conflict(attempt)


def erasing(deps: Deps, objects: Objects) -> Callable[[str], None]:
    """Deletes a file, and sees that it is gone."""

    def erase(key: str) -> None:
        objects.delete([key])
        deps.media.erase(key)

    return erase


def _each(deps: Deps, day: int, do: Callable[[Contact], None]) -> None:
    after = ""
    while page := deps.contacts.closed_on(day_of(day * DAY), after, PAGE, reverse=False):
        for _, contact in page:
            do(contact)
        after = page[-1][0]


def _delete(deps: Deps, objects: Objects, contact: Contact) -> None:
    if keeps(deps, contact):
        return
    objects.delete(list(media_of(contact)))
    Forgetting(deps.items, deps.tenant.id).delete_contact(contact)


def _remember(deps: Deps, read: Retention, contacts: range) -> None:
    """Unless the setting was changed meanwhile: then everything is looked at again."""
    now = present(deps)
    if now.contacts_days == read.contacts_days:
        deps.config.change(replace(now, contacts_done=contacts[-1]))
