"""The tenant's telephone numbers and the flows that answer them."""

from dataclasses import dataclass, replace
from urllib.parse import unquote

from offhook.domain.errors import Conflict, InvalidInput, NotFound
from offhook.domain.ids import FlowId, TenantId
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.storage import CommitConflict
from offhook.stores.directory import Directory
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.deps import Deps

HANDLE = "NUMBER"


@dataclass(frozen=True, slots=True)
class NumberText:
    """What a number does: the flow that answers it, and what people call it."""

    flow_id: FlowId
    name: str = ""


def assign(deps: Deps, directory: Directory, number: str, text: NumberText) -> Number:
    """Calls to the number, as written in a path, get the flow's published version.

    Raises InvalidInput for no number, NotFound for no such flow and for a number that is not the tenant's: nobody
    can take a number by naming it, or learn whose it is.
    """
    number, flow = _checked(unquote(number)), deps.config.get(FlowDraft, text.flow_id)
    if directory.tenant_of(HANDLE, number) != deps.tenant.id:
        raise NotFound("You have no such number.")
    current = deps.config.find(Number, number)
    if current is None:
        return deps.config.create(Number(number, flow.id, name=text.name.strip()))
    return deps.config.change(replace(current, flow_id=flow.id, name=text.name.strip()))


def unassign(deps: Deps, number: str) -> None:
    """The number is answered by nothing; it stays the tenant's. Nothing there is no error."""
    deps.config.delete(Number, unquote(number))


def claim(directory: Directory, tenant: TenantId, number: str) -> None:
    """The number, which the carrier gave to the tenant's account, is this tenant's from now on; again is no error.

    For provisioning, never for requests. Raises Conflict when it is another's.
    """
    try:
        directory.register(HANDLE, _checked(number), tenant)
    except CommitConflict as taken:
        if directory.tenant_of(HANDLE, number) != tenant:
            raise Conflict("number_not_to_be_had") from taken


def _checked(number: str) -> str:
    if not is_e164(number):
        raise InvalidInput("number_international", field="number")
    return number
