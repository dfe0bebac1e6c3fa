"""Asks the other system that a call's present node names, before the flow goes on."""

from typing import TYPE_CHECKING, cast

from offhook.domain.ivr.inputs import Input, LookedUp
from offhook.domain.ivr.nodes.data_dip import DataDipNode
from offhook.domain.routing.contact import Contact
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_of, world_of

if TYPE_CHECKING:
    from offhook.domain.ivr.nodes.callback import CallbackNode
    from offhook.usecases.integrations import look_up
    from offhook.usecases.ivr import ask_callback
else:
    (ask_callback,) = lazily("offhook.usecases.ivr", "ask_callback")
    (look_up,) = lazily("offhook.usecases.integrations", "look_up")


def looked_up(deps: Deps, contact: Contact, given: Input) -> Input:
    """What came back, or the answer of the other system where the flow asks one."""
    flow = flow_of(deps, contact)
    node = flow.nodes.get(contact.flow.node)
    if node is not None and node.type == "callback":
        return ask_callback.asked(deps, contact, cast("CallbackNode", node))
    if not isinstance(node, DataDipNode) or deps.courier is None:
        return given
    variables = world_of(deps, contact, flow).variables(contact.flow.attributes)
    found = look_up.look_up(deps, deps.courier(), node.connector, variables)
    return LookedUp(found.outcome, found.attributes)
