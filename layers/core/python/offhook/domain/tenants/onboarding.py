"""The first run of a tenant: what is left to do before callers are let in, ticked by what is really there."""

from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import Instant
from offhook.domain.ivr.calendar import Calendar

ID = "onboarding"


class Milestone(StrEnum):
    """What a new owner does, in this order."""

    HOURS = "hours"
    SIZE = "size"
    NUMBER = "number"
    FLOW = "flow"
    INVITE = "invite"
    TEST_CALL = "test_call"
    GO_LIVE = "go_live"


NEEDED = (Milestone.HOURS, Milestone.NUMBER, Milestone.FLOW, Milestone.TEST_CALL)  # for going live


class NotReady(Conflict):
    """Something is left to do before going live; the detail names it."""

    code = "not_ready"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a size is estimated from.

    accounts: customers; share_percent: how many of them call in a month; calls_each: how often a month who calls does;
    handle_s: mean handling time (AHT); target_percent of the calls are answered within target_s.
    """

    accounts: int
    share_percent: float
    calls_each: float
    handle_s: int
    target_percent: int = 80
    target_s: int = 20


@dataclass(frozen=True, slots=True)
class Onboarding:
    """How far a tenant is that signed up. tested: the contact of the first answered call, "" = none was seen yet."""

    id: str = ID
    version: int = 1
    estimate: Estimate | None = None
    tested: str = ""
    live_at: Instant | None = None
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is there. number: the first that a published flow answers, "" = none; people: members and invited."""

    calendars: tuple[Calendar, ...] = ()
    number: str = ""
    flows_published: int = 0
    people: int = 1


def steps_done(known: Onboarding, facts: Facts) -> frozenset[Milestone]:
    """The steps that need no doing any more."""
    done = {
        Milestone.HOURS: any(map(_is_set, facts.calendars)),
        Milestone.SIZE: known.estimate is not None,
        Milestone.NUMBER: bool(facts.number),
        Milestone.FLOW: facts.flows_published > 0,
        Milestone.INVITE: facts.people > 1,
        Milestone.TEST_CALL: bool(known.tested),
        Milestone.GO_LIVE: known.live_at is not None,
    }
    return frozenset(step for step, is_done in done.items() if is_done)


def require_ready(done: frozenset[Milestone]) -> None:
    """Raise NotReady while something that callers would notice is left."""
    left = [step.value for step in NEEDED if step not in done]
    if left:
        raise NotReady("steps_left", steps=[*left])


def checked(estimate: Estimate) -> Estimate:
    """The estimate; raises InvalidInput naming the field."""
    ranges = {
        "accounts": (1, 100_000_000),
        "share_percent": (0.01, 100),
        "calls_each": (0.01, 100),
        "handle_s": (10, 7200),
        "target_percent": (1, 99),
        "target_s": (1, 3600),
    }
    for name, (low, high) in ranges.items():
        if not low <= getattr(estimate, name) <= high:
            raise InvalidInput("value_number", field=f"$.{name}", least=low, most=high)
    return estimate


def _is_set(calendar: Calendar) -> bool:
    """Somebody looked at it and stored it: what a set-up makes has the first version; nothing holds it open by hand."""
    return calendar.version > 1 and not calendar.override and any(calendar.weekly)
