"""Callbacks: the webhooks of the customer's leg, and the list with which people work."""

from typing import TYPE_CHECKING, Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook.domain.documents import Document
from offhook.domain.ids import AgentId, ContactId, Instant, QueueId
from offhook.domain.tenants.permissions import Permission as P
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.carrier import CarrierRequest
from offhook.web.responses import created, no_content, ok
from offhook.web.webhooks import silence

if TYPE_CHECKING:
    from offhook.usecases.callbacks import answering, asking, desk
    from offhook.usecases.callbacks.desk import CallbackView, CloseReason
else:
    answering, asking, desk = lazily("offhook.usecases.callbacks", "answering", "asking", "desk")

Id = Annotated[str, Meta(min_length=1, max_length=64)]


class CallbackText(Struct, forbid_unknown_fields=True):
    """Whom to call back, by which queue's agents; at: milliseconds since 1970, left out = as soon as possible.

    owner: the agent who is asked first, and reminded remind_s seconds before (0 = not).
    """

    number: Annotated[str, Meta(max_length=20)]
    queue: Id
    at: Instant | None = None
    owner: Annotated[str, Meta(max_length=64)] = ""
    remind_s: float = 0.0


class OutcomeText(Struct, forbid_unknown_fields=True):
    """Why nobody needs to be called any more: resolved, not_needed, wrong_number, duplicate or other."""

    outcome: Annotated[str, Meta(max_length=32)]


def routes(app: OffhookApp) -> None:
    """Add the routes to the app."""
    _webhooks(app)
    _list(app)
    _work(app)


def _webhooks(app: OffhookApp) -> None:
    @app.webhook("/contacts/{contact_id}/callback/{attempt}/answered")
    def callback_answered(contact_id: str, attempt: str) -> Document:
        """A person or a machine answered."""
        call = app.carrier_request()
        return answering.answered(call.deps, ContactId(contact_id), _leg(call, attempt))

    @app.webhook("/contacts/{contact_id}/callback/{attempt}/status", fallback=silence)
    def callback_status(contact_id: str, attempt: str) -> None:
        """Progress of the leg."""
        call = app.carrier_request()
        answering.reported(call.deps, ContactId(contact_id), _leg(call, attempt))


def _list(app: OffhookApp) -> None:
    @app.api("/callbacks", permission=P.CALLBACKS_READ)
    def list_callbacks() -> Response:
        """Customers who are to be called back: those who wait for an agent, then those put off, by due time."""
        query, cursors = app.query(), app.cursors()
        page = cursors.page(query)
        found, after = desk.callbacks(app.deps(), app.identity().scope, page.after, page.limit, query.get("queue", ""))
        return ok(cursors.answer(found, after))

    @app.api("/callbacks", methods=["POST"], permission=P.CALLBACKS_WRITE)
    def ask_for_callback() -> Response:
        """Have a customer called back, as soon as an agent is free or at a time."""
        return app.once(lambda: _asked(app))

    @app.api("/callbacks/{contact_id}", permission=P.CALLBACKS_READ)
    def get_callback(contact_id: str) -> "CallbackView":
        """One callback, also when it is over."""
        return desk.callback(app.deps(), ContactId(contact_id), app.identity().scope)


def _work(app: OffhookApp) -> None:
    @app.api("/callbacks/{contact_id}", methods=["DELETE"], permission=P.CALLBACKS_WRITE)
    def cancel_callback(contact_id: str) -> Response:
        """Nobody is called any more."""
        desk.close(app.deps(), ContactId(contact_id), desk.CANCELLED, app.identity().scope)
        return no_content()

    @app.api("/callbacks/{contact_id}/claim", methods=["PUT"], permission=P.CALLS_TAKE)
    def claim_callback(contact_id: str) -> "CallbackView":
        """I call this customer now, out of turn."""
        who = app.identity()
        return desk.claim(app.deps(), AgentId(who.agent_id), ContactId(contact_id), who.scope)

    @app.api("/callbacks/{contact_id}/outcome", methods=["PUT"], permission=P.CALLBACKS_WRITE)
    def close_callback(contact_id: str) -> "CallbackView":
        """Settled without a call."""
        reason = _reason(app.body(OutcomeText).outcome)
        return desk.close(app.deps(), ContactId(contact_id), reason, app.identity().scope)


def _asked(app: OffhookApp) -> Response:
    body, who, deps = app.body(CallbackText), app.identity(), app.deps()
    who.scope.require_contact(body.queue, "", "There is no queue with this id.")
    key = f"{who.user_id}/{deps.ids.new('r')}"
    if body.owner:
        who.scope.require_agent(AgentId(body.owner), "There is no such agent.")
    wish = asking.Wish(
        body.number, QueueId(body.queue), who.user_id, key, body.at, owner=body.owner, remind_s=body.remind_s
    )
    made = desk.view_of(asking.ask(deps, wish))
    return created(made, f"/v1/routing/callbacks/{made.id}", version=made.version)


def _reason(text: str) -> "CloseReason":
    from offhook.domain.errors import InvalidInput

    try:
        return desk.CloseReason(text)
    except ValueError as unknown:
        raise InvalidInput("not_one_of", field="$.outcome", known=[*desk.CloseReason]) from unknown


def _leg(call: CarrierRequest, attempt: str) -> "answering.Leg":
    params = call.params
    duration = params.get("CallDuration", "")
    return answering.Leg(
        call.call_sid,
        int(attempt) if attempt.isascii() and attempt.isdigit() and len(attempt) < 7 else -1,
        params.get("CallStatus", ""),
        params.get("AnsweredBy", ""),
        float(duration) if duration.isdecimal() else 0.0,
    )
