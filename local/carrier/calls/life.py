"""The whole of a leg's life, around whatever REST redirects it to."""

from typing import TYPE_CHECKING

from local.carrier.calls.program import run_call
from local.carrier.model.call import Call
from local.carrier.process import Steps
from local.carrier.signals import Redirected

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def life(carrier: "Carrier", call: Call, body: Steps[None]) -> Steps[None]:
    """Do what the leg was made for, then what each redirect says; a redirect also parts it from its parent."""
    steps = body
    while True:
        try:
            yield from steps
            return
        except Redirected as redirected:
            carrier.note(call, "redirected", "call moved by the application")
            carrier.calls.tell_parent(call, redirected=True)
            steps = run_call(carrier, call, redirected.source)
