"""Recordings: the agent's pause button, playback, deletion with its proof, legal holds, classes and rules."""

from typing import TYPE_CHECKING, Annotated, Literal

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.ids import ContactId, Instant
from offhook.domain.recordings.policy import RecordingPolicy
from offhook.domain.recordings.regions import Rule
from offhook.domain.recordings.retention import RetentionClass, check_class
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.resources import Resource

if TYPE_CHECKING:
    from offhook.usecases.recordings import controlling, evidence, listing, managing, playing
    from offhook.web import responses
else:
    controlling, evidence, listing, managing, playing = lazily(
        "offhook.usecases.recordings", "controlling", "evidence", "listing", "managing", "playing"
    )
    (responses,) = lazily("offhook.web", "responses")

Reason = Annotated[str, Meta(max_length=500)]


class EvidenceView(Struct):
    """A package; url: when it is ready, for five minutes; sha256: of the file."""

    contact_id: str
    status: str
    asked_at: Instant
    url: str | None
    size: int
    sha256: str


class Wanted(Struct, forbid_unknown_fields=True):
    """What the recording shall do; in-progress also starts one where the agent may."""

    state: Literal["in-progress", "paused", "stopped"]


class Why(Struct, forbid_unknown_fields=True):
    """Kept in the audit trail."""

    reason: Reason


class RulesText(Struct, forbid_unknown_fields=True):
    """numbers: policies by number called; regions: by ISO country, announce or never."""

    numbers: dict[str, RecordingPolicy] = {}
    regions: dict[str, Rule] = {}


CLASSES = Resource(
    RetentionClass, "/retention-classes", "rc", Permission.ROUTING_READ, Permission.RECORDINGS_DELETE, check_class
)


def routes(app: OffhookApp) -> None:
    """/contacts/{id}/recording, /recordings, /legal-holds, /retention-classes, /recording-rules, .../evidence."""
    _controls(app)
    _playback(app)
    _holds(app)
    CLASSES.register(app)
    _rules(app)
    _evidence(app)


def _controls(app: OffhookApp) -> None:
    @app.api("/contacts/{contact_id}/recording", permission=Permission.CALLS_TAKE)
    def recording_mark(contact_id: str) -> Response:
        """What the desk shows all the time: off, recording or paused."""
        return responses.ok(controlling.shown(app.deps(), app.identity().agent_id, ContactId(contact_id)))

    @app.api("/contacts/{contact_id}/recording", methods=["PUT"], permission=Permission.CALLS_TAKE)
    def control_recording(contact_id: str) -> Response:
        """Pause, resume, start or stop; the answer is what the carrier has then."""
        agent, wanted = app.identity().agent_id, app.body(Wanted).state
        return responses.ok(controlling.control(app.deps(), agent, ContactId(contact_id), wanted))


def _playback(app: OffhookApp) -> None:
    @app.api("/recordings", permission=Permission.RECORDINGS_PLAY)
    def recordings() -> Response:
        """Those that are in the bucket, newest call first: ?from=&to=&queue=&agent=&contact=&limit=&cursor=."""
        query, cursors = app.query(), app.cursors()
        page = cursors.page(query)
        found = listing.list_recordings(app.deps(), query, page.limit, page.after, app.identity().scope)
        return responses.ok(cursors.answer(found.data, found.next_after))

    @app.api("/recordings/{recording_id}", permission=Permission.RECORDINGS_PLAY)
    def play_recording(recording_id: str) -> Response:
        """A link for five minutes, with loudness and pauses; the reason is kept in the audit trail."""
        playing.checked_reason(app.query().get("reason", ""))
        return responses.ok(playing.playback(app.deps(), recording_id, app.identity().scope))

    @app.api("/recordings/{recording_id}", methods=["DELETE"], permission=Permission.RECORDINGS_DELETE)
    def delete_recording(recording_id: str) -> Response:
        """Now, before its time; the answer is the proof. Refused while its contact is on legal hold."""
        identity = app.identity()
        return responses.ok(managing.delete(app.deps(), recording_id, identity.user_id, identity.scope))

    @app.api("/recordings/{recording_id}/deletion", permission=Permission.RECORDINGS_PLAY)
    def deletion_of_recording(recording_id: str) -> Response:
        """The proof that it was deleted: when, by which rule, and where the audit trail says so."""
        return responses.ok(managing.deletion(app.deps(), recording_id))


def _holds(app: OffhookApp) -> None:
    @app.api("/legal-holds", permission=Permission.RECORDINGS_DELETE)
    def legal_holds() -> Response:
        """All contacts that must be kept."""
        return responses.listed(managing.holds(app.deps()))

    @app.api("/legal-holds/{contact_id}", methods=["PUT"], permission=Permission.RECORDINGS_DELETE)
    def set_legal_hold(contact_id: str) -> Response:
        """Keep the contact, whatever its retention or an erasure says."""
        reason, by = app.body(Why).reason, app.identity().user_id
        return responses.ok(managing.hold(app.deps(), ContactId(contact_id), reason, by))

    @app.api("/legal-holds/{contact_id}", methods=["DELETE"], permission=Permission.RECORDINGS_DELETE)
    def lift_legal_hold(contact_id: str) -> Response:
        """What is over is deleted from the next night on."""
        managing.lift(app.deps(), ContactId(contact_id))
        return responses.no_content()


def _rules(app: OffhookApp) -> None:
    @app.api("/recording-rules", permission=Permission.ROUTING_READ)
    def recording_rules() -> Response:
        """By number and country, with the table of countries and its sources."""
        told, version = managing.rules(app.deps())
        return responses.ok(told, version=version)

    @app.api("/recording-rules", methods=["PUT"], permission=Permission.RECORDINGS_DELETE)
    def change_recording_rules() -> Response:
        """For calls that are answered from now on; needs If-Match."""
        given, version = app.body(RulesText), app.expected_version()
        told, new = managing.change_rules(app.deps(), given.numbers, given.regions, version)
        return responses.ok(told, version=new)


def _evidence(app: OffhookApp) -> None:
    @app.api("/contacts/{contact_id}/evidence", methods=["POST"], permission=Permission.AUDIT_READ)
    def ask_for_evidence(contact_id: str) -> Response:
        """202: recordings, events and audit entries of the contact are packed; one package a contact at a time."""
        by = app.identity().user_id
        return app.once(lambda: responses.accepted(evidence.ask(app.deps(), ContactId(contact_id), by)))

    @app.api("/contacts/{contact_id}/evidence", permission=Permission.AUDIT_READ)
    def evidence_package(contact_id: str) -> Response:
        """How far it is; when it is ready, a link for five minutes and the digest of the file."""
        found = evidence.found(app.deps(), ContactId(contact_id))
        link = wiring.objects(app.deps().tenant).link(found.key) if found.key else None
        told = EvidenceView(found.contact_id, found.status, found.asked_at, link, found.size, found.digest)
        return responses.ok(told)
