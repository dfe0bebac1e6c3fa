"""Port-ins: asked for by the tenant, followed by whoever deals with the carriers, done when the numbers are here."""

from dataclasses import dataclass, replace
from datetime import date

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.numbers.line import Origin, Port, PortState
from offhook.stores.directory import Directory
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.numbers import claim
from offhook.usecases.numbers.adopt import adopt
from offhook.usecases.numbers.desk import NumberDesk, checked

MOST_NUMBERS, MOST_DOCUMENTS, LONGEST = 100, 20, 200


@dataclass(frozen=True, slots=True)
class PortText:
    """What a tenant says of a port-in. documents: what was handed in, by name or reference; wanted_on: yyyy-mm-dd."""

    numbers: tuple[str, ...]
    carrier: str
    account_number: str = ""
    documents: tuple[str, ...] = ()
    wanted_on: str = ""


def submit(deps: Deps, text: PortText) -> Port:
    """A new request."""
    now = deps.clock.now()
    return deps.config.create(_filled(Port(deps.ids.new("port_"), (), ""), text, submitted_at=now, changed_at=now))


def amend(deps: Deps, port_id: str, version: int, text: PortText) -> Port:
    """Say it anew; what was rejected is submitted again. Raises Conflict once it is scheduled or over."""
    found = deps.config.get(Port, port_id)
    if found.state not in (PortState.SUBMITTED, PortState.IN_REVIEW, PortState.REJECTED):
        raise Conflict("port_unchangeable", port=found.state.value)
    now = deps.clock.now()
    again = found.moved(PortState.SUBMITTED, now) if found.state is PortState.REJECTED else found
    return deps.config.change(_filled(replace(again, version=version), text, changed_at=now))


def cancel(deps: Deps, port_id: str) -> Port:
    """The numbers stay where they are; cancelled already is no error."""
    return move(deps, port_id, PortState.CANCELLED)


def move(deps: Deps, port_id: str, state: PortState, *, moves_on: str = "", note: str = "") -> Port:
    """What the carriers say; for the operator, and for cancelling. In that state already is no error."""
    found = deps.config.get(Port, port_id)
    if found.state is state and not (moves_on or note):
        return found
    return deps.config.change(found.moved(state, deps.clock.now(), moves_on=_day(moves_on, "$.moves_on"), note=note))


def complete(desk: NumberDesk, port_id: str) -> Port:
    """The numbers are in the tenant's account: they are its own from now on, led here and counted. Again is no error.

    Raises Conflict naming the numbers that are not there yet, or that are another tenant's.
    """
    port = desk.deps.config.get(Port, port_id)
    if port.state is PortState.DONE:
        return port
    if port.state is not PortState.SCHEDULED:
        raise Conflict("port_uncompleted", port=port.state.value)
    theirs = {one.number: one.sid for one in desk.carrier.owned()}
    absent = [number for number in port.numbers if number not in theirs]
    if absent:
        raise Conflict("port_numbers_absent", numbers=[*absent])
    for number in port.numbers:
        claim(Directory(desk.directory), desk.deps.tenant.id, number)
        desk.carrier.lead_here(theirs[number], f"{desk.deps.tenant.id}:{port.id}")
        adopt(desk, theirs[number], number, Origin.PORTED)
    return move(desk.deps, port_id, PortState.DONE)


def _filled(port: Port, text: PortText, *, changed_at: int, submitted_at: int | None = None) -> Port:
    _check(text)
    return replace(
        port, numbers=tuple(dict.fromkeys(text.numbers)), carrier=text.carrier.strip(), documents=text.documents,
        account_number=text.account_number.strip(), wanted_on=text.wanted_on, changed_at=changed_at,
        submitted_at=port.submitted_at if submitted_at is None else submitted_at,
    )  # fmt: skip


def _check(text: PortText) -> None:
    if not 1 <= len(text.numbers) <= MOST_NUMBERS:
        raise InvalidInput("numbers_most", field="$.numbers", least=1, most=MOST_NUMBERS)
    for n, number in enumerate(text.numbers):
        checked(number, f"$.numbers[{n}]")
    if not 1 <= len(text.carrier.strip()) <= LONGEST:
        raise InvalidInput("port_carrier", field="$.carrier")
    if len(text.account_number) > LONGEST:
        raise InvalidInput("text_length", field="$.account_number", most=LONGEST)
    if len(text.documents) > MOST_DOCUMENTS or any(not 1 <= len(one) <= LONGEST for one in text.documents):
        raise InvalidInput("documents", field="$.documents", most=MOST_DOCUMENTS, longest=LONGEST)
    _day(text.wanted_on, "$.wanted_on")


def _day(given: str, field: str) -> str:
    try:
        return given and date.fromisoformat(given).isoformat()
    except ValueError as bad:
        raise InvalidInput("day_malformed", field=field) from bad
