"""Screening: who is refused and why; the allow list wins; refusing costs nothing and ends in the outcome `blocked`."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.adapters.memory.clock import NOON
from offhook.domain.documents import HangUp, Refuse
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import MINUTE, CallSid, ContactId
from offhook.domain.ivr.screening import Listed, Rules, Screened, verdict
from offhook.domain.routing.contact import Outcome
from offhook.stores.nuisance import Nuisance
from offhook.usecases.ivr import screening
from offhook.usecases.ivr.answer_call import IncomingCall, answer_call
from offhook.usecases.ivr.end_call import end_reported
from offhook.usecases.ivr.screening import ListingText

from tests.unit.ivr.worlds import CALLED, CALLER, SID, Tenant, menu, said

SCREEN: dict[str, Any] = {
    "type": "screen", "next": "menu", "block_anonymous": True, "nuisance_calls": 3, "nuisance_minutes": 10,
}  # fmt: skip
NODES: dict[str, dict[str, Any]] = {"start": SCREEN, "menu": menu("Choose.")}


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    made.publish(NODES)
    return made


def listed(tenant: Tenant, how: Listed, until: int | None = None) -> None:
    screening.put(tenant.deps, CALLER, ListingText(how, "because", until))


def rung(tenant: Tenant, n: int, after_s: float = 3.0) -> Any:
    """A call that is hung up after some seconds; the report of its end comes twice."""
    call = IncomingCall(CallSid(f"CA{n:032d}"), CALLER, CALLED)
    document = answer_call(tenant.deps, call)
    tenant.clock.advance(after_s)
    for _ in range(2):
        end_reported(tenant.deps, call)
    return document


def test_a_number_on_the_block_list_is_refused_unanswered_and_recorded_as_blocked(tenant: Tenant) -> None:
    listed(tenant, Listed.BLOCK)
    assert tenant.answer() == (Refuse(),)
    assert tenant.answer() == (Refuse(),)
    end_reported(tenant.deps, IncomingCall(SID, CALLER, CALLED))
    assert (tenant.contact.outcome, tenant.contact.outcome_reason) == (Outcome.BLOCKED, "screened_block_list")


def test_a_listing_that_ran_out_or_was_taken_off_refuses_nobody(tenant: Tenant) -> None:
    listed(tenant, Listed.BLOCK, NOON - 1)
    assert said(tenant.answer()) == "Choose."
    assert tenant.contact.flow.attributes["screened"] == "passed"
    screening.remove(tenant.deps, CALLER)
    assert screening.numbers(tenant.deps) == []
    with pytest.raises(NotFound):
        screening.remove(tenant.deps, CALLER)
    with pytest.raises(InvalidInput):
        screening.put(tenant.deps, "911", ListingText(Listed.BLOCK))


def test_withheld_numbers_are_refused_where_the_flow_says_so(tenant: Tenant) -> None:
    assert tenant.answer("anonymous") == (Refuse(),)
    assert tenant.contact.flow.attributes["screened"] == "anonymous"
    tenant.publish({"start": {**SCREEN, "block_anonymous": False}, "menu": menu("Choose.")})
    other = IncomingCall(CallSid("CA" + "9" * 32), "anonymous", CALLED)
    assert said(answer_call(tenant.deps, other)) == "Choose."


def test_the_fourth_call_is_refused_when_three_were_hung_up_within_seconds_and_let_in_later(tenant: Tenant) -> None:
    assert [said(rung(tenant, n)) for n in range(3)] == ["Choose."] * 3
    assert rung(tenant, 3) == (Refuse(),)
    tenant.clock.advance(600)
    assert said(rung(tenant, 4)) == "Choose."


def test_long_calls_and_calls_that_were_served_are_no_nuisance(tenant: Tenant) -> None:
    for n in range(4):
        assert said(rung(tenant, n, 11.0)) == "Choose."


def test_the_allow_list_wins_over_repeated_calls(tenant: Tenant) -> None:
    listed(tenant, Listed.ALLOW)
    for n in range(5):
        assert said(rung(tenant, n)) == "Choose."


def test_a_refused_caller_can_be_led_elsewhere_and_is_then_not_blocked(tenant: Tenant) -> None:
    tenant.publish({"start": {**SCREEN, "refused": "bye"}, "menu": menu("Choose.")})
    listed(tenant, Listed.BLOCK)
    assert said(tenant.answer()) == "Bye."
    end_reported(tenant.deps, IncomingCall(SID, CALLER, CALLED))
    assert tenant.contact.outcome is Outcome.SELF_SERVED


def test_a_call_that_was_answered_already_is_ended_with_a_word(tenant: Tenant) -> None:
    tenant.publish({"start": menu("First.", choices={"1": "screen"}), "screen": {**SCREEN, "next": "bye"}})
    listed(tenant, Listed.BLOCK)
    tenant.answer()
    last = tenant.press("1")
    assert (said(last), last[-1]) == ("We are sorry, we cannot take this call. Goodbye.", HangUp())
    end_reported(tenant.deps, IncomingCall(SID, CALLER, CALLED))
    assert (tenant.contact.outcome, tenant.contact.outcome_reason) == (Outcome.BLOCKED, "screened_block_list")


def test_words_before_a_refusal_do_not_answer_the_call(tenant: Tenant) -> None:
    tenant.publish(
        {"start": {"type": "say", "text": {"en-US": "Hi."}, "next": "s"}, "s": SCREEN, "menu": menu("Choose.")}
    )
    listed(tenant, Listed.BLOCK)
    assert tenant.answer() == (Refuse(),)


def test_what_is_remembered_of_a_number_is_bounded_and_kept_apart_by_tenant(tenant: Tenant) -> None:
    nuisance = Nuisance(tenant.deps.items, tenant.deps.tenant.id)
    for n in range(50):
        nuisance.note(CALLER, ContactId(f"c_{n}"), NOON + n)
        nuisance.note(CALLER, ContactId(f"c_{n}"), NOON + n)
    assert nuisance.short_calls(CALLER) == tuple(NOON + n for n in range(30, 50))
    other = Tenant("t_two", store=tenant.store)
    assert Nuisance(other.deps.items, other.deps.tenant.id).short_calls(CALLER) == ()


@given(st.booleans(), st.integers(0, 5), st.lists(st.integers(-20, 0), max_size=8), st.sampled_from(["", CALLER]))
def test_whoever_is_on_the_allow_list_passes_whatever_the_rules(
    anonymous: bool, most: int, ago: list[int], number: str
) -> None:
    calls = tuple(NOON + minutes * MINUTE for minutes in ago)
    rules = Rules(anonymous, most, 10)
    assert verdict(rules, number, Screened(Listed.ALLOW, calls), NOON) == "passed"
    assert verdict(rules, number, Screened(Listed.BLOCK, calls), NOON) == "block_list"
