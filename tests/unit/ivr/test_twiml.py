"""Documents as TwiML, by the carrier's rules."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.adapters.carrier.twilio.twiml import MAX_BYTES, MAX_WORDS, render
from offhook.domain.documents import (
    DialNumber,
    Document,
    EnterQueue,
    EnterRoom,
    Gather,
    GoTo,
    HangUp,
    LeaveQueue,
    Pause,
    Play,
    PressKeys,
    Refuse,
    Say,
)

from local.carrier.twiml.parse import parse

API = "https://api.example.com"


def xml(*document: object, api: str = API) -> Element:
    root = ElementTree.fromstring(render(document, api))  # type: ignore[arg-type]  # verbs of any kind
    assert root.tag == "Response"
    return root


def only(*document: object) -> Element:
    (verb,) = xml(*document)
    return verb


def test_words_are_escaped_and_spoken_by_the_languages_voice() -> None:
    said = only(Say('Tom & <Jerry> "5" 你好', "en-US"))
    assert (said.tag, said.text) == ("Say", 'Tom & <Jerry> "5" 你好')
    assert said.attrib == {"language": "en-US", "voice": "Polly.Joanna-Neural"}


def test_chinese_has_the_voices_own_language_code_and_unknown_languages_no_voice() -> None:
    assert only(Say("你好", "zh-CN")).attrib == {"language": "cmn-CN", "voice": "Polly.Zhiyu-Neural"}
    assert only(Say("Hei", "nb-NO")).attrib == {"language": "nb-NO"}


def test_keys_are_played_as_tones() -> None:
    assert only(PressKeys("12w#")).attrib == {"digits": "12w#"}


def test_nothing_to_say_is_left_out_because_an_empty_say_is_an_error() -> None:
    assert len(xml(Say("  ", "en-US"), Say("\x00\x08", "en-US"))) == 0


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    assert only(Say("a\x00b\x1fc\ud800d\ufffee", "en-US")).text == "abcde"


def test_long_words_are_cut_between_words_into_pieces_that_one_say_takes() -> None:
    text = "word " * 1500
    parts = [verb.text or "" for verb in xml(Say(text, "en-US"))]
    assert all(len(part) <= MAX_WORDS for part in parts)
    assert " ".join(parts) == text.strip()


def test_a_document_beyond_the_limit_loses_its_first_words_and_keeps_what_leads_on() -> None:
    document: Document = (*[Say("x" * 2900, "en-US")] * 40, Say("last", "en-US"), GoTo("/next"))
    text = render(document, API)
    assert len(text.encode()) <= MAX_BYTES
    assert text.endswith('last</Say><Redirect method="POST">https://api.example.com/next</Redirect></Response>')


def test_a_question_beyond_the_limit_keeps_its_end() -> None:
    prompts = (*[Say("界" * 2900, "zh-CN")] * 10, Say("last", "en-US"))
    text = render((Gather("/k", prompts),), API)
    assert len(text.encode()) <= MAX_BYTES
    assert "last</Say></Gather>" in text


def test_a_gather_always_reports_back_and_is_made_of_keys() -> None:
    gather = only(Gather("/v1/ivr/contacts/c/steps/1", (Say("Press", "en-US"), Play("/a.mp3"), Pause(2)), 1, 7, ""))
    assert gather.attrib == {
        "action": f"{API}/v1/ivr/contacts/c/steps/1",
        "actionOnEmptyResult": "true",
        "finishOnKey": "",
        "input": "dtmf",
        "method": "POST",
        "numDigits": "1",
        "timeout": "7",
    }
    assert [child.tag for child in gather] == ["Say", "Play", "Pause"]


def test_a_gather_without_a_number_of_digits_has_no_limit() -> None:
    assert "numDigits" not in only(Gather("/k", (), None)).attrib


def test_a_queue_has_absolute_post_addresses() -> None:
    enqueue = only(EnterQueue("billing", "/w", "/x"))
    assert (enqueue.tag, enqueue.text) == ("Enqueue", "billing")
    assert enqueue.attrib == {
        "action": f"{API}/x", "method": "POST", "waitUrl": f"{API}/w", "waitUrlMethod": "POST",
    }  # fmt: skip


def test_the_customers_room_has_no_beep_ends_with_the_customer_and_reports_everything() -> None:
    room = EnterRoom("room-c", "customer", True, "/events", "/ended", record=True, recording_path="/rec")
    dial = only(room)
    assert dial.attrib == {"action": f"{API}/ended", "method": "POST"}
    (conference,) = dial
    assert conference.text == "room-c"
    assert conference.attrib == {
        "beep": "false",
        "endConferenceOnExit": "true",
        "participantLabel": "customer",
        "record": "record-from-start",
        "recordingStatusCallback": f"{API}/rec",
        "recordingStatusCallbackEvent": "completed absent",
        "recordingStatusCallbackMethod": "POST",
        "startConferenceOnEnter": "true",
        "statusCallback": f"{API}/events",
        "statusCallbackEvent": "start",
        "statusCallbackMethod": "POST",
    }


def test_the_agents_room_survives_the_agent_and_is_not_recorded_unless_asked() -> None:
    (conference,) = only(EnterRoom("room-c", "agent-1", False, "/events"))
    assert conference.attrib["endConferenceOnExit"] == "false"
    assert not [name for name in conference.attrib if name.startswith("record")]


def test_an_outside_number_is_dialled_with_its_action_and_caller_id() -> None:
    dial = only(DialNumber("+15005550009", "/ended", "+15005550006", 25))
    assert dial.attrib == {
        "action": f"{API}/ended", "callerId": "+15005550006", "method": "POST", "timeout": "25",
    }  # fmt: skip
    assert [(child.tag, child.text) for child in dial] == [("Number", "+15005550009")]


@pytest.mark.parametrize(
    ("verb", "tag", "attributes"),
    [
        (LeaveQueue(), "Leave", {}),
        (HangUp(), "Hangup", {}),
        (Refuse("busy"), "Reject", {"reason": "busy"}),
        (Pause(3), "Pause", {"length": "3"}),
        (Play("/m.mp3", 0), "Play", {"loop": "0"}),
        (Play("https://cdn.example.com/m.mp3"), "Play", {}),
    ],
)
def test_the_simple_verbs(verb: object, tag: str, attributes: dict[str, str]) -> None:
    element = only(verb)
    assert (element.tag, element.attrib) == (tag, attributes)


def test_paths_of_ours_become_absolute_and_addresses_of_others_stay() -> None:
    assert [e.text for e in xml(Play("/m.mp3"), Play("https://x.example/m.mp3"), api=f"{API}/")] == [
        f"{API}/m.mp3",
        "https://x.example/m.mp3",
    ]


def test_nothing_is_an_empty_response() -> None:
    assert len(xml()) == 0


@given(st.text(), st.text(max_size=20), st.text(max_size=200))
def test_any_words_give_well_formed_xml(text: str, language: str, queue: str) -> None:
    xml(Say(text, "en-US"), EnterQueue(queue, "/w", "/x"), Gather("/k", (Say(text, "zh-CN"),)))


def test_every_verb_is_accepted_by_the_simulated_carrier_without_a_warning() -> None:
    document: Document = (
        Say("Hello.", "zh-CN"),
        Play("/m.mp3", 0),
        Pause(1),
        Gather("/k", (Say("Press 1.", "en-US"), Play("/m.mp3"), Pause(1))),
        EnterQueue("billing", "/w", "/x"),
        EnterRoom("room-c", "customer", True, "/events", "/ended", record=True, recording_path="/rec"),
        DialNumber("+15005550009", "/ended", "+15005550006"),
        LeaveQueue(),
        GoTo("/next"),
        HangUp(),
    )
    read = parse(render(document, API))
    assert len(read.verbs) == len(document)
    assert read.warnings == ()
    assert parse(render((Refuse("busy"),), API)).warnings == ()
