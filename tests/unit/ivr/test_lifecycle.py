"""Drafts, publishing, rolling back, calendars and numbers."""

from typing import Any

import pytest
from offhook.adapters.memory.items import MemoryItems
from offhook.domain.errors import Conflict, FlowInvalid, InvalidInput, NotFound, PreconditionFailed
from offhook.domain.ids import FlowId
from offhook.domain.ivr.calendar import Calendar, Opening, Override
from offhook.domain.tenants.plans import limits_of
from offhook.stores.directory import Directory
from offhook.stores.flows import FlowDraft, Number
from offhook.stores.quotas import Quota, QuotaReached, Quotas
from offhook.usecases.ivr import archiving, calendars, drafts, numbers, publishing

from tests.unit.ivr.worlds import CALLED, Tenant, document, menu, queue, said


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def text(name: str = "Main", **nodes: Any) -> drafts.FlowText:
    return drafts.FlowText(name, document(nodes or {"start": menu("One.")}))


def directory(tenant: Tenant) -> Directory:
    return Directory(MemoryItems(tenant.store, None))


def published(tenant: Tenant, name: str = "Main") -> FlowDraft:
    draft = drafts.create_draft(tenant.deps, text(name))
    publishing.publish(tenant.deps, draft.id, draft.version, "u_1")
    numbers.claim(directory(tenant), tenant.deps.tenant.id, CALLED)
    numbers.assign(tenant.deps, directory(tenant), CALLED, numbers.NumberText(draft.id))
    return tenant.deps.config.get(FlowDraft, draft.id)


def test_a_draft_may_hold_anything_and_is_listed(tenant: Tenant) -> None:
    draft = drafts.create_draft(tenant.deps, drafts.FlowText(" Main ", {"nodes": 7}))
    assert drafts.view(draft).document == {"nodes": 7}
    assert [(f.name, f.published) for f in drafts.summaries(tenant.deps)] == [("Main", 0)]
    assert drafts.problems_of(tenant.deps, draft.id)


def test_a_draft_changes_only_for_who_read_its_present_version(tenant: Tenant) -> None:
    draft = drafts.create_draft(tenant.deps, text())
    assert drafts.change_draft(tenant.deps, draft.id, 1, text("Other")).version == 2
    with pytest.raises(PreconditionFailed):
        drafts.change_draft(tenant.deps, draft.id, 1, text("Third"))


def test_a_flow_that_nobody_needs_is_archived_and_restored(tenant: Tenant) -> None:
    draft = drafts.create_draft(tenant.deps, text())
    archived = archiving.archive(tenant.deps, draft.id, True)
    assert archiving.archive(tenant.deps, draft.id, True) == archived
    assert [one.archived for one in drafts.summaries(tenant.deps)] == [True]
    assert not archiving.archive(tenant.deps, draft.id, False).archived


def test_a_plan_counts_the_flows_that_are_not_archived(tenant: Tenant) -> None:
    quotas, plan = Quotas(tenant.deps.items, tenant.deps.tenant.id), tenant.deps.tenant.plan
    first, second = [drafts.create_draft(tenant.deps, text(name)) for name in ("One", "Two")]
    assert quotas.used(Quota.FLOWS) == 2
    archiving.archive(tenant.deps, first.id, True)
    assert quotas.used(Quota.FLOWS) == 1
    quotas.items.commit(quotas.take(Quota.FLOWS, 10**6, limits_of(plan).of(Quota.FLOWS) - 1))
    with pytest.raises(QuotaReached):
        archiving.archive(tenant.deps, first.id, False)
    with pytest.raises(QuotaReached):
        drafts.create_draft(tenant.deps, text("Three"))
    archiving.archive(tenant.deps, second.id, True)
    assert not archiving.archive(tenant.deps, first.id, False).archived


def test_a_flow_that_a_number_or_a_flow_leads_to_is_not_archived(tenant: Tenant) -> None:
    main = published(tenant)
    with pytest.raises(archiving.FlowInUse, match=r"\+1500"):
        archiving.archive(tenant.deps, main.id, True)
    sub = drafts.create_draft(tenant.deps, text("Sub"))
    publishing.publish(tenant.deps, sub.id, sub.version, "u_1")
    caller = drafts.change_draft(
        tenant.deps, main.id, main.version, text(start={"type": "sub_flow", "flow": sub.id, "next": "bye"})
    )
    publishing.publish(tenant.deps, main.id, caller.version, "u_1")
    with pytest.raises(archiving.FlowInUse, match="Main"):
        archiving.archive(tenant.deps, sub.id, True)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_flow_needs_a_name(tenant: Tenant, name: str) -> None:
    with pytest.raises(InvalidInput):
        drafts.create_draft(tenant.deps, text(name))


def test_a_flow_that_records_without_a_notice_does_not_publish(tenant: Tenant) -> None:
    draft = drafts.create_draft(tenant.deps, text(start=queue()))
    with pytest.raises(FlowInvalid) as refused:
        publishing.publish(tenant.deps, draft.id, 1, "u_1")
    assert "recording_without_notice" in refused.value.detail
    assert refused.value.field == "$.nodes.start"
    assert publishing.versions(tenant.deps, draft.id) == []


def test_publishing_answers_calls_and_a_changed_draft_does_not(tenant: Tenant) -> None:
    draft = published(tenant)
    drafts.change_draft(tenant.deps, draft.id, draft.version, text(start=menu("Two.")))
    assert said(tenant.answer()).startswith("One.")


def test_rolling_back_leads_new_calls_to_the_earlier_version(tenant: Tenant) -> None:
    draft = published(tenant)
    draft = drafts.change_draft(tenant.deps, draft.id, draft.version, text(start=menu("Two.")))
    publishing.publish(tenant.deps, draft.id, draft.version, "u_2")
    draft = tenant.deps.config.get(FlowDraft, draft.id)
    assert (draft.published, [v.number for v in publishing.versions(tenant.deps, draft.id)]) == (2, [2, 1])
    back = publishing.lead_to(tenant.deps, draft.id, draft.version, 1)
    assert said(tenant.answer()).startswith("One.")
    third = publishing.publish(tenant.deps, draft.id, back.version, "u_2")
    assert third.number == 3


def test_a_version_never_changes_and_is_found_by_its_number(tenant: Tenant) -> None:
    draft = published(tenant)
    assert publishing.version(tenant.deps, draft.id, "1").published_by == "u_1"
    for number in ("2", "x", "-1", "9" * 9, "²"):
        with pytest.raises(NotFound):
            publishing.version(tenant.deps, draft.id, number)


def test_two_who_publish_the_same_draft_make_one_version(tenant: Tenant) -> None:
    draft = drafts.create_draft(tenant.deps, text())
    publishing.publish(tenant.deps, draft.id, 1, "u_1")
    with pytest.raises(PreconditionFailed):
        publishing.publish(tenant.deps, draft.id, 1, "u_2")
    assert len(publishing.versions(tenant.deps, draft.id)) == 1


def test_another_tenants_flow_looks_missing(tenant: Tenant) -> None:
    draft = published(tenant)
    other = Tenant("t_two", store=tenant.store)
    for look in (
        lambda: drafts.problems_of(other.deps, draft.id),
        lambda: drafts.change_draft(other.deps, draft.id, 1, text()),
        lambda: publishing.publish(other.deps, draft.id, 2, "u_9"),
        lambda: publishing.version(other.deps, draft.id, "1"),
        lambda: publishing.lead_to(other.deps, draft.id, 2, 1),
        lambda: numbers.assign(other.deps, directory(other), CALLED, numbers.NumberText(draft.id)),
    ):
        with pytest.raises(NotFound):
            look()


def test_a_calendar_is_written_switched_and_read(tenant: Tenant) -> None:
    written = calendars.CalendarText(name="Office", time_zone="Europe/Berlin", weekly=((Opening("09:00", "17:00"),),))
    calendar = calendars.create(tenant.deps, written)
    assert calendars.status(tenant.deps, calendar.id).status == "open"
    switched = calendars.override(tenant.deps, calendar.id, 1, calendars.OverrideText(Override.CLOSED))
    assert calendars.status(tenant.deps, calendar.id).status == "closed"
    with pytest.raises(PreconditionFailed):
        calendars.override(tenant.deps, calendar.id, 1, calendars.OverrideText(Override.OPEN))
    assert calendars.change(tenant.deps, calendar.id, switched.version, written).override is Override.NONE


def test_a_faulty_calendar_is_refused_with_its_place(tenant: Tenant) -> None:
    with pytest.raises(InvalidInput) as refused:
        calendars.create(tenant.deps, calendars.CalendarText(name="x", time_zone="Nowhere"))
    assert refused.value.field == "$.time_zone"


def test_a_calendar_in_use_stays(tenant: Tenant) -> None:
    tenant.deps.config.put(Calendar("cal", "Office", "UTC"))
    hours = {"type": "hours", "calendar": "cal", "open": "bye", "closed": "bye"}
    draft = drafts.create_draft(tenant.deps, text(start=hours))
    publishing.publish(tenant.deps, draft.id, 1, "u_1")
    with pytest.raises(Conflict):
        calendars.delete(tenant.deps, "cal")
    assert tenant.deps.config.find(Calendar, "cal")


def test_a_number_belongs_to_one_tenant_and_is_no_number_to_others(tenant: Tenant) -> None:
    published(tenant)
    other = Tenant("t_two", store=tenant.store)
    theirs = numbers.NumberText(drafts.create_draft(other.deps, text()).id)
    with pytest.raises(Conflict):
        numbers.claim(directory(other), other.deps.tenant.id, CALLED)
    numbers.unassign(other.deps, CALLED)
    for number in (CALLED, "+15005559999"):
        with pytest.raises(NotFound) as refused:
            numbers.assign(other.deps, directory(other), number, theirs)
        assert refused.value.detail == "You have no such number."


def test_a_number_that_is_answered_by_nothing_stays_its_tenants(tenant: Tenant) -> None:
    flow = published(tenant)
    numbers.unassign(tenant.deps, CALLED)
    assert tenant.deps.config.find(Number, CALLED) is None
    assert numbers.assign(tenant.deps, directory(tenant), CALLED, numbers.NumberText(flow.id)).version == 1


def test_a_number_is_an_international_one(tenant: Tenant) -> None:
    draft = published(tenant)
    with pytest.raises(InvalidInput):
        numbers.assign(tenant.deps, directory(tenant), "5550006", numbers.NumberText(draft.id))


def test_a_number_can_be_given_another_flow(tenant: Tenant) -> None:
    published(tenant)
    second = drafts.create_draft(tenant.deps, text("Second"))
    assert numbers.assign(tenant.deps, directory(tenant), CALLED, numbers.NumberText(second.id, "Hotline")).version == 2
    assert tenant.deps.config.get(Number, CALLED).flow_id == second.id
    with pytest.raises(NotFound):
        numbers.assign(tenant.deps, directory(tenant), CALLED, numbers.NumberText(FlowId("f_none")))
