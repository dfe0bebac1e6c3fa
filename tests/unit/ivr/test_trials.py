"""Trial calls: one caller hears a draft for a while; what happens is marked, and counts nowhere."""

import json
from dataclasses import replace

import pytest
from offhook.domain.errors import FlowInvalid, InvalidInput, NotFound, PreconditionFailed
from offhook.domain.events import ContactEnded
from offhook.domain.ids import CallSid, contact_id_for
from offhook.domain.routing.contact import Outcome
from offhook.stores.codec import decode_events
from offhook.stores.counters import Tail
from offhook.stores.flows import FlowDraft
from offhook.usecases.ivr import drafts, trials
from offhook.usecases.ivr.answer_call import IncomingCall, answer_call
from offhook.usecases.ivr.end_call import end_reported
from offhook.usecases.ivr.trials import LASTS, TrialText

from tests.unit.ivr.worlds import CALLED, CALLER, FLOW, SID, Tenant, document, menu, said

PUBLISHED = {"start": menu("Published.")}
DRAFTED = {"start": menu("Drafted.")}


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    made.publish(PUBLISHED)
    return made


def draft_of(tenant: Tenant, nodes: dict[str, object]) -> int:
    """The next version of the draft."""
    current = tenant.deps.config.get(FlowDraft, FLOW)
    text = drafts.FlowText("Main", document(nodes))  # type: ignore[arg-type]  # nodes
    return drafts.change_draft(tenant.deps, FLOW, current.version, text).version


def tried(tenant: Tenant) -> None:
    trials.begin_trial(tenant.deps, FLOW, draft_of(tenant, dict(DRAFTED)), TrialText(CALLER))


def test_who_tries_a_draft_hears_it_and_everybody_else_what_is_published(tenant: Tenant) -> None:
    tried(tenant)
    assert said(tenant.answer()) == "Drafted."
    other = IncomingCall(CallSid("CA" + "2" * 32), "+14155550199", CALLED)
    assert said(answer_call(tenant.deps, other)) == "Published."
    withheld = IncomingCall(CallSid("CA" + "3" * 32), "anonymous", CALLED)
    assert said(answer_call(tenant.deps, withheld)) == "Published."


def test_the_events_of_a_trial_are_kept_before_anybody_asked_for_them(tenant: Tenant) -> None:
    tail = Tail(tenant.deps.items, tenant.deps.tenant.id)
    assert not tail.is_watched(tenant.clock.now())
    tried(tenant)
    assert tail.is_watched(tenant.clock.now())


def test_a_trial_runs_out_and_can_be_ended_while_its_call_goes_on(tenant: Tenant) -> None:
    tried(tenant)
    (running,) = trials.trials(tenant.deps, FLOW)
    assert (running.number, running.caller) == (CALLED, CALLER)
    tenant.answer()
    trials.end_trials(tenant.deps, FLOW)
    assert trials.trials(tenant.deps, FLOW) == []
    assert said(tenant.press("9")).endswith("Drafted.")
    tried(tenant)
    tenant.clock.advance(LASTS / 1000)
    again = IncomingCall(CallSid("CA" + "4" * 32), CALLER, CALLED)
    assert said(answer_call(tenant.deps, again)) == "Published."


def test_the_draft_may_change_during_a_trial_call_which_keeps_what_it_began_on(tenant: Tenant) -> None:
    tried(tenant)
    tenant.answer()
    draft_of(tenant, {"start": menu("Changed.")})
    assert said(tenant.press("9")).endswith("Drafted.")


def test_every_event_of_a_trial_is_marked_and_of_other_calls_none(tenant: Tenant) -> None:
    tried(tenant)
    tenant.answer()
    tenant.press("1")
    end_reported(tenant.deps, IncomingCall(SID, CALLER, CALLED))
    other = IncomingCall(CallSid("CA" + "2" * 32), "+14155550199", CALLED)
    answer_call(tenant.deps, other)
    marks: dict[str, set[bool]] = {}
    for record in tenant.store.stream:
        for event in decode_events(record.new.events) if record.new and record.new.events else []:
            marks.setdefault(event["contact_id"], set()).add(event.get("trial", False))
    assert marks[tenant.contact_id] == {True}
    assert marks[contact_id_for(tenant.deps.tenant.id, other.sid)] == {False}
    assert tenant.contact.outcome is Outcome.SELF_SERVED
    assert ContactEnded.type in tenant.events()


def test_a_draft_with_problems_an_old_one_and_a_caller_without_number_are_refused(tenant: Tenant) -> None:
    version = draft_of(tenant, {"start": {"type": "say", "text": {"en-US": "x"}}})
    with pytest.raises(FlowInvalid):
        trials.begin_trial(tenant.deps, FLOW, version, TrialText(CALLER))
    with pytest.raises(PreconditionFailed):
        trials.begin_trial(tenant.deps, FLOW, version - 1, TrialText(CALLER))
    version = draft_of(tenant, dict(DRAFTED))
    with pytest.raises(InvalidInput):
        trials.begin_trial(tenant.deps, FLOW, version, TrialText("anonymous"))
    with pytest.raises(NotFound):
        trials.begin_trial(tenant.deps, FLOW, version, TrialText(CALLER, "+15005550099"))
    assert trials.trials(tenant.deps, FLOW) == []


def test_a_draft_whose_tests_fail_can_be_tried(tenant: Tenant) -> None:
    current = tenant.deps.config.get(FlowDraft, FLOW)
    failing = document(dict(DRAFTED), tests=[{"name": "x", "steps": [{"path": ["nowhere"]}]}])
    changed = tenant.deps.config.change(replace(current, document=json.dumps(failing)))
    trials.begin_trial(tenant.deps, FLOW, changed.version, TrialText(CALLER))
    assert said(tenant.answer()) == "Drafted."
