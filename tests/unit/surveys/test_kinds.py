"""What an answer is worth, by kind, scale and direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.surveys.kinds import KINDS
from offhook.domain.surveys.question import End, Question


@pytest.mark.parametrize(
    ("low", "high", "good", "answer", "score", "satisfied"),
    [
        (1, 5, End.HIGH, 5, 100.0, True),
        (1, 5, End.HIGH, 4, 75.0, True),
        (1, 5, End.HIGH, 3, 50.0, False),
        (1, 5, End.HIGH, 1, 0.0, False),
        (1, 4, End.LOW, 1, 100.0, True),
        (1, 4, End.LOW, 2, 66.67, True),
        (1, 4, End.LOW, 3, 33.33, False),
        (1, 4, End.LOW, 4, 0.0, False),
        (1, 10, End.HIGH, 10, 100.0, True),
    ],
)
def test_satisfaction_is_the_better_half_of_any_scale_in_any_direction(
    low: int, high: int, good: End, answer: int, score: float, satisfied: bool
):
    question = Question("q", "csat", low=low, high=high, good=good)
    kind = KINDS["csat"]
    assert (kind.score(question, answer), kind.satisfied(question, answer)) == (score, satisfied)


@pytest.mark.parametrize(("answer", "side"), [(0, False), (6, False), (7, None), (8, None), (9, True), (10, True)])
@pytest.mark.parametrize("high", [9, 10])
def test_promoters_and_detractors_are_told_apart(high: int, answer: int, side: bool | None):
    question = Question("q", "nps", low=0, high=high)
    assert KINDS["nps"].satisfied(question, answer) is side


@pytest.mark.parametrize(("good", "yes"), [(End.LOW, 1), (End.HIGH, 2)])
def test_yes_is_the_good_key(good: End, yes: int):
    question = Question("q", "resolved", low=1, high=2, good=good)
    assert [KINDS["resolved"].satisfied(question, key) for key in (1, 2)] == [key == yes for key in (1, 2)]


@pytest.mark.parametrize(
    ("digits", "answer"), [("10", 10), ("7", 7), ("11", None), ("", None), ("*", None), ("²", None)]
)
def test_keys_are_read_within_the_scale(digits: str, answer: int | None):
    assert KINDS["nps"].read(Question("q", "nps", low=0, high=10), digits) == answer


def test_ten_is_typed_with_two_keys():
    assert KINDS["nps"].max_digits(Question("q", "nps", low=0, high=10)) == 2
    assert KINDS["nps"].max_digits(Question("q", "nps", low=0, high=9)) == 1


@given(st.integers(0, 9), st.integers(1, 10), st.sampled_from(End), st.text(max_size=3))
def test_whatever_is_pressed_a_score_stays_between_0_and_100(low: int, width: int, good: End, digits: str):
    question = Question("q", "csat", low=low, high=min(10, low + width), good=good)
    answer = KINDS["csat"].read(question, digits)
    assert answer is None or 0 <= KINDS["csat"].score(question, answer) <= 100
