"""What a step of a flow is decided on: the flow version of the call and the world as it is now."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from offhook.domain.errors import NotFound
from offhook.domain.ids import FlowId
from offhook.domain.ivr.calendar import Calendar
from offhook.domain.ivr.flow import Flow, linked, no_flow
from offhook.domain.ivr.world import World
from offhook.domain.routing.contact import Contact
from offhook.stores.flows import FlowDraft, Flows, Number, Trial
from offhook.usecases.deps import Deps

MAX_SUBS = 20  # flows that a call may run in

if TYPE_CHECKING:
    from offhook.domain.ivr.incident import Incident
    from offhook.domain.ivr.screening import Screened


def flows_of(deps: Deps) -> Flows:
    """The tenant's published versions."""
    return Flows(deps.items, deps.tenant.id)


def flow_for_number(deps: Deps, number: str, caller: str = "") -> Flow:
    """What a call to the number hears; when nothing is published for it, a flow that says so.

    caller: as kept of them; who tries a draft on this number hears that.
    """
    assigned = deps.config.find(Number, number)
    if assigned is None:
        return no_flow("no_number")
    if assigned.trial is not None and (tried := _tried(deps, assigned.trial, caller)) is not None:
        return tried
    draft = deps.config.find(FlowDraft, assigned.flow_id)
    if draft is None or not draft.published:
        return no_flow("no_flow")
    return link(deps, flow_version(deps, draft.id, draft.published))


def link(deps: Deps, flow: Flow) -> Flow:
    """The flow with the published versions of those that it calls, and so on; what is not published is left out."""
    subs: dict[str, Flow] = {}
    wanted = list(flow.calls)
    while wanted and len(subs) < MAX_SUBS:
        name = wanted.pop()
        draft = deps.config.find(FlowDraft, name) if name not in subs else None
        if draft is not None and draft.published:
            subs[name] = flow_version(deps, draft.id, draft.published)
            wanted += subs[name].calls
    return linked(flow, subs) if subs else flow


def _tried(deps: Deps, trial: Trial, caller: str) -> Flow | None:
    """The draft, for the caller who tries it while the trial lasts."""
    if not caller or caller != trial.caller or deps.clock.now() >= trial.until:
        return None
    tried = flow_version(deps, trial.flow_id, -trial.draft_version)
    return link(deps, tried) if tried.id else None


def flow_version(deps: Deps, flow_id: FlowId, version: int) -> Flow:
    """The flow as published under that number, or one that fails."""
    try:
        return flows_of(deps).load(flow_id, version)
    except NotFound:
        return no_flow("no_flow")


def flow_of(deps: Deps, contact: Contact) -> Flow:
    """The flow version that the call began on."""
    if not contact.flow.flow_id:
        return no_flow("no_flow")
    flow = flow_version(deps, contact.flow.flow_id, contact.flow.version)
    subs = contact.flow.subs
    return linked(flow, {name: flow_version(deps, FlowId(name), n) for name, n in subs.items()}) if subs else flow


def world_of(deps: Deps, contact: Contact, flow: Flow, *, visit: int | None = None) -> World:
    """The world for the contact. visit: of a queue entered now (None = the next one)."""
    kinds = flow.kinds
    return World(
        now=deps.clock.now(),
        contact_id=contact.id,
        customer_number=contact.customer_number,
        called_number=contact.called_number,
        language=contact.language,
        known=contact.customer_id is not None,
        customer_name=contact.customer_name,
        tier=contact.tier,
        tags=contact.tags,
        visit=contact.visits + 1 if visit is None else visit,
        calendars=calendars_of(deps, flow),
        screened=_screened(deps, contact) if "screen" in kinds else None,
        incidents=_incidents(deps) if "incident_notice" in kinds else (),
    )


def _screened(deps: Deps, contact: Contact) -> "Screened | None":
    """Asked until the call has passed."""
    if "screened" in contact.flow.attributes:
        return None
    from offhook.usecases.ivr.screening import screened

    return screened(deps, contact.customer_number)


def _incidents(deps: Deps) -> "tuple[Incident, ...]":
    from offhook.domain.ivr.incident import Incident

    return tuple(deps.config.list(Incident))


def calendars_of(deps: Deps, flow: Flow) -> Mapping[str, Calendar]:
    """The calendars that the flow looks at, by id; those that are not there are left out."""
    found = (deps.config.find(Calendar, calendar) for calendar in sorted(flow.calendars))
    return {calendar.id: calendar for calendar in found if calendar is not None}
