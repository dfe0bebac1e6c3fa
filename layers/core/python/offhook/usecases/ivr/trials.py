"""Trial calls: for a while, one caller who dials one number hears a draft instead of what is published."""

from dataclasses import dataclass, replace

from offhook.domain.errors import FlowInvalid, InvalidInput, NotFound, PreconditionFailed
from offhook.domain.ids import MINUTE, FlowId, Instant
from offhook.domain.ivr.numbers import caller_number
from offhook.stores.counters import Tail
from offhook.stores.flows import FlowDraft, Number, Trial
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.drafts import check
from offhook.usecases.ivr.situation import flows_of

LASTS = 15 * MINUTE


@dataclass(frozen=True, slots=True)
class TrialText:
    """Who will call which of the tenant's numbers; number "" = the first that a flow answers."""

    caller: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class TrialView:
    """Call `number` from `caller` before `until` to hear that version of the draft."""

    number: str
    caller: str
    flow_id: FlowId
    draft_version: int
    until: Instant


def begin_trial(deps: Deps, flow_id: FlowId, version: int, text: TrialText) -> TrialView:
    """From now on and for a quarter of an hour; a trial on the same number before it ends.

    Raises FlowInvalid for a draft with problems: its tests may fail, a call must come through.
    """
    draft = deps.config.get(FlowDraft, flow_id)
    if draft.version != version:
        raise PreconditionFailed("The draft changed meanwhile.", field="version")
    caller = caller_number(text.caller)
    if not caller:
        raise InvalidInput("number_international", field="$.caller")
    for problem in check(deps, draft):
        raise FlowInvalid(f"{problem.code}: {problem.detail}", field=problem.path, fault=problem.code)
    number, now = _number(deps, text.number), deps.clock.now()
    flows_of(deps).keep_trial(draft, now)
    trial = Trial(caller, draft.id, draft.version, now + LASTS)
    deps.config.change(replace(number, trial=trial))
    Tail(deps.items, deps.tenant.id).watch(now)  # who tries wants to see it, also what happens before the first look
    return _view(number, trial)


def trials(deps: Deps, flow_id: FlowId) -> list[TrialView]:
    """The trials of this flow that have not run out."""
    deps.config.get(FlowDraft, flow_id)
    return [_view(number, trial) for number, trial in _running(deps, flow_id)]


def end_trials(deps: Deps, flow_id: FlowId) -> None:
    """The published flow answers everybody again; calls under way go on."""
    deps.config.get(FlowDraft, flow_id)
    for number, _ in _running(deps, flow_id):
        deps.config.change(replace(number, trial=None))


def _running(deps: Deps, flow_id: FlowId) -> list[tuple[Number, Trial]]:
    now = deps.clock.now()
    found = [(number, number.trial) for number in deps.config.list(Number) if number.trial is not None]
    return [(number, trial) for number, trial in found if trial.flow_id == flow_id and now < trial.until]


def _number(deps: Deps, wanted: str) -> Number:
    if wanted:
        return deps.config.get(Number, wanted)
    for number in deps.config.list(Number):
        return number
    raise NotFound("No number of yours is answered by a flow.")


def _view(number: Number, trial: Trial) -> TrialView:
    return TrialView(number.id, trial.caller, trial.flow_id, trial.draft_version, trial.until)
