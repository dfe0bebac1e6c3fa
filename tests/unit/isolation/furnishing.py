"""What a tenant of the tests has configured, every text marked."""

import json
from importlib.resources import files
from typing import Any

from offhook.domain.analytics.boards import Board, BoardLink, Tile, TileKind, digest_of
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import DAY, AgentId, CustomerId, FlowId, ProfileId, QueueId, SurveyId, TenantId
from offhook.domain.ivr.audio_prompt import AudioPrompt, PromptSound
from offhook.domain.ivr.calendar import Calendar, Opening
from offhook.domain.ivr.screening import Listed
from offhook.domain.recordings.retention import RetentionClass
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.queues import AgentConfig, Queue, RoutingProfile
from offhook.domain.surveys.question import Question
from offhook.domain.surveys.survey import Survey
from offhook.domain.tenants.invitation import Grant, Invitation
from offhook.domain.tenants.membership import PermissionSet
from offhook.domain.tenants.onboarding import Onboarding
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.scope import Team, TeamId
from offhook.usecases.callbacks import asking
from offhook.usecases.deps import Deps
from offhook.usecases.ivr import drafts, incidents, publishing, screening
from offhook.usecases.numbers import ports

from tests.unit.isolation.integrations import be_told

A, B = TenantId("t_able0000000000000000"), TenantId("t_baker000000000000000")
SOUNDS = {"en-US": PromptSound("prompt:pr_x/0011223344556677.wav", "audio/wav", 9, 0.5, "hello.wav")}
LINES = {A: "+14155550100", B: "+14155550200"}


def configure(deps: Deps, mark: Any) -> None:
    """A survey, hours, a queue, a profile, a customer, a number on its way here, and a receiver of webhooks."""
    survey = SurveyId(deps.ids.new("su"))
    question = Question("ok", "resolved", {"en-US": mark("survey.text") + " 1, 2"}, low=1, high=2)
    deps.config.put(Survey(survey, mark("survey.name"), questions=(question,)))
    always = ((Opening("00:00", "24:00"),),) * 7
    deps.config.put(Calendar(deps.ids.new("cal"), mark("calendar.name"), "UTC", weekly=always))
    codes = ("solved", mark("queue.disposition"))
    queue = Queue(QueueId(deps.ids.new("q")), mark("queue.name"), dispositions=codes, wrap_up_s=900)
    deps.config.put(queue)
    deps.config.put(RoutingProfile(ProfileId(deps.ids.new("p")), mark("profile.name"), (queue.id,)))
    customer = Customer(
        CustomerId(deps.ids.new("cu")), name=mark("customer.name"), numbers=(customer_number(deps.tenant.id),),
        tier=mark("customer.tier"), tags=(mark("customer.tag"),),
    )  # fmt: skip
    deps.customers.create(customer)
    numbers, carrier = (customer_number(deps.tenant.id),), mark("port.carrier")
    ports.submit(deps, ports.PortText(numbers, carrier, documents=(mark("port.document"),)))
    deps.config.put(AudioPrompt(deps.ids.new("pr"), mark("prompt.name"), {"en-US": mark("prompt.text")}, SOUNDS))
    deps.config.put(RetentionClass(deps.ids.new("rc"), mark("retention.name")))
    deps.config.put(Onboarding(tested=mark("onboarding.contact")))
    be_told(deps, mark)
    board = Board(f"b_{mark('board.id')}", mark("board.name"), (Tile(TileKind.NUMBER, "waiting", queue.id),))
    deps.config.put(board)
    at = deps.clock.now()
    link_id, secret = f"bl_{mark('link.id')}", digest_of(deps.tenant.id)
    link = BoardLink(link_id, board.id, mark("board.link"), secret, "x", at, at + DAY)
    deps.config.put(link)
    for n in (5, 6):
        at = deps.clock.now() + DAY
        asking.ask(
            deps, asking.Wish(f"{customer_number(deps.tenant.id)[:-1]}{n}", queue.id, mark("member.name"), str(n), at)
        )
    told = incidents.IncidentText(mark("incident.name"), {"en-US": mark("incident.text")}, queues=(queue.id,))
    incidents.post(deps, told)
    screening.put(deps, customer.numbers[0], screening.ListingText(Listed.ALLOW, mark("screening.note")))


def organise(deps: Deps, mark: Any) -> None:
    """A team, a permission set, and somebody who is invited."""
    deps.config.put(Team(TeamId(deps.ids.new("team")), mark("team.name"), (AgentId("a_1"),)))
    deps.config.put(PermissionSet(deps.ids.new("set"), mark("set.name"), (Permission.CALLS_TAKE,)))
    address = f"{mark('invitation.email')}@example.com"
    deps.config.put(Invitation(deps.ids.new("inv"), address, Grant("agent"), mark("invitation.name")))


def customer_number(tenant: TenantId) -> str:
    """Of the customer who is known."""
    return f"+1415557{LINES[tenant][-4:]}"


def staffed(deps: Deps, mark: Any) -> list[AgentId]:
    """One who talks, one who does not hear it ring, one who wrapped up and went away."""
    profile = next(p for p in deps.config.list(RoutingProfile) if p.name == mark("profile.name"))
    found = []
    for n in range(3):
        endpoint = Endpoint(EndpointKind.PHONE, f"+1415558{LINES[deps.tenant.id][-3]}{n:03d}")
        person = AgentConfig(
            AgentId(deps.ids.new("a")), f"{mark('person.name')} {n}", f"{mark('person.email')}@example.com",
            profile.id, endpoint,
        )  # fmt: skip
        deps.config.put(person)
        found.append(person.id)
    return found


def publish(deps: Deps, mark: Any) -> FlowId:
    """The demo's flow, with marked words before it."""
    queue = next(q for q in deps.config.list(Queue) if q.name == mark("queue.name"))
    document = json.loads(files("local.demo").joinpath("flow.json").read_text(encoding="utf-8"))
    attributes = {"type": "set", "attributes": {"marked": mark("flow.attribute")}, "next": "marked"}
    spoken = {"type": "say", "text": {"en-US": mark("flow.text"), "zh-CN": mark("flow.text")}, "next": "hours"}
    document["nodes"] |= {"begin": attributes, "marked": spoken}
    document["tests"] = [{"name": mark("flow.test"), "steps": [{"says": [mark("flow.text")]}]}]
    document["nodes"]["sales"]["queue"] = queue.id
    draft = drafts.create_draft(deps, drafts.FlowText(mark("flow.name"), document | {"start": "begin"}))
    publishing.publish(deps, draft.id, draft.version, "somebody")
    return draft.id
