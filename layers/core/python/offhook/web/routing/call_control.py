"""What an agent does with a call: consult, add, transfer, hand over, speak with, press keys, wrap up, and place one."""

from typing import TYPE_CHECKING, Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook.domain.documents import Document, PressKeys
from offhook.domain.ids import AgentId, ContactId, OfferId
from offhook.domain.routing.party import PartyRole
from offhook.domain.tenants.permissions import Permission as P
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.responses import created, ok
from offhook.web.webhooks import silence

if TYPE_CHECKING:
    from collections.abc import Callable

    from offhook.usecases.routing import control, desk, dial, target_list, targets, wrap_up
else:
    control, desk, dial, target_list, targets, wrap_up = lazily(
        "offhook.usecases.routing", "control", "desk", "dial", "target_list", "targets", "wrap_up"
    )

Text = Annotated[str, Meta(max_length=128)]


class To(Struct, forbid_unknown_fields=True):
    """Whom: kind agent or queue with their id, or number with an international number."""

    kind: "targets.TargetKind"
    id: Text


class PartyText(Struct, forbid_unknown_fields=True):
    """Who is rung into the call. role: consult (the customer on hold) or conference."""

    to: To
    role: PartyRole = PartyRole.CONSULT


class TransferText(Struct, forbid_unknown_fields=True):
    """Who gets the call."""

    to: To


class PartySwitches(Struct, forbid_unknown_fields=True):
    """Fields left out stay as they are."""

    held: bool | None = None
    muted: bool | None = None


class SpeakingText(Struct, forbid_unknown_fields=True):
    """customer, everyone, or the id of a party."""

    to: Text


class KeysText(Struct, forbid_unknown_fields=True):
    """keys: 0-9, *, #, w for half a second's pause; to: the id of a party, "" = the customer."""

    keys: Text
    to: Text = ""


class CallText(Struct, forbid_unknown_fields=True):
    """to: the number; queue_id: on whose behalf, "" = the first queue of the agent; caller_id: one of the tenant's."""

    to: Text
    queue_id: Text = ""
    caller_id: Text = ""


def routes(app: OffhookApp) -> None:
    """Register them."""
    _webhook(app)
    _parties(app)
    _whole_call(app)


def _webhook(app: OffhookApp) -> None:
    @app.webhook("/contacts/{contact_id}/keys/{pressed}", fallback=silence)
    def keys_heard(contact_id: str, pressed: str) -> Document:
        """What a line hears when keys are pressed for it."""
        app.carrier_request()
        from offhook.domain.routing.keypad import pressed_in

        keys = pressed_in(pressed)
        return (PressKeys(keys),) if keys else ()


def _parties(app: OffhookApp) -> None:
    @app.api("/contacts/{contact_id}/parties", methods=["POST"], permission=P.CALLS_TAKE)
    def add_party(contact_id: str) -> Response:
        """Ring somebody into the call."""
        body, deps, me = app.body(PartyText), app.deps(), _me(app)
        return _once(app, lambda: control.invite(deps, me, ContactId(contact_id), _target(body.to), body.role))

    @app.api("/contacts/{contact_id}/parties/{party_id}", methods=["PATCH"], permission=P.CALLS_TAKE)
    def switch_party(contact_id: str, party_id: str) -> "desk.Desk":
        """Hold or mute one party."""
        body = app.body(PartySwitches)
        control.switch_party(
            app.deps(), _me(app), ContactId(contact_id), OfferId(party_id), held=body.held, muted=body.muted
        )
        return _desk(app)

    @app.api("/contacts/{contact_id}/parties/{party_id}", methods=["DELETE"], permission=P.CALLS_TAKE)
    def drop_party(contact_id: str, party_id: str) -> "desk.Desk":
        """Out of the call, or not rung any longer."""
        control.drop(app.deps(), _me(app), ContactId(contact_id), OfferId(party_id))
        return _desk(app)

    @app.api("/contacts/{contact_id}/parties/{party_id}/handover", methods=["POST"], permission=P.CALLS_TAKE)
    def hand_over(contact_id: str, party_id: str) -> Response:
        """The call is theirs: a warm transfer."""
        deps, me = app.deps(), _me(app)
        return _once(app, lambda: control.hand_over(deps, me, ContactId(contact_id), OfferId(party_id)))


def _whole_call(app: OffhookApp) -> None:
    @app.api("/targets", permission=P.CALLS_TAKE)
    def whom() -> "target_list.TargetList":
        """Whom a call can go to now."""
        who = app.identity()
        return target_list.target_list(app.deps(), who.agent_id, who.scope)

    @app.api("/contacts/{contact_id}/transfer", methods=["POST"], permission=P.CALLS_TAKE)
    def transfer(contact_id: str) -> Response:
        """Give the call away without a word: a cold transfer."""
        to, deps, me = _target(app.body(TransferText).to), app.deps(), _me(app)
        return _once(app, lambda: control.transfer(deps, me, ContactId(contact_id), to))

    @app.api("/contacts/{contact_id}/speaking-with", methods=["PUT"], permission=P.CALLS_TAKE)
    def speak_with(contact_id: str) -> "desk.Desk":
        """Swap and merge: whom the agent speaks with; everybody else is on hold."""
        control.speak_with(app.deps(), _me(app), ContactId(contact_id), app.body(SpeakingText).to)
        return _desk(app)

    @app.api("/contacts/{contact_id}/keys", methods=["POST"], permission=P.CALLS_TAKE)
    def press_keys(contact_id: str) -> Response:
        """Keys into the call."""
        body, deps, me = app.body(KeysText), app.deps(), _me(app)
        return _once(app, lambda: control.press(deps, me, ContactId(contact_id), body.keys, body.to), outside=True)

    @app.api("/agents/me/wrap-up/extension", methods=["POST"], permission=P.CALLS_TAKE)
    def extend_wrap_up() -> Response:
        """More time for after-contact work: the queue's wrap-up time once more, twice for a contact."""
        deps, me = app.deps(), _me(app)
        return _once(app, lambda: wrap_up.extend(deps, me))

    @app.api("/calls", methods=["POST"], permission=P.OUTBOUND)
    def place_call() -> Response:
        """Ring the agent's own device, then the number."""
        body = app.body(CallText)
        return app.once(lambda: _placed(app, body))


def _once(app: OffhookApp, act: "Callable[[], object]", *, outside: bool = False) -> Response:
    """The act, then the desk as it is."""

    def acted() -> Response:
        act()
        return ok(_desk(app))

    return app.once(acted, outside=outside)


def _placed(app: OffhookApp, body: CallText) -> Response:
    dial.dial(app.deps(), _me(app), body.to, queue_id=body.queue_id, caller_id=body.caller_id)
    return created(_desk(app), "/routing/agents/me")


def _target(to: To) -> "targets.Target":
    return targets.Target(to.kind, to.id)


def _desk(app: OffhookApp) -> "desk.Desk":
    return desk.desk(app.deps(), _me(app))


def _me(app: OffhookApp) -> AgentId:
    return app.identity().agent_id
