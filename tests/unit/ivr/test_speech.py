"""Saying instead of pressing: which choice words mean, how sure one must be, and keys that always work."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.adapters.carrier.twilio.twiml import render
from offhook.domain.documents import Gather
from offhook.domain.events import KeyPressed
from offhook.domain.ivr.inputs import Input, Keys, Spoken
from offhook.domain.ivr.interpreter import Step, begin, step
from offhook.domain.ivr.speech import choice_of
from offhook.usecases.ivr.carrier_words import answer_in

from tests.unit.ivr.worlds import flow, menu, world

SPEECH = {
    "1": {"en-US": ["billing", "my invoice"], "zh-CN": ["账单"]},
    "2": {"en-US": ["orders"], "zh-CN": ["订单"]},
    "0": {"en-US": ["agent"], "zh-CN": ["人工"]},
}
NODES: dict[str, dict[str, Any]] = {
    "start": menu(choices={"1": "billing", "2": "orders"}, speech=SPEECH, max_tries=3, invalid="lost", timeout="quiet"),
    **{name: {"type": "hang_up"} for name in ("billing", "orders", "lost", "quiet", "person")},
}
FLOW = flow(NODES, languages=["en-US", "zh-CN"], person="person")


def after(*inputs: Input, language: str = "en-US") -> Step:
    here = world(language=language)
    position = begin(FLOW)
    for one in inputs:
        taken = step(FLOW, position, one, here)
        position = taken.position
    return taken


@pytest.mark.parametrize(
    ("words", "language", "node"),
    [
        ("Billing, please!", "en-US", "billing"),
        ("I have got a question about my invoice", "en-US", "billing"),
        ("orders", "en-US", "orders"),
        ("an agent", "en-US", "person"),
        ("我想查一下账单", "zh-CN", "billing"),
        ("转 人 工", "zh-CN", "person"),
        ("rebilling", "en-US", "start"),
        ("billing", "zh-CN", "start"),
        ("orders and my invoice", "en-US", "billing"),
        ("", "en-US", "start"),
    ],
)
def test_words_lead_where_their_longest_phrase_leads(words: str, language: str, node: str) -> None:
    assert after(Spoken(words, 0.9), language=language).position.node == node


def test_the_recogniser_is_told_the_language_and_what_to_expect_and_keys_work_beside_words() -> None:
    here = world(language="zh-CN")
    ask = step(FLOW, begin(FLOW), Keys("9"), here).document[-1]
    assert isinstance(ask, Gather)
    text = render((ask,), "https://api.example.com")
    assert 'input="dtmf speech"' in text
    assert 'language="cmn-Hans-CN"' in text
    assert 'hints="账单,订单,人工"' in text
    assert after(Keys("2")).position.node == "orders"


def test_words_without_a_language_are_not_listened_to() -> None:
    plain = flow({"start": menu()})
    (ask,) = step(plain, begin(plain), Keys("9"), world()).document
    assert 'input="dtmf"' in render((ask,), "https://api.example.com")
    assert step(plain, begin(plain), Spoken("billing"), world()).position.tries == 1


def test_doubtful_words_are_asked_for_again_and_the_key_still_leads_on() -> None:
    unsure = after(Spoken("billing", 0.49))
    assert (unsure.position.node, unsure.position.tries) == ("start", 1)
    (event,) = [e for e in unsure.events if isinstance(e, KeyPressed)]
    assert (event.outcome, event.keys, event.spoken, event.confidence) == ("unsure", "1", "billing", 0.49)
    assert after(Spoken("billing", 0.49), Keys("1")).position.node == "billing"
    assert after(Spoken("billing", 0.5)).position.node == "billing"
    assert after(Spoken("billing", None)).position.node == "billing"


def test_after_the_last_try_words_leave_by_invalid_and_silence_by_timeout() -> None:
    mumbled = Spoken("mumble", 0.9)
    assert after(mumbled, Keys(""), mumbled).position.node == "lost"
    assert after(mumbled, mumbled, Keys("")).position.node == "quiet"
    assert after(mumbled, mumbled, Spoken("orders", 0.1)).position.node == "lost"


@pytest.mark.parametrize(
    ("params", "given"),
    [
        ({"SpeechResult": "billing", "Confidence": "0.81"}, Spoken("billing", 0.81)),
        ({"SpeechResult": "billing"}, Spoken("billing", None)),
        ({"SpeechResult": "billing", "Confidence": "high"}, Spoken("billing", None)),
        ({"SpeechResult": "billing", "Confidence": "nan"}, Spoken("billing", None)),
        ({"SpeechResult": "billing", "Digits": "2"}, Keys("2")),
        ({"SpeechResult": ""}, Keys("")),
        ({}, Keys("")),
    ],
)
def test_what_the_carrier_tells_becomes_keys_or_words(params: dict[str, str], given: Input) -> None:
    assert answer_in(params) == given


@given(st.text(max_size=30), st.dictionaries(st.sampled_from("123"), st.lists(st.text(max_size=8)).map(tuple)))
def test_any_words_mean_one_choice_or_none(words: str, known: dict[str, tuple[str, ...]]) -> None:
    assert choice_of(words, known) in {"", *known}
