"""Nesting, attributes and limits of TwiML (reference section 2)."""

import pytest

from local.carrier.testing import twiml
from local.carrier.twiml import verbs
from local.carrier.twiml.build import BadDocument
from local.carrier.twiml.parse import parse, parse_answer


def codes(text: str) -> list[int]:
    return [warning.code for warning in parse(text).warnings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<Response><Say>x</Response>", 12100),
        ("<Answer/>", 12102),
        ("<Response><Say/></Response>", 13520),
        ("<Response><Dial><Number>nobody</Number></Dial></Response>", 13223),
        ("<Response>" + "<Pause/>" * 9000 + "</Response>", 11750),
        ("<Response><Connect><Stream url='wss://x'/></Connect></Response>", 12200),
        ("<Response><Dial><Queue>a</Queue><Conference>b</Conference></Dial></Response>", 12200),
        ("<Response><Dial>" + "<Number>+14155550100</Number>" * 11 + "</Dial></Response>", 12200),
    ],
)
def test_a_document_that_cannot_run_is_refused_with_the_carriers_code(text: str, code: int):
    with pytest.raises(BadDocument) as refused:
        parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "inner",
    [
        "<Gather><Dial>+14155550100</Dial></Gather>",
        "<Gather><Record/></Gather>",
        "<say>lower case</say>",
        "<Say volume='9'>x</Say>",
        "<Dial timeout='1'>+14155550100</Dial>",
        "<Redirect method='PUT'>/x</Redirect>",
        "<Dial><Conference statusCallback='/c' statusCallbackEvent='begin'>r</Conference></Dial>",
    ],
)
def test_a_broken_rule_of_nesting_or_attributes_is_a_warning_12200(inner: str):
    assert codes(twiml(inner)) == [12200]


def test_what_is_not_allowed_is_dropped_and_the_rest_runs():
    document = parse(twiml("<Gather><Say>Ask</Say><Dial>+14155550100</Dial></Gather>"))
    assert document.verbs == (verbs.Gather(prompts=(verbs.Say("Ask"),)),)


def test_defaults_are_the_carriers():
    (gather, record, dial, enqueue) = parse(
        twiml("<Gather/><Record/><Dial><Conference>r</Conference></Dial><Enqueue>q</Enqueue>")
    ).verbs
    assert isinstance(gather, verbs.Gather) and (gather.timeout, gather.finish_on_key, gather.action) == (5, "#", None)
    assert isinstance(record, verbs.Record) and (record.max_length, record.play_beep) == (3600, True)
    assert isinstance(dial, verbs.Dial) and dial.room is not None and (dial.timeout, dial.time_limit) == (30, 14400)
    assert (dial.room.beep, dial.room.start_on_enter, dial.room.end_on_exit) == ("true", True, False)
    assert not dial.room.callback.events
    assert isinstance(enqueue, verbs.Enqueue) and enqueue.wait_url is None


def test_speech_markup_is_read_as_its_words():
    (say,) = parse(twiml('<Say>Your code is <say-as interpret-as="digits">12</say-as> now</Say>')).verbs
    assert isinstance(say, verbs.Say) and say.text == "Your code is 12 now"


def test_content_types_decide_how_an_answer_is_read():
    assert parse_answer("text/plain", "hello there").verbs == (verbs.Say("hello there"),)
    assert parse_answer("text/plain", twiml("<Hangup/>")).verbs == (verbs.Hangup(),)
    assert isinstance(parse_answer("audio/mpeg", "...").verbs[0], verbs.Play)
    assert parse_answer("text/html", twiml("<Hangup/>")).verbs == (verbs.Hangup(),)
    with pytest.raises(BadDocument) as refused:
        parse_answer("application/json", "{}")
    assert refused.value.code == 12300
