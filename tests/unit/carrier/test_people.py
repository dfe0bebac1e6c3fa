"""Scripts: both forms, triggers, defaults."""

import pytest

from local.carrier.people.script import Act, BadScript, Step, from_json
from local.carrier.people.words import from_words
from local.carrier.testing import APP, NUMBER, twiml, world

TARGET = "+14155551111"
MENU = twiml('<Gather numDigits="1" timeout="2" action="/{}"><Say>Choose one please</Say></Gather>')


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("press 1 after the second prompt", Step(Act.PRESS, "1", after_prompt=2)),
        ("press 12# after the 3rd prompt", Step(Act.PRESS, "12#", after_prompt=3)),
        ("hang up after 40 s", Step(Act.HANG_UP, after_s=40)),
        ("hang up at 1.5 seconds", Step(Act.HANG_UP, at_s=1.5)),
        ("hang up 20 s after connecting", Step(Act.HANG_UP, after_connected_s=20)),
        ('press 2 on hearing "for sales, press two"', Step(Act.PRESS, "2", when_heard="for sales, press two")),
        ('say "one, two"', Step(Act.SAY, "one, two")),
        ('say "one" with confidence 0.4 after 2 s', Step(Act.SAY, "one", after_s=2.0, confidence=0.4)),
        ("answer after 3", Step(Act.ANSWER, after_s=3)),
        ("do not answer", Step(Act.NO_ANSWER)),
        ("wait 5 s", Step(Act.WAIT, after_s=5)),
        ("Voicemail", Step(Act.VOICEMAIL)),
    ],
)
def test_a_clause_reads_as_a_step(words: str, step: Step):
    assert from_words(words) == (step,)


def test_clauses_are_separated_by_commas_semicolons_or_then():
    acts = [step.act for step in from_words("answer, press 1; press 2 then hang up")]
    assert acts == [Act.ANSWER, Act.PRESS, Act.PRESS, Act.HANG_UP]


@pytest.mark.parametrize("words", ["dance", "press", "press 1 sometime", "hang up after the zeroth prompt"])
def test_what_cannot_be_read_is_named(words: str):
    with pytest.raises(BadScript, match="cannot read"):
        from_words(words)


def test_json_steps_are_the_same_steps():
    steps = [
        {"answer_after": 3}, {"press": "1", "after_prompt": 2}, {"press": "1", "after": 4}, {"hang_up_after": 40},
        {"busy": True}, {"no_answer": True}, {"voicemail": True}, {"say": "yes"}, {"wait": 5},
    ]  # fmt: skip
    words = "answer after 3, press 1 after the second prompt, press 1 after 4, hang up after 40, busy, no answer"
    assert from_json(steps) == from_words(f'{words}, voicemail, say "yes", wait 5')


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"press": "1", "confidence": 1},
        {"say": "x", "confidence": 2},
        {"press": "1", "say": "x"},
        {"press": "1", "at": 1, "after": 2},
        {"jump": True},
    ],
)
def test_a_json_step_has_one_act_and_at_most_one_trigger(step: dict[str, object]):
    with pytest.raises(BadScript):
        from_json([step])


def test_press_without_a_trigger_answers_one_question_each():
    w = world({"/voice": MENU.format("a"), "/a": MENU.format("b"), "/b": twiml("<Hangup/>")})
    w.call("press 1, press 2")
    w.carrier.run_until_idle()
    assert (w.at("/a")[0]["Digits"], w.at("/b")[0]["Digits"]) == ("1", "2")


def test_press_after_the_second_prompt_lets_the_first_go_by():
    repeated = MENU.format("a")
    w = world({"/voice": repeated.replace("</Response>", "<Redirect>/voice</Redirect></Response>")})
    w.pages["/a"] = twiml("<Hangup/>")
    w.call("press 7 after the second prompt")
    w.carrier.run_until_idle()
    assert len(w.at("/voice")) == 2 and w.at("/a")[0]["Digits"] == "7"


def test_press_on_hearing_words_waits_for_them():
    w = world({"/voice": twiml('<Gather numDigits="1" action="/a"><Say>For sales press two</Say></Gather>')})
    w.pages["/a"] = twiml("<Hangup/>")
    w.call('press 2 on hearing "sales"')
    w.carrier.run_until_idle()
    assert w.at("/a")[0]["Digits"] == "2"


def test_somebody_unknown_lets_it_ring_and_somebody_with_steps_answers():
    w = world({"/answer": MENU.format("a"), "/a": twiml("<Hangup/>")})
    client = w.client()
    unknown = client.calls.create(to="+14155559999", from_=NUMBER, url=f"{APP}/answer", timeout=10)
    w.carrier.set_script(TARGET, "press 5")
    known = client.calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer")
    w.carrier.run_until_idle()
    assert w.carrier.call(unknown.sid).status == "no-answer"
    assert w.at("/a")[0]["CallSid"] == known.sid


def test_a_person_can_be_driven_live():
    w = world({"/answer": MENU.format("a"), "/a": twiml("<Hangup/>")})
    sid = w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer").sid
    w.carrier.advance(3)
    w.carrier.answer(sid)
    w.carrier.advance(2)
    w.carrier.press(sid, "3")
    w.carrier.run_until_idle()
    assert w.at("/a")[0]["Digits"] == "3"


def test_a_person_can_decline_live():
    w = world()
    sid = w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer").sid
    w.carrier.advance(3)
    w.carrier.decline(sid)
    w.carrier.run_until_idle()
    assert w.carrier.call(sid).status == "busy"


def test_voicemail_answers_but_never_presses_a_key():
    w = world({"/answer": MENU.format("a")})
    w.carrier.set_script(TARGET, "voicemail after 5 s")
    sid = w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer").sid
    w.carrier.run_until_idle()
    assert w.at("/a") == [] and "voicemail answered" in w.lines(sid)


def test_the_transcript_can_be_read_piece_by_piece():
    w = world({"/voice": twiml("<Say>One</Say><Say>Two</Say>")})
    sid = w.call()
    w.carrier.run_until_idle()
    whole = w.carrier.transcript(sid)
    assert [entry.index for entry in whole] == list(range(len(whole)))
    assert w.carrier.transcript(sid, since=2) == whole[2:]
