"""Cursors: good for one tenant, one list, one day, and for nothing that was edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import DAY
from offhook.web.errors import InvalidCursor
from offhook.web.paging import Cursors, Page, scope_of

NOW = 1_750_075_200_000
SCOPE = scope_of("t_one", "analytics/contacts", {"queue": "q_1"})


def cursors(scope: str = SCOPE, now: int = NOW, secret: bytes = b"secret") -> Cursors:
    return Cursors(secret, scope, now)


@given(st.text(max_size=80))
def test_a_cursor_leads_back_to_where_it_was_made(after: str) -> None:
    assert cursors().read(cursors().make(after)) == after


@pytest.mark.parametrize(
    "other",
    [
        cursors(scope_of("t_two", "analytics/contacts", {"queue": "q_1"})),
        cursors(scope_of("t_one", "analytics/agents", {"queue": "q_1"})),
        cursors(scope_of("t_one", "analytics/contacts", {"queue": "q_2"})),
        cursors(secret=b"other"),
        cursors(now=NOW + DAY + 1),
    ],
    ids=["other tenant", "other list", "other filter", "other deployment", "too late"],
)
def test_a_cursor_is_refused_where_it_was_not_made(other: Cursors) -> None:
    with pytest.raises(InvalidCursor):
        other.read(cursors().make("x"))


@given(st.integers(0, 60), st.integers(1, 255))
def test_an_edited_cursor_is_refused(position: int, change: int) -> None:
    made = cursors().make("somewhere")
    at = position % len(made)
    edited = made[:at] + chr((ord(made[at]) + change) % 256) + made[at + 1 :]
    with pytest.raises(InvalidCursor):
        cursors().read(edited)


@pytest.mark.parametrize("text", ["", "x", "é", "A" * 500, "===="])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        cursors().read(text)


def test_filters_are_the_same_in_any_order_and_limit_is_none() -> None:
    one = scope_of("t", "r", {"a": "1", "b": "2", "limit": "5"})
    assert one == scope_of("t", "r", {"b": "2", "a": "1", "cursor": "c"})


@pytest.mark.parametrize("limit", ["0", "201", "-1", "", "ten", "1e2", "٣", "9" * 30])
def test_a_limit_out_of_range_is_refused_by_name(limit: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        cursors().page({"limit": limit})
    assert refused.value.field == "limit"


def test_a_page_has_fifty_things_from_the_start_unless_asked_otherwise() -> None:
    assert cursors().page({}) == Page(50, "")
    assert cursors().page({"limit": "7", "cursor": cursors().make("k")}) == Page(7, "k")


def test_the_last_page_has_no_next_cursor() -> None:
    assert cursors().answer([1, 2], None) == {"data": [1, 2], "next_cursor": None}
