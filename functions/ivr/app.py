"""The ivr function: webhooks of customers' calls; flows, calendars and numbers. Routes only."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chalice.app import Response
from offhook.domain.documents import Document
from offhook.domain.errors import CallsAtLimit
from offhook.domain.ids import ContactId, FlowId
from offhook.domain.ivr.calendar import Calendar
from offhook.domain.ivr.inputs import Input, Recorded, Returned
from offhook.domain.tenants.lifecycle import EFFECTS
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.stores.flows import FlowDraft
from offhook.usecases.ivr.answer_call import IncomingCall, answer_call
from offhook.usecases.ivr.carrier_words import answer_in, call_is_over, message_s, ordinal, transfer_result
from offhook.web.app import OffhookApp
from offhook.web.carrier import CarrierRequest
from offhook.web.ivr import flows, numbers, prompts
from offhook.web.responses import created, listed, ok
from offhook.web.webhooks import silence
from offhook.web.written import Acts, Written

if TYPE_CHECKING:
    from offhook.usecases.ivr import (
        calendars,
        call_back,
        drafts,
        end_call,
        leave_queue,
        out_of_service,
        publishing,
        strangers,
        take_step,
        wait_in_queue,
    )
else:
    end_call, leave_queue, strangers, take_step, wait_in_queue = lazily(
        "offhook.usecases.ivr", "end_call", "leave_queue", "strangers", "take_step", "wait_in_queue"
    )
    (call_back,) = lazily("offhook.usecases.ivr", "call_back")
    (out_of_service,) = lazily("offhook.usecases.ivr", "out_of_service")
    calendars, drafts, publishing = lazily("offhook.usecases.ivr", "calendars", "drafts", "publishing")

app = OffhookApp("ivr")


# --- webhooks of the carrier ------------------------------------------------------------------------------------


@app.webhook("/calls")
def answer() -> Document:
    """A call reached one of the tenant's numbers."""
    call = app.carrier_request()
    if not EFFECTS[call.tenant.status].takes_calls:
        return out_of_service.refuse(call.deps, _incoming(call))
    try:
        return answer_call(call.deps, replace(_incoming(call), called=numbers.called_number(call)))
    except CallsAtLimit:
        return out_of_service.lines_busy(call.deps, _incoming(call))


@app.webhook("/calls/status", fallback=silence)
def call_status() -> None:
    """The call's state changed; only its end matters."""
    call = app.carrier_request()
    if call_is_over(call.params):
        end_call.end_reported(call.deps, _incoming(call))


@app.webhook("/calls/fallback")
def call_fallback() -> Document:
    """The carrier could not get or use our last document."""
    call = app.carrier_request()
    if not EFFECTS[call.tenant.status].takes_calls:
        return out_of_service.refuse(call.deps, _incoming(call))
    return end_call.document_failed(call.deps, _incoming(call), call.params.get("ErrorCode", ""))


@app.webhook("/contacts/{contact_id}/steps/{step}")
def flow_step(contact_id: str, step: str) -> Document:
    """Keys or words, or the end of a transfer or survey, come back to the flow."""
    call = app.carrier_request()
    contact, result = ContactId(contact_id), transfer_result(call.params)
    seconds = message_s(call.params)
    if call_is_over(call.params) and seconds is not None:
        return end_call.message_over(call.deps, contact, seconds)
    if call_is_over(call.params):
        return end_call.call_over(call.deps, contact, result)
    if seconds is not None:
        return take_step.take_step(call.deps, contact, ordinal(step), Recorded(seconds))
    given: Input = answer_in(call.params) if result is None else Returned(result)
    return take_step.take_step(call.deps, contact, ordinal(step), given)


@app.webhook(
    "/contacts/{contact_id}/visits/{visit}/wait", fallback=lambda call: strangers.wait_on(call.tenant.language)
)
def wait(contact_id: str, visit: str) -> Document:
    """The carrier asks what a waiting caller hears."""
    call = app.carrier_request()
    return wait_in_queue.wait_in_queue(call.deps, ContactId(contact_id), ordinal(visit), call.params.get("Digits", ""))


@app.webhook("/contacts/{contact_id}/visits/{visit}/callback")
def callback_number(contact_id: str, visit: str) -> Document:
    """The number that a waiting caller enters to be called back on."""
    call = app.carrier_request()
    return call_back.entered(call.deps, ContactId(contact_id), ordinal(visit), call.params.get("Digits", ""))


@app.webhook("/contacts/{contact_id}/visits/{visit}/exit")
def queue_exit(contact_id: str, visit: str) -> Document:
    """The caller is out of the carrier's queue."""
    call = app.carrier_request()
    result = call.params.get("QueueResult", "error")
    gone = call_is_over(call.params) and result not in leave_queue.ELSEWHERE
    return leave_queue.queue_exited(call.deps, ContactId(contact_id), ordinal(visit), "hangup" if gone else result)


@app.webhook("/contacts/{contact_id}/visits/{visit}/room-ended")
def room_ended(contact_id: str, visit: str) -> Document:
    """The customer's stay in the room is over."""
    call = app.carrier_request()
    if call_is_over(call.params):
        return end_call.call_over(call.deps, ContactId(contact_id), None)
    return leave_queue.room_ended(call.deps, ContactId(contact_id), ordinal(visit))


def _incoming(call: CarrierRequest) -> IncomingCall:
    return IncomingCall(call.call_sid, call.params.get("From", ""), call.params.get("To", ""))


# --- flows ------------------------------------------------------------------------------------------------------


@app.api("/flows", methods=["GET"], permission=Permission.FLOWS_READ)
def list_flows() -> Response:
    """All flows, without their documents."""
    return listed(drafts.summaries(app.deps()))


@app.api("/flows", methods=["POST"], permission=Permission.FLOWS_WRITE)
def create_flow() -> Response:
    """A new draft."""
    return app.once(_create_flow)


def _create_flow() -> Response:
    draft = drafts.create_draft(app.deps(), app.body(drafts.FlowText))
    return created(drafts.view(draft), f"/v1/ivr/flows/{draft.id}", version=draft.version)


@app.api("/flows/{flow_id}", methods=["GET"], permission=Permission.FLOWS_READ)
def get_flow(flow_id: str) -> Response:
    """The draft with its document."""
    draft = app.deps().config.get(FlowDraft, flow_id)
    return ok(drafts.view(draft), version=draft.version)


@app.api("/flows/{flow_id}", methods=["PUT"], permission=Permission.FLOWS_WRITE)
def change_flow(flow_id: str) -> Response:
    """The draft as the body says; needs If-Match."""
    text, version = app.body(drafts.FlowText), app.expected_version()
    draft = drafts.change_draft(app.deps(), FlowId(flow_id), version, text)
    return ok(drafts.view(draft), version=draft.version)


@app.api("/flows/{flow_id}/problems", methods=["GET"], permission=Permission.FLOWS_READ)
def list_problems(flow_id: str) -> Response:
    """What keeps the draft from being published; none = it can be."""
    return listed(drafts.problems_of(app.deps(), FlowId(flow_id)))


@app.api("/flows/{flow_id}/versions", methods=["GET"], permission=Permission.FLOWS_READ)
def list_versions(flow_id: str) -> Response:
    """The published versions, newest first."""
    return listed(publishing.versions(app.deps(), FlowId(flow_id)))


@app.api("/flows/{flow_id}/versions", methods=["POST"], permission=Permission.FLOWS_PUBLISH)
def publish_flow(flow_id: str) -> Response:
    """The draft named by If-Match becomes the next version, which calls get from now on."""
    by, draft = app.identity().user_id, app.expected_version()

    def published() -> Response:
        version = publishing.publish(app.deps(), FlowId(flow_id), draft, by)
        return created(publishing.version_view(version), f"/v1/ivr/flows/{flow_id}/versions/{version.number}")

    return app.once(published)


@app.api("/flows/{flow_id}/versions/{number}", methods=["GET"], permission=Permission.FLOWS_READ)
def get_version(flow_id: str, number: str) -> Response:
    """One version with its document."""
    return ok(publishing.version_view(publishing.version(app.deps(), FlowId(flow_id), number)))


@app.api("/flows/{flow_id}/published", methods=["PUT"], permission=Permission.FLOWS_PUBLISH)
def lead_calls(flow_id: str) -> Response:
    """New calls get the version the body names (roll back); needs If-Match of the draft."""
    number, version = app.body(publishing.Published).number, app.expected_version()
    draft = publishing.lead_to(app.deps(), FlowId(flow_id), version, number)
    return ok(publishing.Published(draft.published), version=draft.version)


flows.routes(app)
prompts.routes(app)


# --- calendars --------------------------------------------------------------------------------------------------


def _calendar_acts() -> Acts[Calendar, "calendars.CalendarText"]:
    return Acts(Calendar, calendars.CalendarText, calendars.create, calendars.change, calendars.delete)


CALENDARS = {
    "list": "All calendars.",
    "create": "A new calendar.",
    "get": "The calendar.",
    "change": "The calendar as the body says; needs If-Match.",
    "delete": "Remove it, unless a published flow or a queue looks at it.",
}
Written("/calendars", "calendar", Permission.FLOWS_READ, Permission.FLOWS_WRITE, _calendar_acts, CALENDARS).register(
    app
)


@app.api("/calendars/{calendar_id}/override", methods=["PUT"], permission=Permission.FLOWS_WRITE)
def override_calendar(calendar_id: str) -> Response:
    """Open or closed now, whatever the hours say; needs If-Match."""
    text, version = app.body(calendars.OverrideText), app.expected_version()
    calendar = calendars.override(app.deps(), calendar_id, version, text)
    return ok(calendar, version=calendar.version)


@app.api("/calendars/{calendar_id}/status", methods=["GET"], permission=Permission.FLOWS_READ)
def calendar_status(calendar_id: str) -> Response:
    """Open, closed or holiday at this moment."""
    return ok(calendars.status(app.deps(), calendar_id))


# --- numbers ----------------------------------------------------------------------------------------------------

numbers.routes(app)
