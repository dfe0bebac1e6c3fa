"""The Dial action: requested when the dialling is over, steering the call only if the leg is still here."""

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.twiml.verbs import Dial


def lead_on(context: Context, verb: Dial, params: dict[str, str]) -> Next:
    """With an action its document follows and the verbs after Dial are dead; without, the next verb."""
    return context.follow(verb.action, verb.method, params) if verb.action else None


def report(context: Context, verb: Dial, params: dict[str, str]) -> None:
    """The leg hung up or was redirected: the action is requested all the same, its answer ignored."""
    if verb.action:
        context.report_action(verb.action, verb.method, params)
