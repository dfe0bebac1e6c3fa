"""What supervisors do with live calls, agents and queues, and how an agent asks for one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook.domain.ids import AgentId, ContactId, Instant, ProfileId, QueueId
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.domain.routing.party import Monitoring
from offhook.domain.tenants.permissions import Permission as P
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.responses import no_content, ok

if TYPE_CHECKING:
    from offhook.usecases.routing import desk, floor_control, helping, supervise
else:
    desk, floor_control, helping, supervise = lazily(
        "offhook.usecases.routing", "desk", "floor_control", "helping", "supervise"
    )

Note = Annotated[str, Meta(max_length=500)]


class MonitoringText(Struct, forbid_unknown_fields=True):
    """mode: listen, whisper or barge; private: the agent is not shown who listens, where the rules allow it."""

    mode: Monitoring
    private: bool = False


class HelpText(Struct, forbid_unknown_fields=True):
    """What about."""

    note: Note = ""


class StateText(Struct, forbid_unknown_fields=True):
    """available, away (with a reason) or offline."""

    state: AgentState
    reason: Annotated[str, Meta(max_length=128)] = ""


class ProfileText(Struct, forbid_unknown_fields=True):
    """Whose queues the agent serves."""

    profile_id: Annotated[str, Meta(min_length=1, max_length=255)]


class ClosingText(Struct, forbid_unknown_fields=True):
    """until: milliseconds since 1970, left out = until it is opened."""

    closed: bool
    until: Instant | None = None


class SupervisionText(Struct, forbid_unknown_fields=True):
    """private_listening: whether supervisors may choose that the agent is not shown who listens."""

    private_listening: bool


@dataclass(frozen=True, slots=True)
class AgentNow:
    """An agent as supervisors see them; lent: they serve profile_id's queues until they sign out only."""

    id: str
    name: str
    state: str
    reason: str
    since: Instant
    next_state: str
    next_reason: str
    profile_id: str
    lent: bool


class Ended(Struct):
    """A contact that was ended."""

    contact_id: str
    state: ContactState
    outcome: Outcome | None


def routes(app: OffhookApp) -> None:
    """Register them."""
    _calls(app)
    _help(app)
    _agents(app)
    _queues(app)
    _rules(app)


def _calls(app: OffhookApp) -> None:
    @app.api("/contacts/{contact_id}/monitoring", methods=["PUT"], permission=P.CALLS_MONITOR)
    def monitor(contact_id: str) -> Response:
        """Listen, whisper or barge: the supervisor's own device is rung into the call, then only the mode changes."""
        body, who = app.body(MonitoringText), app.identity()
        contact = ContactId(contact_id)
        return ok(supervise.monitor(app.deps(), who.agent_id, who.scope, contact, body.mode, private=body.private))

    @app.api("/contacts/{contact_id}/monitoring", methods=["DELETE"], permission=P.CALLS_MONITOR)
    def stop_monitoring(contact_id: str) -> Response:
        """Out of the call."""
        supervise.stop(app.deps(), app.identity().agent_id, ContactId(contact_id))
        return no_content()

    @app.api("/contacts/{contact_id}/takeover", methods=["POST"], permission=P.CALLS_MONITOR)
    def take_over(contact_id: str) -> Response:
        """The call is the supervisor's, who is in it; the agent wraps up. The answer is the supervisor's desk."""
        who, deps = app.identity(), app.deps()

        def act() -> Response:
            supervise.take_over(deps, who.agent_id, who.scope, ContactId(contact_id))
            return ok(desk.desk(deps, who.agent_id))

        return app.once(act)

    @app.api("/contacts/{contact_id}/end", methods=["POST"], permission=P.AGENTS_CONTROL)
    def end_call(contact_id: str) -> Response:
        """The call is over for the customer and everybody."""
        deps, scope = app.deps(), app.identity().scope

        def act() -> Response:
            contact = floor_control.end_call(deps, scope, ContactId(contact_id))
            return ok(Ended(contact.id, contact.state, contact.outcome))

        return app.once(act)


def _help(app: OffhookApp) -> None:
    @app.api("/contacts/{contact_id}/help", methods=["POST"], permission=P.CALLS_TAKE)
    def ask_for_help(contact_id: str) -> Response:
        """Ask a supervisor into the call."""
        note, me, deps = app.body(HelpText).note, app.identity().agent_id, app.deps()

        def act() -> Response:
            helping.ask(deps, me, ContactId(contact_id), note)
            return ok(desk.desk(deps, me))

        return app.once(act)

    @app.api("/contacts/{contact_id}/help", methods=["DELETE"], permission=P.CALLS_TAKE)
    def withdraw_help(contact_id: str) -> "desk.Desk":
        """No supervisor is needed any more."""
        me = app.identity().agent_id
        helping.withdraw(app.deps(), me, ContactId(contact_id))
        return desk.desk(app.deps(), me)


def _agents(app: OffhookApp) -> None:
    @app.api("/agents/{agent_id}/state", methods=["PUT"], permission=P.AGENTS_CONTROL)
    def set_state(agent_id: str) -> AgentNow:
        """Available, away or offline; during a contact: what comes next."""
        body, scope = app.body(StateText), app.identity().scope
        return _now(floor_control.set_state(app.deps(), scope, AgentId(agent_id), body.state, body.reason))

    @app.api("/agents/{agent_id}/wrap-up", methods=["DELETE"], permission=P.AGENTS_CONTROL)
    def end_wrap_up(agent_id: str) -> AgentNow:
        """The agent is done with the contact, noted or not."""
        return _now(floor_control.end_wrap_up(app.deps(), app.identity().scope, AgentId(agent_id)))

    @app.api("/agents/{agent_id}/profile", methods=["PUT"], permission=P.AGENTS_CONTROL)
    def move(agent_id: str) -> AgentNow:
        """Serve another profile's queues from the next contact on, until sign-out."""
        profile, scope = ProfileId(app.body(ProfileText).profile_id), app.identity().scope
        return _now(floor_control.move(app.deps(), scope, AgentId(agent_id), profile))

    @app.api("/agents/{agent_id}/profile", methods=["DELETE"], permission=P.AGENTS_CONTROL)
    def move_back(agent_id: str) -> AgentNow:
        """Serve the queues of the configured profile again."""
        return _now(floor_control.move_back(app.deps(), app.identity().scope, AgentId(agent_id)))


def _queues(app: OffhookApp) -> None:
    @app.api("/queues/{entity_id}/closing", methods=["PUT"], permission=P.ROUTING_WRITE)
    def switch_queue(entity_id: str) -> Response:
        """Close the queue now, whatever its hours say, or open it."""
        body, scope = app.body(ClosingText), app.identity().scope
        queue = floor_control.switch_queue(app.deps(), scope, QueueId(entity_id), closed=body.closed, until=body.until)
        return ok(queue, version=queue.version)


def _rules(app: OffhookApp) -> None:
    @app.api("/supervision-rules", permission=P.ROUTING_READ)
    def supervision_rules() -> Response:
        """What agents are shown of supervisors."""
        rules = supervise.rules_of(app.deps())
        return ok(rules, version=rules.version)

    @app.api("/supervision-rules", methods=["PUT"], permission=P.AUTH_POLICY)
    def change_supervision_rules() -> Response:
        """Needs If-Match."""
        body = app.body(SupervisionText)
        rules = supervise.change_rules(app.deps(), body.private_listening, app.expected_version())
        return ok(rules, version=rules.version)


def _now(agent: Agent) -> AgentNow:
    return AgentNow(
        agent.id, agent.name, agent.state, agent.reason, agent.state_since, agent.next_state, agent.next_reason,
        agent.profile_id, agent.lent_profile is not None,
    )  # fmt: skip
