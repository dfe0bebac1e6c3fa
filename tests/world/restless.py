"""Agents who use every control: consult, transfer, add, swap, hold, press keys, drop, hand over, place calls."""

import random
from collections.abc import Callable

from offhook.domain.errors import OffhookError
from offhook.domain.ids import AgentId
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.party import PartyRole
from offhook.usecases.deps import Deps
from offhook.usecases.routing import control, dial, talking
from offhook.usecases.routing.targets import Target, TargetKind

OUTSIDE = tuple(f"+1415559{n:04d}" for n in range(12))
SCRIPTS = (
    "answer after 2 s, hang up after 90 s",
    "answer after 4 s, hang up after 15 s",
    "do not answer",
    "busy",
    "voicemail",
    "answer after 1 s, hang up after 2 s",
)


def outsiders() -> dict[str, str]:
    """What the people at the outside numbers do."""
    return {number: SCRIPTS[n % len(SCRIPTS)] for n, number in enumerate(OUTSIDE)}


def fidget(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    """One thing, drawn, that an agent in conversation may do; what is refused was not possible."""
    if contact.leader is None or contact.leader.agent_id != me or contact.state is not ContactState.CONNECTED:
        return
    act = chance.choice(_WITH_PARTY if contact.live_parties else _ALONE)
    try:
        act(deps, me, contact, chance)
    except OffhookError:
        return


def places(deps: Deps, me: AgentId, chance: random.Random) -> None:
    """An agent calls somebody."""
    try:
        dial.dial(deps, me, chance.choice(OUTSIDE))
    except OffhookError:
        return


def _target(chance: random.Random) -> Target:
    return chance.choice(
        (
            Target(TargetKind.AGENT, f"a_{chance.randint(1, 6)}"),
            Target(TargetKind.QUEUE, chance.choice(("sales", "service"))),
            Target(TargetKind.NUMBER, chance.choice(OUTSIDE)),
        )
    )


def _invite(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    role = chance.choice((PartyRole.CONSULT, PartyRole.CONFERENCE))
    control.invite(deps, me, contact.id, _target(chance), role)


def _transfer(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    control.transfer(deps, me, contact.id, _target(chance))


def _hold(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    talking.hold(deps, me, contact.id, chance.random() < 0.5)


def _keys(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    control.press(deps, me, contact.id, "1#")


def _swap(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    to = chance.choice(("customer", "everyone", *(party.id for party in contact.live_parties)))
    control.speak_with(deps, me, contact.id, to)


def _switch(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    party = chance.choice(contact.live_parties)
    control.switch_party(deps, me, contact.id, party.id, muted=chance.random() < 0.5)


def _hand_over(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    control.hand_over(deps, me, contact.id, chance.choice(contact.live_parties).id)


def _drop(deps: Deps, me: AgentId, contact: Contact, chance: random.Random) -> None:
    control.drop(deps, me, contact.id, chance.choice(contact.live_parties).id)


Act = Callable[[Deps, AgentId, Contact, random.Random], None]
_ALONE: tuple[Act, ...] = (_invite, _invite, _transfer, _hold, _keys)
_WITH_PARTY: tuple[Act, ...] = (_invite, _swap, _swap, _switch, _hand_over, _drop, _transfer, _hold)
