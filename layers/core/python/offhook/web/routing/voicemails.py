"""Voicemails: what the carrier says of a message, and the list with which people work."""

from typing import TYPE_CHECKING, Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import AgentId, ContactId
from offhook.domain.recordings.recording import Recording
from offhook.domain.tenants.permissions import Permission as P
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.responses import ok
from offhook.web.webhooks import silence

if TYPE_CHECKING:
    from offhook.usecases.voicemails import desk, taking
    from offhook.usecases.voicemails.desk import Link, VoicemailView
else:
    desk, taking = lazily("offhook.usecases.voicemails", "desk", "taking")


class VoicemailText(Struct, forbid_unknown_fields=True):
    """What came of it: answered, no_answer_needed, unreachable, spam or other."""

    outcome: Annotated[str, Meta(max_length=32)]


def routes(app: OffhookApp) -> None:
    """Add the routes to the app."""
    _reading(app)
    _working(app)

    @app.webhook("/contacts/{contact_id}/voicemail/{step}", fallback=silence)
    def voicemail_recorded(contact_id: str, step: str) -> None:
        """Progress of the recording of a message."""
        call = app.carrier_request()
        params = call.params
        seconds = params.get("RecordingDuration", "")
        facts = Recording(
            params.get("RecordingSid", ""),
            params.get("RecordingStatus", ""),
            int(seconds) if seconds.isdecimal() else 0,
        )
        number = int(step) if step.isascii() and step.isdigit() and len(step) < 7 else -1
        taking.reported(call.deps, ContactId(contact_id), number, facts, params.get("RecordingUrl", ""))


def _reading(app: OffhookApp) -> None:
    @app.api("/voicemails", permission=P.VOICEMAILS_READ)
    def list_voicemails() -> Response:
        """Messages that are not closed, the oldest first."""
        query, cursors = app.query(), app.cursors()
        page = cursors.page(query)
        found, after = desk.listed(app.deps(), app.identity().scope, page.after, page.limit, query.get("queue", ""))
        return ok(cursors.answer(found, after))

    @app.api("/voicemails/{voicemail_id}", permission=P.VOICEMAILS_READ)
    def get_voicemail(voicemail_id: str) -> "VoicemailView":
        """One message, until a month after it was closed."""
        return desk.one(app.deps(), voicemail_id, app.identity().scope)

    @app.api("/voicemails/{voicemail_id}/sound", permission=P.VOICEMAILS_PLAY)
    def play_voicemail(voicemail_id: str) -> "Link":
        """A link to listen to it, good for five minutes; who asks is written down."""
        return desk.link(app.deps(), voicemail_id, app.identity().scope)


def _working(app: OffhookApp) -> None:
    @app.api("/voicemails/{voicemail_id}/claim", methods=["PUT"], permission=P.VOICEMAILS_WRITE)
    def claim_voicemail(voicemail_id: str) -> "VoicemailView":
        """I work on it."""
        return desk.claim(app.deps(), _me(app), voicemail_id, app.identity().scope)

    @app.api("/voicemails/{voicemail_id}/claim", methods=["DELETE"], permission=P.VOICEMAILS_WRITE)
    def give_voicemail_back(voicemail_id: str) -> "VoicemailView":
        """Somebody else shall; who controls agents may let go of it for them."""
        who = app.identity()
        leads = P.AGENTS_CONTROL in who.permissions
        return desk.give_back(app.deps(), who.agent_id, voicemail_id, who.scope, leads=leads)

    @app.api("/voicemails/{voicemail_id}/callback", methods=["POST"], permission=P.VOICEMAILS_WRITE)
    def answer_voicemail(voicemail_id: str) -> Response:
        """Have the caller called back by the queue; asked again, it is the same callback."""
        return app.once(lambda: _answered(app, voicemail_id))

    @app.api("/voicemails/{voicemail_id}/outcome", methods=["PUT"], permission=P.VOICEMAILS_WRITE)
    def close_voicemail(voicemail_id: str) -> "VoicemailView":
        """Done with."""
        text = app.body(VoicemailText).outcome
        if text not in set(desk.VoicemailOutcome):
            raise InvalidInput("not_one_of", field="$.outcome", known=[*desk.VoicemailOutcome])
        outcome = desk.VoicemailOutcome(text)
        return desk.close(app.deps(), _me(app), voicemail_id, outcome, app.identity().scope)


def _answered(app: OffhookApp, voicemail_id: str) -> Response:
    who = app.identity()
    view = desk.call_back(app.deps(), who.agent_id, voicemail_id, who.user_id, who.scope)
    return ok(view, version=view.version)


def _me(app: OffhookApp) -> AgentId:
    return app.identity().agent_id
