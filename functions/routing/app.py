"""Agents, presence, queues, offers and call control: routes and workers only."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from chalice.app import Response
from offhook.domain.documents import Document
from offhook.domain.ids import AgentId, ContactId, OfferId
from offhook.domain.messages import Message, Topic
from offhook.domain.recordings.recording import Recording
from offhook.domain.routing.agent import Agent, AgentState, Endpoint
from offhook.domain.routing.queues import AgentConfig, Queue, RoutingProfile
from offhook.domain.routing.rules import check_endpoint, check_person, check_profile, check_queue
from offhook.domain.tenants.permissions import Permission as P
from offhook.domain.tenants.scope import Scope
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.routing import accept, room
from offhook.web.app import OffhookApp
from offhook.web.resources import Resource
from offhook.web.responses import no_content, ok
from offhook.web.routing import call_control, callbacks, recordings, supervision, voicemails
from offhook.web.webhooks import silence
from offhook.web.workers import hint_each_tenant, queue_worker, schedule_worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from offhook.usecases import at_a_glance as glances
    from offhook.usecases.recordings import reporting
    from offhook.usecases.routing import desk, offers, presence, talking, wrap_up
    from offhook.usecases.routing import work as hints
    from offhook.web import browser_token
else:
    (glances,) = lazily("offhook.usecases", "at_a_glance")
    desk, hints, offers, presence, talking, wrap_up = lazily(
        "offhook.usecases.routing", "desk", "work", "offers", "presence", "talking", "wrap_up"
    )
    (reporting,) = lazily("offhook.usecases.recordings", "reporting")
    (browser_token,) = lazily("offhook.web", "browser_token")

T = TypeVar("T")
app = OffhookApp("routing")


def _queue_seen(scope: Scope, queue: Queue) -> bool:
    return scope.may_see_queue(queue.id)


def _agent_seen(scope: Scope, agent: AgentConfig) -> bool:
    return scope.may_see_agent(agent.id)


QUEUES = Resource(
    Queue, "/queues", "q", P.ROUTING_READ, P.ROUTING_WRITE, check_queue, _queue_seen, ("closed", "closed_until")
)
QUEUES.register(app)
Resource(RoutingProfile, "/profiles", "p", P.ROUTING_READ, P.ROUTING_WRITE, check_profile).register(app)
Resource(AgentConfig, "/people", "a", P.PEOPLE_READ, P.PEOPLE_WRITE, check_person, _agent_seen).register(app)


recordings.routes(app)


# --- webhooks of the carrier ------------------------------------------------------------------------------------


@app.webhook("/contacts/{contact_id}/offers/{offer_id}/answered")
def offer_answered(contact_id: str, offer_id: str) -> Document:
    """The agent's leg was answered."""
    call = app.carrier_request()
    return accept.leg_answered(call.deps, ContactId(contact_id), OfferId(offer_id), call.call_sid)


@app.webhook("/contacts/{contact_id}/offers/{offer_id}/key")
def offer_key(contact_id: str, offer_id: str) -> Document:
    """The agent pressed a key, or none."""
    call = app.carrier_request()
    keys = call.params.get("Digits", "")
    return accept.key_pressed(call.deps, ContactId(contact_id), OfferId(offer_id), call.call_sid, keys)


@app.webhook("/contacts/{contact_id}/offers/{offer_id}/status", fallback=silence)
def offer_status(contact_id: str, offer_id: str) -> None:
    """Progress of the agent's leg."""
    call = app.carrier_request()
    status = call.params.get("CallStatus", "")
    duration_s = seconds(call.params.get("CallDuration", ""))
    room.leg_reported(call.deps, ContactId(contact_id), OfferId(offer_id), call.call_sid, status, duration_s)


@app.webhook("/contacts/{contact_id}/offers/{offer_id}/room", fallback=silence)
def room_events(contact_id: str, offer_id: str) -> None:
    """Who joined and left the room."""
    call = app.carrier_request()
    event = call.params.get("StatusCallbackEvent", "")
    room.room_reported(call.deps, ContactId(contact_id), OfferId(offer_id), event, call.call_sid)


@app.webhook("/contacts/{contact_id}/recording", fallback=silence)
def recording(contact_id: str) -> None:
    """Progress of a recording."""
    call = app.carrier_request()
    params = call.params
    facts = Recording(
        params.get("RecordingSid", ""),
        params.get("RecordingStatus", ""),
        int(seconds(params.get("RecordingDuration", ""))),
    )
    reporting.recording_reported(call.deps, ContactId(contact_id), facts, params.get("RecordingUrl", ""))


callbacks.routes(app)
voicemails.routes(app)


# --- the agent's desk -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SignIn:
    """endpoint: how to ring; left out = as configured."""

    endpoint: Endpoint | None = None
    state: AgentState = AgentState.AVAILABLE


@dataclass(frozen=True)
class Choice:
    """A chosen state; away needs a reason."""

    state: AgentState
    reason: str = ""


@dataclass(frozen=True)
class Beat:
    """The session that is alive."""

    session_id: str


@dataclass(frozen=True)
class Switch:
    """A control that is on or off."""

    on: bool


@dataclass(frozen=True)
class Notes:
    """What the agent wrote down; fields left out stay as they are."""

    disposition: str | None = None
    resolved: bool | None = None
    notes: str | None = None


@app.api("/agents/me", permission=P.CALLS_TAKE)
def my_desk() -> "desk.Desk":
    """Presence and present contact."""
    return desk.desk(app.deps(), _me())


@app.api("/agents/me/session", methods=["POST"], permission=P.CALLS_TAKE)
def sign_in() -> Response:
    """Begin to work."""
    body = app.body(SignIn)
    if body.endpoint is not None:
        check_endpoint(body.endpoint)
    return app.once(lambda: presence.sign_in(app.deps(), _me(), endpoint=body.endpoint, state=body.state))


@app.api("/agents/me/session", methods=["DELETE"], permission=P.CALLS_TAKE)
def sign_out() -> Agent:
    """Stop working, after the present contact if there is one."""
    return presence.sign_out(app.deps(), _me())


@app.api("/agents/me/state", methods=["PUT"], permission=P.CALLS_TAKE)
def choose_state() -> Agent:
    """Available, away or offline; during a contact: what comes next."""
    choice = app.body(Choice)
    return _glancing(lambda deps: presence.choose_state(deps, _me(), choice.state, choice.reason))


@app.api("/agents/me/heartbeat", methods=["POST"], permission=P.CALLS_TAKE)
def heartbeat() -> Response:
    """The device is there; due every 10 s."""
    presence.heartbeat(app.deps(), _me(), app.body(Beat).session_id)
    return no_content()


@app.api("/agents/me/voice-token", methods=["POST"], permission=P.CALLS_TAKE)
def voice_token() -> Response:
    """What this agent's browser signs in to the carrier with, valid for an hour."""
    return ok(browser_token.browser_token(app.identity()))


@app.api("/agents/me/wrap-up", methods=["DELETE"], permission=P.CALLS_TAKE)
def finish_wrap_up() -> Agent:
    """Done with the contact."""
    return _glancing(lambda deps: wrap_up.finish(deps, _me()))


@app.api("/contacts/{contact_id}/offers/{offer_id}", methods=["DELETE"], permission=P.CALLS_TAKE)
def decline_offer(contact_id: str, offer_id: str) -> Response:
    """Decline."""
    offers.decline(app.deps(), _me(), ContactId(contact_id), OfferId(offer_id))
    return no_content()


@app.api("/contacts/{contact_id}/hold", methods=["PUT"], permission=P.CALLS_TAKE)
def hold(contact_id: str) -> "desk.Desk":
    """Hold or resume the customer."""
    talking.hold(app.deps(), _me(), ContactId(contact_id), app.body(Switch).on)
    return desk.desk(app.deps(), _me())


@app.api("/contacts/{contact_id}/mute", methods=["PUT"], permission=P.CALLS_TAKE)
def mute(contact_id: str) -> "desk.Desk":
    """Mute or unmute the agent."""
    talking.mute(app.deps(), _me(), ContactId(contact_id), app.body(Switch).on)
    return desk.desk(app.deps(), _me())


@app.api("/contacts/{contact_id}/conversation", methods=["DELETE"], permission=P.CALLS_TAKE)
def hang_up(contact_id: str) -> "desk.Desk":
    """End the conversation."""
    _glancing(lambda deps: talking.hang_up(deps, _me(), ContactId(contact_id)))
    return desk.desk(app.deps(), _me())


@app.api("/contacts/{contact_id}/notes", methods=["PATCH"], permission=P.CALLS_TAKE)
def note(contact_id: str) -> "desk.Desk":
    """Disposition, resolved and notes."""
    notes = app.body(Notes)
    wrap_up.note(
        app.deps(),
        _me(),
        ContactId(contact_id),
        disposition=notes.disposition,
        resolved=notes.resolved,
        notes=notes.notes,
    )
    return desk.desk(app.deps(), _me())


@app.api("/contacts/{contact_id}/explanation", permission=P.FLOOR_WATCH)
def explanation(contact_id: str) -> dict[str, str]:
    """Why did this call go there; why is it waiting."""
    return {"explanation": desk.explain(app.deps(), ContactId(contact_id), app.identity().scope)}


call_control.routes(app)
supervision.routes(app)


# --- workers ----------------------------------------------------------------------------------------------------


@app.on_sqs_message(queue="work", name="work")
@queue_worker
def work(deps: Deps, message: Message) -> None:
    """One hint of the work queue."""
    hints.handle(deps, message)


@app.schedule("rate(1 minute)", name="sweep")
@schedule_worker
def sweep() -> None:
    """One hint a tenant to look at everything that is open."""
    hint_each_tenant(Topic.SWEEP)


def seconds(text: str) -> float:
    """A duration as the carrier writes it; anything else is 0."""
    return float(text) if text.isdecimal() else 0.0


def _me() -> AgentId:
    return app.identity().agent_id


def _glancing(act: "Callable[[Deps], T]") -> T:
    return glances.at_a_glance(app.deps(), act)
