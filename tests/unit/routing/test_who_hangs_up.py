"""Who hangs up, when, with which party, on hold or not, in which state of a transfer: every combination ends well.

After each, the customer is where they should be, the carrier's room is what the contact says, and nothing is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import pytest
from offhook.domain.routing.agent import EndpointKind
from offhook.domain.routing.contact import Contact, ContactState, Outcome
from offhook.domain.routing.party import PartyRole
from offhook.usecases.routing import control, offers, talking
from offhook.usecases.routing.targets import TargetKind

from tests.world import checks
from tests.world.scene import ACCEPTS, BUSY, NUMBER, OUTSIDE, QUIET, SILENT, Scene, media_is_as_written
from tests.world.world import world

PHONE, BROWSER = EndpointKind.PHONE, EndpointKind.BROWSER


class When(StrEnum):
    """In which state of a transfer."""

    TALKING = "talking"
    RINGS_TO_CONSULT = "rings to consult"
    RINGS_TO_JOIN = "rings to join"
    RINGS_AFTER_TRANSFER = "rings after a cold transfer"
    CONSULTED = "consulted"
    CONFERENCE = "conference"
    SWAPPED = "swapped"
    GIVEN_AWAY = "transferred cold"
    HANDED_OVER = "transferred warm"
    QUEUED = "transferred to a queue"
    AGENT_DIALLED = "the agent's own device rings"
    CUSTOMER_DIALLED = "the customer is called"
    REACHED = "the customer called talks"


class Who(StrEnum):
    """Who ends it, and how."""

    CUSTOMER = "the customer"
    AGENT = "the agent, by the control"
    DEVICE = "the agent's device"
    PARTY = "the party"
    SILENCE = "nobody answers"
    DROPPED = "the agent drops the party"


class Party(StrEnum):
    """Who the third is."""

    NOBODY = "nobody"
    PHONE = "an agent on a telephone"
    BROWSER = "an agent in a browser"
    OUTSIDE = "an outside number"


RINGING = (When.RINGS_TO_CONSULT, When.RINGS_TO_JOIN)
JOINED = (When.CONSULTED, When.CONFERENCE, When.SWAPPED)
OVER = (When.GIVEN_AWAY, When.HANDED_OVER)
PLACED = (When.AGENT_DIALLED, When.CUSTOMER_DIALLED, When.REACHED)
THIRD = (Party.PHONE, Party.BROWSER, Party.OUTSIDE)
BY: dict[When, tuple[Who, ...]] = {
    When.TALKING: (Who.CUSTOMER, Who.AGENT, Who.DEVICE),
    **dict.fromkeys(RINGING, tuple(Who)),
    When.RINGS_AFTER_TRANSFER: (Who.CUSTOMER, Who.PARTY, Who.SILENCE),
    **dict.fromkeys(JOINED, (Who.CUSTOMER, Who.AGENT, Who.DEVICE, Who.PARTY, Who.DROPPED)),
    When.QUEUED: (Who.CUSTOMER,),
    When.AGENT_DIALLED: (Who.AGENT, Who.SILENCE, Who.PARTY),
    When.CUSTOMER_DIALLED: (Who.AGENT, Who.DEVICE, Who.PARTY, Who.SILENCE),
    When.REACHED: (Who.CUSTOMER, Who.AGENT, Who.DEVICE),
}


@dataclass(frozen=True)
class Case:
    """One combination. agent: the device of the first agent; late: some seconds after the state was reached."""

    when: When
    who: Who
    party: Party
    agent: EndpointKind
    hold: bool
    late: bool

    def __str__(self) -> str:
        held = "held" if self.hold else "not held"
        return f"{self.when}; {self.who} ends; {self.party}; {self.agent}; {held}; {'late' if self.late else 'at once'}"


def _by(when: When, party: Party) -> tuple[Who, ...]:
    if when in OVER:
        return (Who.CUSTOMER, Who.PARTY) if party is Party.OUTSIDE else (Who.CUSTOMER, Who.AGENT, Who.DEVICE)
    return BY[when]


def _cases() -> Iterator[Case]:
    for when in When:
        alone = when in (When.TALKING, When.QUEUED, *PLACED)
        holds = (False,) if when in (When.RINGS_AFTER_TRANSFER, When.QUEUED, *PLACED[:2]) else (False, True)
        for party in (Party.NOBODY,) if alone else THIRD:
            for who, agent, hold, late in product(_by(when, party), (PHONE, BROWSER), holds, (False, True)):
                if not (hold and party is Party.OUTSIDE and when in OVER):  # nobody is there to hold
                    yield Case(when, who, party, agent, hold, late)


CASES = list(_cases())


# --- what should come of it ---------------------------------------------------------------------------------------


def expected(case: Case) -> str:
    """Where the customer is then: gone, with a_1, with a_2, outside, back in the queue, or on in the flow."""
    when, who = case.when, case.who
    if who is Who.CUSTOMER or when in (When.AGENT_DIALLED, When.CUSTOMER_DIALLED):
        return "gone"
    if who in (Who.PARTY, Who.SILENCE, Who.DROPPED):
        return {When.RINGS_AFTER_TRANSFER: "back"}.get(when, "flow" if when in OVER else "with a_1")
    if when in JOINED:
        return _left_with_party(case)
    device = case.agent if when not in OVER else (BROWSER if case.party is Party.BROWSER else PHONE)
    return "back" if who is Who.DEVICE and device is BROWSER else "flow"


def _left_with_party(case: Case) -> str:
    """The leading agent left while a third was in the room."""
    if case.party is not Party.OUTSIDE:
        return "with a_2"
    apart = case.when is not When.CONFERENCE or case.hold
    return "back" if case.who is Who.DEVICE and case.agent is BROWSER and apart else "outside"


def found(contact: Contact) -> str:
    """Where the customer is."""
    if contact.state is ContactState.ENDED and contact.outcome is not None:
        return "gone" if contact.outcome_reason in ("hangup", "no_answer", "busy", "declined", "cancelled") else "flow"
    if contact.visits > 1 or (contact.visits and not contact.flow.flow_id):
        return "back"
    if contact.state is ContactState.CONNECTED and contact.leader is not None:
        return f"with {contact.leader.agent_id}"
    return "outside" if contact.state is ContactState.CONNECTED and contact.is_talking else "flow"


def outcomes(case: Case, place: str) -> set[Outcome]:
    """What may be recorded in the end."""
    if case.when in (When.AGENT_DIALLED, When.CUSTOMER_DIALLED):
        return {Outcome.NOT_REACHED}
    if case.when is When.QUEUED:
        return {Outcome.ABANDONED}
    outside = case.party is Party.OUTSIDE and (case.when in OVER or place == "outside")
    if place == "back":
        return {Outcome.ABANDONED, Outcome.COMPLETED}
    return {Outcome.TRANSFERRED_OUT} if outside else {Outcome.COMPLETED}


# --- how it comes about -------------------------------------------------------------------------------------------


def _third(scene: Scene, case: Case) -> tuple[TargetKind, str, str]:
    """Kind, id and address of the third."""
    if case.party is Party.OUTSIDE:
        return TargetKind.NUMBER, OUTSIDE, OUTSIDE
    kind = BROWSER if case.party is Party.BROWSER else PHONE
    scene.sign_in("a_2", kind)
    return TargetKind.AGENT, "a_2", "client:a_2" if kind is BROWSER else "+14155560002"


def _arrive(scene: Scene, case: Case) -> None:
    """Bring the call into the state."""
    me = scene.sign_in("a_1", case.agent)
    scene.run(1)
    if case.when in PLACED:
        _place(scene, case)
        return
    scene.call()
    if case.when is When.TALKING:
        return
    if case.when is When.QUEUED:
        scene.transfer(me, TargetKind.QUEUE, "service")
        return
    kind, target, address = _third(scene, case)
    accepts = ACCEPTS if case.party is Party.PHONE else QUIET
    ends = {Who.PARTY: f"wait 6 s, {BUSY} after 6 s" if case.late else BUSY}.get(case.who, SILENT)
    rings = case.when in (*RINGING, When.RINGS_AFTER_TRANSFER)
    scene.will(address, (BUSY if case.who is Who.PARTY else ends) if rings else accepts)
    if case.hold and case.when in (*RINGING, When.CONFERENCE):
        scene.act(lambda deps: talking.hold(deps, me, scene.contact_id, True))
    if case.when in (When.RINGS_AFTER_TRANSFER, When.GIVEN_AWAY):
        scene.transfer(me, kind, target)
    else:
        joins = case.when in (When.RINGS_TO_JOIN, When.CONFERENCE)
        scene.invite(me, kind, target, PartyRole.CONFERENCE if joins else PartyRole.CONSULT)
    if not rings:
        _join(scene, case, me)


def _join(scene: Scene, case: Case, me: str) -> None:
    scene.until(lambda: scene.party.joined_at is not None)
    party = scene.party.id
    if case.when is When.SWAPPED:
        scene.act(lambda deps: control.speak_with(deps, me, scene.contact_id, "customer"))
    if case.when is When.HANDED_OVER:
        scene.act(lambda deps: control.hand_over(deps, me, scene.contact_id, party))
    leader = scene.contact.leader
    if case.hold and leader is not None:
        scene.run(1)
        scene.act(lambda deps: talking.hold(deps, leader.agent_id, scene.contact_id, True))


def _place(scene: Scene, case: Case) -> None:
    address = "client:a_1" if case.agent is BROWSER else "+14155560001"
    refuses = {Who.PARTY: BUSY, Who.SILENCE: SILENT, Who.AGENT: SILENT}
    if case.when is When.AGENT_DIALLED:
        scene.will(address, refuses[case.who])
    scene.will(OUTSIDE, refuses.get(case.who, SILENT) if case.when is When.CUSTOMER_DIALLED else QUIET)
    scene.dials(next(iter(scene.present)))
    if case.when is When.CUSTOMER_DIALLED:
        scene.until(lambda: scene.contact.leader is not None or scene.contact.state is ContactState.ENDED)
        scene.until(lambda: any(p.role is PartyRole.DIALLED and p.call_sid for p in scene.contact.parties))
    if case.when is When.REACHED:
        scene.until(lambda: scene.leader_talks)
        if case.hold:
            scene.act(lambda deps: talking.hold(deps, next(iter(scene.present)), scene.contact_id, True))


def _end(scene: Scene, case: Case) -> None:
    """Somebody ends it."""
    contact = scene.contact
    leader = contact.leader
    match case.who:
        case Who.CUSTOMER:
            scene.ends(contact.call_sid)
        case Who.AGENT if case.when is When.AGENT_DIALLED:
            me, party = next(iter(scene.present)), scene.party.id
            scene.act(lambda deps: offers.decline(deps, me, contact.id, party))
        case Who.AGENT:
            assert leader is not None
            scene.hangs_up(leader.agent_id)
        case Who.DEVICE:
            assert leader is not None
            scene.ends(leader.call_sid)
        case Who.DROPPED:
            assert leader is not None
            party = scene.party.id
            scene.act(lambda deps: control.drop(deps, leader.agent_id, contact.id, party))
        case Who.PARTY if scene.party.is_joined:
            scene.ends(scene.party.call_sid)
        case _:
            pass  # what rings is busy, or never answers


def told(case: Case) -> None:
    """The story of the case, with every check."""
    with world(seed=11) as made:
        scene = Scene(made, made.add_tenant("acme", NUMBER, agents=3))
        _arrive(scene, case)
        waits = case.who in (Who.SILENCE, Who.PARTY)
        if not waits or case.when in (*JOINED, *OVER):
            scene.run(9 if case.late else 1)
            media_is_as_written(scene)
        _end(scene, case)
        scene.run(45 if case.who is Who.SILENCE else 10)
        contact = scene.contact
        place = found(contact)
        assert place == expected(case) or (place, expected(case)) == ("gone", "flow"), f"{place}: {contact}"
        media_is_as_written(scene)
        if contact.state is not ContactState.ENDED:
            _customers_end(scene)
        scene.sign_out()
        scene.run(130)
        _nothing_is_left(scene, case, expected(case))


def _customers_end(scene: Scene) -> None:
    scene.run(5)
    if scene.contact.state is not ContactState.ENDED:
        scene.ends(scene.contact.call_sid)
    scene.run(30)


def _nothing_is_left(scene: Scene, case: Case, place: str) -> None:
    made, tenant = scene.world, scene.tenant
    checks.nothing_left(made, tenant)
    checks.no_double_offers(made, tenant)
    checks.report_identity(made, tenant)
    checks.replay_equals_tables(made, tenant)
    assert made.aws.queue.dead == [], made.aws.queue.dead
    assert made.carrier.notifications == [], made.carrier.notifications
    assert scene.contact.outcome in outcomes(case, place), scene.contact


def test_there_are_more_than_five_hundred_combinations():
    assert len(CASES) >= 500
    assert len(set(CASES)) == len(CASES)


@pytest.mark.parametrize("case", CASES[:: len(CASES) // 9], ids=str)
def test_whoever_hangs_up_everything_ends(case):
    told(case)


@pytest.mark.soak
@pytest.mark.parametrize("case", CASES, ids=str)
def test_whoever_hangs_up_in_every_combination_everything_ends(case):
    told(case)
