"""The tenant's telephone numbers and the flows that answer them."""

from dataclasses import dataclass

import msgspec

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import FlowId, TenantId
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Put
from offhook.stores import keys
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True)
class NumberText:
    """What a number does: the flow that answers it, and what people call it."""

    flow_id: FlowId
    name: str = ""


@dataclass(frozen=True, slots=True)
class NumberOwner:
    """Whose number it is; the body of the directory item NUMBER#<e164>."""

    tenant_id: TenantId


def claim(directory: Items, tenant: TenantId, number: str) -> None:
    """The number is this tenant's from now on; again is no error. Raises Conflict when it is another's."""
    if not is_e164(number):
        raise InvalidInput("An international number: + and 8 to 15 digits.", field="number")
    key = keys.directory("NUMBER", number)
    body = msgspec.json.encode(NumberOwner(tenant))
    try:
        directory.commit(Put(Item(key, body=body), expect=0))
    except CommitConflict as taken:
        item = directory.get(key)
        if item is None or msgspec.json.decode(item.body, type=NumberOwner).tenant_id != tenant:
            raise Conflict("This number cannot be had.") from taken


def release(directory: Items, tenant: TenantId, number: str) -> None:
    """The number is nobody's; one that is another tenant's stays."""
    key = keys.directory("NUMBER", number)
    item = directory.get(key)
    if item is not None and msgspec.json.decode(item.body, type=NumberOwner).tenant_id == tenant:
        directory.commit(Delete(key, expect=item.version))


def assign(deps: Deps, number: str, text: NumberText) -> Number:
    """Calls to the number, claimed before, get the flow's published version. Raises NotFound for no such flow."""
    flow = deps.config.get(FlowDraft, text.flow_id)
    current = deps.config.find(Number, number)
    if current is None:
        return deps.config.create(Number(number, flow.id, name=text.name.strip()))
    return deps.config.change(Number(number, flow.id, current.version, text.name.strip()))
