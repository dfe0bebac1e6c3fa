"""A number that a tenant has, and how it came to it; the order to buy one; a request to port some in."""

from dataclasses import dataclass, replace
from enum import StrEnum

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import DAY, HOUR, SECOND, Instant
from offhook.domain.numbers.port import Kind


class Origin(StrEnum):
    """How the number came to the tenant."""

    BOUGHT = "bought"
    FORWARDED = "forwarded"  # it stays with another carrier, which forwards its calls to one of the tenant's numbers
    PORTED = "ported"


class LineState(StrEnum):
    """Whether the number can be used."""

    UNPROVEN = "unproven"  # attached; no call has come through it yet
    ACTIVE = "active"
    MISSING = "missing"  # we have it in our books, the carrier does not
    RELEASING = "releasing"


@dataclass(frozen=True, slots=True)
class Line:
    """A number of the tenant; id: in E.164.

    sid: the carrier's, "" of a forwarded number; target: where a forwarded number must forward to;
    until: an unproven number is forgotten then;
    stands_in_for: the country whose papers are awaited.
    """

    id: str
    version: int = 1
    sid: str = ""
    country: str = ""
    kind: Kind = Kind.LOCAL
    origin: Origin = Origin.BOUGHT
    state: LineState = LineState.ACTIVE
    since: Instant = 0
    target: str = ""
    until: Instant = 0
    stands_in_for: str = ""

    def moved(self, state: LineState, now: Instant) -> "Line":
        """In that state from now on, at the next version."""
        return replace(self, state=state, since=now, version=self.version + 1)


class OrderState(StrEnum):
    """How far a purchase is. What is reserved is finished or undone by whoever looks next."""

    RESERVED = "reserved"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """A purchase under way or over; id: the label of the number at the carrier.

    number: the one wanted, "" = any of the sort; afterwards the one bought. leased_until: a worker is at it.
    """

    id: str
    version: int = 1
    state: OrderState = OrderState.RESERVED
    country: str = ""
    kind: Kind = Kind.LOCAL
    contains: str = ""
    area_code: str = ""
    number: str = ""
    flow_id: str = ""
    name: str = ""
    stands_in_for: str = ""
    at: Instant = 0
    leased_until: Instant = 0
    problem: str = ""


class PortState(StrEnum):
    """How far a port-in is."""

    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    DONE = "done"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


PORT_MOVES: dict[PortState, frozenset[PortState]] = {
    PortState.SUBMITTED: frozenset({PortState.IN_REVIEW, PortState.REJECTED, PortState.CANCELLED}),
    PortState.IN_REVIEW: frozenset({PortState.SCHEDULED, PortState.REJECTED, PortState.CANCELLED}),
    PortState.SCHEDULED: frozenset({PortState.DONE, PortState.REJECTED, PortState.CANCELLED}),
    PortState.DONE: frozenset(),
    PortState.REJECTED: frozenset({PortState.SUBMITTED, PortState.CANCELLED}),
    PortState.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Port:
    """A request to bring numbers from another carrier.

    documents: what was handed in (names of files or references); wanted_on, moves_on: days, yyyy-mm-dd, "" = open;
    note: what the other carrier says.
    """

    id: str
    numbers: tuple[str, ...]
    carrier: str
    account_number: str = ""
    documents: tuple[str, ...] = ()
    wanted_on: str = ""
    moves_on: str = ""
    state: PortState = PortState.SUBMITTED
    note: str = ""
    submitted_at: Instant = 0
    changed_at: Instant = 0
    version: int = 1

    def moved(self, state: PortState, now: Instant, *, moves_on: str = "", note: str = "") -> "Port":
        """In that state; raises Conflict when it is not the next, InvalidInput for a schedule without a day."""
        if state not in PORT_MOVES[self.state]:
            raise Conflict("port_state", port=self.state.value, next=state.value)
        if state is PortState.SCHEDULED and not (moves_on or self.moves_on):
            raise InvalidInput("port_day", field="$.moves_on")
        return replace(self, state=state, changed_at=now, moves_on=moves_on or self.moves_on, note=note or self.note)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return not PORT_MOVES[self.state]


LEASE = 30 * SECOND  # longer than every request of one purchase to the carrier together
PROOF_TIME = 7 * DAY  # how long an attached number may stay unproven
GIVEN_UP = HOUR  # a purchase that nobody could finish for so long is undone, unless the number was bought
