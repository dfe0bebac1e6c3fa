"""Calendars: hours, holidays, and the switch that overrides them now."""

from dataclasses import dataclass, replace

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ivr.calendar import Calendar, Holiday, Hours, Opening, Override, calendar_faults, hours_at
from offhook.domain.routing.queues import Queue
from offhook.stores.flows import FlowDraft
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_version


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarText:
    """A calendar as a person writes it."""

    name: str
    time_zone: str
    weekly: tuple[tuple[Opening, ...], ...] = ()
    holidays: tuple[Holiday, ...] = ()
    override: Override = Override.NONE


@dataclass(frozen=True, slots=True)
class OverrideText:
    """The position of the switch."""

    override: Override


@dataclass(frozen=True, slots=True)
class Status:
    """What the calendar says now."""

    status: Hours


def create(deps: Deps, text: CalendarText) -> Calendar:
    """A new calendar; raises InvalidInput."""
    return deps.config.create(_of(text, Calendar(deps.ids.new("cal"), text.name, text.time_zone)))


def change(deps: Deps, calendar_id: str, version: int, text: CalendarText) -> Calendar:
    """The calendar as the text says; version is the one that was read."""
    current = deps.config.get(Calendar, calendar_id)
    return deps.config.change(_of(text, replace(current, version=version)))


def override(deps: Deps, calendar_id: str, version: int, text: OverrideText) -> Calendar:
    """Open or closed from now on, whatever the hours say; "" = by the hours again."""
    current = deps.config.get(Calendar, calendar_id)
    return deps.config.change(replace(current, version=version, override=text.override))


def delete(deps: Deps, calendar_id: str) -> None:
    """Remove it; raises Conflict while a published flow or a queue looks at it. Nothing there is no error."""
    if any(queue.hours == calendar_id for queue in deps.config.list(Queue)) or _in_published_flow(deps, calendar_id):
        raise Conflict("calendar_in_use")
    deps.config.delete(Calendar, calendar_id)


def status(deps: Deps, calendar_id: str) -> Status:
    """Open, closed or holiday at this moment."""
    return Status(hours_at(deps.config.get(Calendar, calendar_id), deps.clock.now()))


def _of(text: CalendarText, calendar: Calendar) -> Calendar:
    written = replace(
        calendar,
        name=text.name.strip(),
        time_zone=text.time_zone,
        weekly=text.weekly,
        holidays=text.holidays,
        override=text.override,
    )
    for path, fault in calendar_faults(written):
        raise InvalidInput(fault, field=path)
    return written


def _in_published_flow(deps: Deps, calendar_id: str) -> bool:
    published = ((d.id, d.published) for d in deps.config.list(FlowDraft) if d.published)
    return any(calendar_id in flow_version(deps, flow_id, number).calendars for flow_id, number in published)
