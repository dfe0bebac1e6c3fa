"""Each node type: what it says and where it leads."""

from typing import Any

import pytest
from offhook.adapters.memory.clock import NOON
from offhook.domain.documents import DialNumber, EnterQueue, Gather, GoTo, HangUp, Play, Say
from offhook.domain.events import FlowFailed, KeyPressed
from offhook.domain.ivr.calendar import Calendar, Opening, Override
from offhook.domain.ivr.inputs import Input, Keys, Returned, Started
from offhook.domain.ivr.interpreter import Step, again, begin, step
from offhook.domain.ivr.node import Ended, ToNumber, ToQueue, ToSurvey
from offhook.domain.routing.contact import OverflowReason, Requirement

from tests.unit.ivr.worlds import Nodes, flow, menu, queue, said, words, world


def started(nodes: Nodes, **facts: Any) -> Step:
    made = flow(nodes)
    return step(made, begin(made), Started(), world(**facts))


def given(nodes: Nodes, *inputs: Input, **facts: Any) -> Step:
    made = flow(nodes)
    taken = step(made, begin(made), Started(), world(**facts))
    for one in inputs:
        taken = step(made, taken.position, one, world(**facts))
    return taken


def say(text: str, next_: str = "bye") -> dict[str, Any]:
    return {"type": "say", "text": {"en-US": text}, "next": next_}


def keys_of(taken: Step) -> list[tuple[str, str]]:
    return [(e.keys, e.outcome) for e in taken.events if isinstance(e, KeyPressed)]


@pytest.mark.parametrize(
    ("text", "facts", "spoken"),
    [
        ("Hi {customer_name}!", {}, "Hi dear customer!"),
        ("Hi {customer_name|friend}!", {}, "Hi friend!"),
        ("Hi {customer_name}!", {"customer_name": "Ann & <Bob>"}, "Hi Ann & <Bob>!"),
        ("Tier {tier|none}.", {"tier": "gold"}, "Tier gold."),
        ("{nothing}x", {}, "x"),
        ("{ not a variable } {}", {}, "{ not a variable } {}"),
    ],
)
def test_words_are_spoken_with_variables_and_safe_defaults(text: str, facts: dict[str, str], spoken: str) -> None:
    assert started({"start": say(text)}, **facts).document[0] == Say(spoken, "en-US")


@pytest.mark.parametrize(
    ("language", "spoken", "as_language"),
    [("zh-CN", "你好", "zh-CN"), ("zh-TW", "你好", "zh-CN"), ("en-US", "Hi", "en-US"), ("fr-FR", "Hi", "en-US")],
)
def test_the_nearest_language_variant_is_spoken(language: str, spoken: str, as_language: str) -> None:
    node = {"type": "say", "text": {"en-US": "Hi", "zh-CN": "你好"}, "next": "bye"}
    assert started({"start": node}, language=language).document[0] == Say(spoken, as_language)


def test_audio_is_played_in_the_callers_language() -> None:
    node = {"type": "play", "audio": {"en-US": "/a.mp3", "zh-CN": "/b.mp3"}, "next": "bye"}
    assert started({"start": node}, language="zh-CN").document[0] == Play("/b.mp3")


def test_a_menu_follows_the_key_and_remembers_it() -> None:
    taken = given({"start": menu(choices={"1": "bye", "2": "two"}), "two": say("Two.")}, Keys("2"))
    assert said(taken.document).startswith("Two.")
    assert taken.position.attributes == {"start": "2"}
    assert keys_of(taken) == [("2", "matched")]


@pytest.mark.parametrize(
    ("digits", "words_", "outcome"),
    [("9", "not one of the choices", "invalid"), ("", "did not receive a key", "timeout"), ("0", "not one", "invalid")],
)
def test_a_menu_asks_again_after_a_wrong_or_missing_key(digits: str, words_: str, outcome: str) -> None:
    taken = given({"start": menu("Choose.")}, Keys(digits))
    assert words_ in said(taken.document)
    assert "Choose." in said(taken.document)
    assert (keys_of(taken), taken.position.tries) == ([(digits, outcome)], 1)


@pytest.mark.parametrize(("digits", "exit_"), [("9", "Wrong."), ("", "Silent.")])
def test_a_menu_gives_up_by_its_own_exit_after_the_last_try(digits: str, exit_: str) -> None:
    nodes = {
        "start": menu(invalid="wrong", timeout="silent", max_tries=2),
        "wrong": say("Wrong."),
        "silent": say("Silent."),
    }
    assert said(given(nodes, Keys("7"), Keys(digits)).document).startswith(exit_)


def test_0_leads_to_a_person_from_every_menu_that_has_no_0_of_its_own() -> None:
    nodes = {"start": menu(choices={"1": "second"}), "second": menu(choices={"0": "bye"}), "agent": queue()}
    made = flow(nodes, person="agent")
    first = step(made, begin(made), Started(), world())
    assert isinstance(step(made, first.position, Keys("0"), world()).handover, ToQueue)
    second = step(made, first.position, Keys("1"), world())
    assert isinstance(step(made, second.position, Keys("0"), world()).handover, Ended)


def test_menus_nest_and_count_their_tries_apart() -> None:
    nodes = {"start": menu(choices={"1": "inner"}), "inner": menu("Inner.", choices={"1": "bye"})}
    taken = given(nodes, Keys("8"), Keys("1"))
    assert (taken.position.node, taken.position.tries) == ("inner", 0)


def test_choices_of_several_keys_are_ended_by_hash() -> None:
    gather = started({"start": menu(choices={"10": "bye", "2": "bye"})}).document[0]
    assert isinstance(gather, Gather)
    assert (gather.max_digits, gather.finish_on_key) == (2, "#")


@pytest.mark.parametrize(
    ("digits", "outcome", "at"),
    [
        ("12345", "collected", "bye"),
        ("12", "invalid", "start"),
        ("", "timeout", "start"),
        ("12*45", "invalid", "start"),
    ],
)
def test_digits_are_collected_within_bounds(digits: str, outcome: str, at: str) -> None:
    node = {"type": "collect", "prompt": words("Order?"), "attribute": "order", "min_digits": 4, "max_digits": 8,
            "next": "bye", "invalid": "bye", "timeout": "bye"}  # fmt: skip
    taken = given({"start": node}, Keys(digits))
    assert keys_of(taken) == [(digits, outcome)]
    assert taken.position.node == at
    assert taken.position.attributes.get("order") == ("12345" if at == "bye" else None)


def test_secret_digits_are_not_in_the_events() -> None:
    node = {"type": "collect", "prompt": words("PIN?"), "attribute": "pin", "secret": True, "next": "bye",
            "invalid": "bye", "timeout": "bye"}  # fmt: skip
    assert keys_of(given({"start": node}, Keys("1234"))) == [("****", "collected")]


@pytest.mark.parametrize(
    ("override", "spoken"), [(Override.NONE, "Open."), (Override.OPEN, "Open."), (Override.CLOSED, "Closed.")]
)
def test_hours_lead_by_calendar_and_switch(override: Override, spoken: str) -> None:
    calendar = Calendar("c", "Office", "UTC", weekly=((Opening("09:00", "17:00"),),), override=override)
    nodes = {
        "start": {"type": "hours", "calendar": "c", "open": "o", "closed": "x"},
        "o": say("Open."),
        "x": say("Closed."),
    }
    assert said(started(nodes, calendars={"c": calendar}, now=NOON).document).startswith(spoken)


def test_hours_of_a_calendar_that_is_gone_fail_in_words() -> None:
    taken = started({"start": {"type": "hours", "calendar": "c", "open": "bye", "closed": "bye"}})
    assert [e.reason for e in taken.events if isinstance(e, FlowFailed)] == ["unknown_calendar"]
    assert said(taken.document).startswith("We are sorry")


@pytest.mark.parametrize(
    ("variable", "case", "facts"),
    [
        ("tier", {"values": ["gold", "platinum"]}, {"tier": "gold"}),
        ("tags", {"values": ["complainer"]}, {"tags": ("vip", "complainer")}),
        ("caller_number", {"prefixes": ["+44"]}, {"customer_number": "+442071838750"}),
        ("called_number", {"values": ["+15005550006"]}, {"called_number": "+15005550006"}),
        ("language", {"values": ["zh-CN"]}, {"language": "zh-CN"}),
        ("known", {"values": ["yes"]}, {"known": True}),
        ("caller_number", {"values": [""]}, {}),
    ],
)
def test_branches_look_at_every_fact_of_the_caller(variable: str, case: dict[str, Any], facts: dict[str, Any]) -> None:
    branch = {"type": "branch", "variable": variable, "cases": [{**case, "next": "yes"}], "otherwise": "no"}
    nodes = {"start": branch, "yes": say("Yes."), "no": say("No.")}
    assert said(started(nodes, **facts).document).startswith("Yes.")
    other = {"tier": "lead", "customer_number": "+331", "called_number": "+1", "language": "en-US"}
    assert said(started(nodes, **other).document).startswith("No.")


def test_attributes_are_set_from_variables_and_branched_on() -> None:
    branch = {
        "type": "branch",
        "variable": "kind",
        "cases": [{"values": ["gold caller"], "next": "yes"}],
        "otherwise": "bye",
    }
    nodes: Nodes = {
        "start": {"type": "set", "attributes": {"kind": "{tier} caller"}, "next": "b"},
        "b": branch,
        "yes": say("Yes."),
    }
    assert said(started(nodes, tier="gold").document).startswith("Yes.")


def test_an_attribute_cannot_pose_as_a_fact() -> None:
    nodes = {"start": {"type": "set", "attributes": {"tier": "gold"}, "next": "say"}, "say": say("{tier|no tier}")}
    assert said(started(nodes).document).startswith("no tier")


def test_the_language_can_be_chosen_in_the_flow() -> None:
    nodes = {"start": {"type": "set", "language": "zh-CN", "next": "m"}, "m": menu()}
    made = flow(nodes)
    taken = step(made, begin(made), Started(), world())
    assert taken.language == "zh-CN"
    assert "您的输入有误" in said(step(made, taken.position, Keys("9"), world(language="zh-CN")).document)


def test_the_recording_notice_is_spoken_and_remembered() -> None:
    taken = started({"start": {"type": "recording_notice", "next": "bye"}}, language="zh-CN")
    assert "录音" in said(taken.document)
    assert taken.position.notice_given


def test_a_queue_is_entered_with_priority_by_tier_and_requirements() -> None:
    node = queue(priority=5, priority_by_tier={"gold": 50}, requirements=[{"skill": "spanish", "level": 40}])
    taken = started({"start": node}, tier="gold", visit=3)
    assert taken.handover == ToQueue("billing", 50, (Requirement("spanish", 40),))  # type: ignore[arg-type]  # plain id
    wait = taken.document[-1]
    assert isinstance(wait, EnterQueue)
    assert wait.wait_path.endswith("/visits/3/wait")


@pytest.mark.parametrize("reason", [*OverflowReason, "failed", "connected", "nonsense"])
def test_every_reason_leaves_a_queue_by_its_exit(reason: str) -> None:
    exits = {"max_wait": "late", "connected": "done"}
    nodes = {"start": queue(exits=exits), "late": say("Late."), "done": say("Done.")}
    expected = {"max_wait": "Late.", "connected": "Done."}.get(reason, "Bye.")
    assert said(given(nodes, Returned(reason)).document).startswith(expected)


def test_a_transfer_dials_and_leaves_by_its_result() -> None:
    node = {
        "type": "transfer",
        "number": "{branch|+15005550009}",
        "answered": "bye",
        "busy": "b",
        "no_answer": "n",
        "failed": "f",
    }
    nodes = {"start": node, "b": say("Busy."), "n": say("No answer."), "f": say("Failed.")}
    first = started(nodes, called_number="+15005550006")
    assert first.handover == ToNumber("+15005550009")
    dial = first.document[-1]
    assert isinstance(dial, DialNumber)
    assert dial.caller_id == "+15005550006"
    for result, spoken in (("busy", "Busy."), ("no_answer", "No answer."), ("failed", "Failed."), ("?", "Failed.")):
        assert said(given(nodes, Returned(result)).document).startswith(spoken)


def test_a_transfer_to_what_is_no_number_fails_in_words() -> None:
    node = {
        "type": "transfer",
        "number": "{branch}",
        "answered": "bye",
        "busy": "bye",
        "no_answer": "bye",
        "failed": "bye",
    }
    assert said(started({"start": node}).document).startswith("We are sorry")


def test_a_survey_hands_over_and_comes_back() -> None:
    nodes = {"start": {"type": "survey", "survey": "su_1", "next": "bye"}}
    taken = started(nodes)
    assert (taken.document, taken.handover) == ((GoTo("/v1/surveys/contacts/c_1/questions/0"),), ToSurvey("su_1"))
    assert given(nodes, Keys("")).handover == Ended()


def test_hanging_up_says_goodbye_even_without_words() -> None:
    taken = started({"start": {"type": "hang_up"}}, language="zh-CN")
    assert taken.document == (Say("感谢您的来电，再见。", "zh-CN"), HangUp())
    assert taken.position.done


def test_a_repeated_step_says_the_present_document_again() -> None:
    made = flow({"start": menu("Choose.")})
    taken = step(made, begin(made), Started(), world())
    wrong = step(made, taken.position, Keys("9"), world())
    assert "Choose." in said(again(made, wrong.position, world()))


@pytest.mark.parametrize(
    ("nodes", "reason"),
    [
        ({"start": say("x", "gone")}, "unknown_node"),
        ({"start": say("x", "")}, "dead_end"),
        ({"start": {"type": "teleport"}}, "unknown_type"),
        ({"start": {"type": "say", "text": "no table"}}, "malformed"),
        ({"start": {"type": "say", "txt": {}}}, "unknown_field"),
        ({"start": say("a", "b"), "b": say("b", "start")}, "loop"),
        ({}, "unknown_node"),
    ],
)
def test_every_failure_is_spoken_and_recorded(nodes: Nodes, reason: str) -> None:
    taken = started(nodes)
    assert [e.reason for e in taken.events if isinstance(e, FlowFailed)] == [reason]
    assert said(taken.document).startswith("We are sorry")
    assert (taken.document[-1], taken.handover) == (HangUp(), Ended("flow_failed"))


def test_a_call_that_never_ends_is_ended() -> None:
    made = flow({"start": menu(choices={"1": "start"}, invalid="start", timeout="start")})
    taken = step(made, begin(made), Started(), world())
    for _ in range(300):
        taken = step(made, taken.position, Keys("1"), world())
        if taken.handover:
            break
    assert [e.reason for e in taken.events if isinstance(e, FlowFailed)] == ["too_many_steps"]
    assert taken.document[-1] == HangUp()
