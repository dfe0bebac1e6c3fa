"""Conferences: starting, hearing, holding, coaching, leaving, ending (reference section 1)."""

import pytest
from twilio.base.exceptions import TwilioRestException

from local.carrier.testing import APP, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse

AGENT, TARGET = "+14155551111", "+14155552222"
EVENTS = 'statusCallback="/conf" statusCallbackEvent="start end join leave mute hold modify announcement"'


def room(attributes: str = "", dial: str = "") -> str:
    return twiml(f'<Dial {dial}><Conference beep="false" {attributes}>room-1</Conference></Dial>')


def meeting(customer: str = EVENTS, agent: str = "", dial: str = 'action="/after"') -> tuple[World, str, str]:
    """A customer and an agent in a room: the world and both call sids."""
    w = world({"/voice": room(customer, dial), "/agent": room(agent), "/conf": WebhookResponse(204)})
    w.pages |= {"/after": twiml("<Say>Survey</Say>"), "/rec": WebhookResponse(204), "/hold": twiml("<Say>Wait</Say>")}
    w.carrier.set_script(AGENT, "answer after 1 s")
    customer_sid = w.call()
    w.carrier.advance(2)
    agent_sid = w.client().calls.create(to=AGENT, from_=NUMBER, url=f"{APP}/agent").sid
    w.carrier.advance(5)
    return w, customer_sid, agent_sid


def events(w: World) -> list[str]:
    return [form["StatusCallbackEvent"] for form in w.at("/conf")]


def conference_sid(w: World) -> str:
    return w.at("/conf")[0]["ConferenceSid"]


def test_a_conference_starts_with_two_participants_of_whom_one_may_start_it():
    w, customer, agent = meeting()
    assert events(w) == ["participant-join", "participant-join", "conference-start"]
    assert w.carrier.hearing(customer) == {agent} and w.carrier.hearing(agent) == {customer}


def test_two_participants_who_may_not_start_it_wait_on():
    w, customer, _ = meeting(f'{EVENTS} startConferenceOnEnter="false"', 'startConferenceOnEnter="false"')
    assert "conference-start" not in events(w) and w.carrier.hearing(customer) == set()


def test_events_are_numbered_dated_and_name_the_participant():
    w, customer, agent = meeting()
    forms = w.at("/conf")
    assert [form["SequenceNumber"] for form in forms] == ["1", "2", "3"]
    assert [form.get("CallSid") for form in forms] == [customer, agent, None]
    assert (forms[0]["Muted"], forms[0]["Hold"], forms[0]["Coaching"]) == ("false", "false", "false")
    assert forms[0]["Timestamp"].endswith("+0000") and forms[0]["FriendlyName"] == "room-1"


def test_callbacks_of_the_second_participant_never_fire():
    w, _, agent = meeting(customer="", agent=EVENTS)
    w.carrier.hang_up(agent)
    w.carrier.advance(2)
    assert w.at("/conf") == []


def test_the_wait_document_is_not_repeated():
    w = world({"/voice": room('waitUrl="/wait"'), "/wait": twiml("<Say>One moment</Say>")})
    w.call("hang up after 60 s")
    w.carrier.run_until_idle()
    assert len(w.at("/wait")) == 1


def test_a_failing_wait_document_drops_the_caller():
    w = world({"/voice": room('waitUrl="/wait"'), "/wait": WebhookResponse(500)})
    sid = w.call()
    w.carrier.run_until_idle()
    assert w.carrier.call(sid).over


def test_a_customer_who_ends_the_room_takes_the_agent_out():
    w, customer, agent = meeting(f'{EVENTS} endConferenceOnExit="true"')
    w.carrier.hang_up(customer)
    w.carrier.run_until_idle()
    assert events(w)[3:] == ["participant-leave", "participant-leave", "conference-end"]
    left, taken, ended = w.at("/conf")[3:]
    assert (left["CallSid"], left["ReasonParticipantLeft"]) == (customer, "participant_hung_up")
    assert (taken["CallSid"], taken["ReasonParticipantLeft"]) == (agent, "moderator_ended_conference")
    assert ended["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert ended["CallSidEndingConference"] == customer
    assert w.carrier.live_calls() == []


def test_an_agent_who_leaves_a_room_of_two_leaves_the_customer_in_it():
    w, customer, agent = meeting()
    w.carrier.hang_up(agent)
    w.carrier.advance(5)
    assert events(w)[-1] == "participant-leave" and not w.carrier.call(customer).over
    (live,) = w.client().conferences.list(status="in-progress")
    assert live.friendly_name == "room-1"


def test_completing_a_conference_lets_the_customers_dial_action_lead_on():
    w, customer, agent = meeting()
    w.client().conferences(conference_sid(w)).update(status="completed")
    w.carrier.run_until_idle()
    form = w.at("/after")[0]
    assert form["DialCallStatus"] == "answered" and "DialCallSid" not in form and "DialCallDuration" not in form
    assert "heard: Survey" in w.lines(customer)
    assert w.at("/conf")[-1]["ReasonConferenceEnded"] == "conference-ended-via-api"
    assert w.carrier.call(agent).over


def test_the_last_participant_to_leave_ends_the_room():
    w, customer, agent = meeting()
    w.carrier.hang_up(agent)
    w.carrier.advance(1)
    w.carrier.hang_up(customer)
    w.carrier.advance(1)
    assert w.at("/conf")[-1]["ReasonConferenceEnded"] == "last-participant-left"
    assert events(w).count("conference-end") == 1


def test_a_participant_who_ends_the_room_alone_ends_it_once():
    w = world({"/voice": room(f'{EVENTS} endConferenceOnExit="true"'), "/conf": WebhookResponse(204)})
    w.call("hang up after 5 s")
    w.carrier.run_until_idle()
    assert events(w) == ["participant-join", "participant-leave", "conference-end"]


def test_hold_plays_its_document_by_get_and_silences_both_sides():
    w, customer, agent = meeting()
    participant = w.client().conferences(conference_sid(w)).participants(customer)
    assert participant.update(hold=True, hold_url=f"{APP}/hold").hold is True
    w.carrier.advance(3)
    assert "heard: Wait" in w.lines(customer) and w.seen[-1].method == "GET"
    assert w.carrier.hearing(agent) == set() and w.carrier.hearing(customer) == set()
    participant.update(hold=False)
    w.carrier.advance(1)
    assert w.carrier.hearing(agent) == {customer}
    assert events(w)[-2:] == ["participant-hold", "participant-unhold"]


def test_a_muted_participant_is_not_heard():
    w, customer, agent = meeting()
    w.client().conferences("room-1").participants(agent).update(muted=True)
    w.carrier.advance(1)
    assert w.carrier.hearing(customer) == set() and w.carrier.hearing(agent) == {customer}
    assert events(w)[-1] == "participant-mute"


def test_a_coach_is_heard_only_by_whom_it_coaches():
    w, customer, agent = meeting()
    w.carrier.set_script(TARGET, "answer after 1 s")
    added = (
        w.client()
        .conferences("room-1")
        .participants.create(from_=NUMBER, to=TARGET, coaching=True, call_sid_to_coach=agent, beep="false")
    )
    w.carrier.advance(5)
    assert w.carrier.hearing(agent) == {customer, added.call_sid}
    assert w.carrier.hearing(customer) == {agent}
    w.client().conferences("room-1").participants(added.call_sid).update(coaching=False)
    assert w.carrier.hearing(customer) == {agent, added.call_sid}


def test_coaching_somebody_who_is_not_in_the_room_is_13240():
    w, _, agent = meeting()
    with pytest.raises(TwilioRestException) as refused:
        w.client().conferences("room-1").participants(agent).update(coaching=True, call_sid_to_coach="CAnobody")
    assert refused.value.code == 13240


@pytest.mark.parametrize(("script", "status"), [("busy", "busy"), ("do not answer", "no-answer"), ("fail", "failed")])
def test_a_participant_who_cannot_be_added_is_told_by_leave_and_by_status(script: str, status: str):
    w, customer, agent = meeting()
    w.pages["/status"] = WebhookResponse(204)
    w.carrier.set_script(TARGET, script)
    added = (
        w.client()
        .conferences("room-1")
        .participants.create(from_=NUMBER, to=TARGET, timeout=10, status_callback=f"{APP}/status")
    )
    assert added.status == "queued"
    w.carrier.advance(30)
    form = w.at("/conf")[-1]
    assert (form["ReasonParticipantLeft"], form["ParticipantCallStatus"]) == ("participant_add_failed", status)
    assert w.at("/status")[-1]["CallStatus"] == status
    assert w.carrier.hearing(agent) == {customer}


def test_a_participant_added_by_rest_joins_and_can_be_found_by_label():
    w, customer, agent = meeting()
    w.carrier.set_script(TARGET, "answer after 1 s")
    client = w.client()
    client.conferences("room-1").participants.create(from_=NUMBER, to=TARGET, label="supervisor", beep="false")
    w.carrier.advance(5)
    found = client.conferences("room-1").participants("supervisor").fetch()
    assert found.status == "connected" and w.carrier.hearing(found.call_sid) == {customer, agent}
    with pytest.raises(TwilioRestException) as refused:
        client.conferences("room-1").participants.create(from_=NUMBER, to=TARGET, label="supervisor")
    assert refused.value.code == 16025
    client.conferences("room-1").participants("supervisor").delete()
    w.carrier.advance(1)
    assert w.carrier.call(found.call_sid).over


def test_anything_on_a_finished_conference_is_20404():
    w, customer, _ = meeting()
    sid = conference_sid(w)
    w.client().conferences(sid).update(status="completed")
    for act in (
        lambda: w.client().conferences(sid).participants(customer).fetch(),
        lambda: w.client().conferences(sid).participants.create(from_=NUMBER, to=TARGET),
        lambda: w.client().conferences(sid).update(status="completed"),
    ):
        with pytest.raises(TwilioRestException) as refused:
            act()
        assert (refused.value.code, refused.value.status) == (20404, 404)


def test_the_name_of_a_finished_room_makes_a_new_one():
    w, _, _ = meeting()
    first = conference_sid(w)
    w.client().conferences(first).update(status="completed")
    w.carrier.run_until_idle()
    w.call("hang up after 3 s")
    w.carrier.run_until_idle()
    assert w.at("/conf")[-1]["ConferenceSid"] != first


def test_beep_is_on_unless_switched_off_and_is_heard_by_the_room():
    w = world({"/voice": twiml("<Dial><Conference>loud</Conference></Dial>")})
    loud = w.call("hang up after 3 s")
    w.carrier.run_until_idle()
    w.pages["/voice"] = room()
    quiet = w.call("hang up after 3 s")
    w.carrier.run_until_idle()
    assert "heard: beep" in w.lines(loud) and "heard: beep" not in w.lines(quiet)


def test_a_conference_recording_lasts_from_its_start_to_its_end():
    w, _, _ = meeting(f'{EVENTS} record="record-from-start" recordingStatusCallback="/rec"')
    w.carrier.advance(30)
    w.client().conferences(conference_sid(w)).update(status="completed")
    w.carrier.run_until_idle()
    (form,) = w.at("/rec")
    assert form["RecordingSource"] == "Conference" and form["ConferenceSid"] == conference_sid(w)
    assert 30 <= int(form["RecordingDuration"]) <= 35


def test_an_announcement_is_heard_by_all_and_its_end_is_told():
    w, customer, agent = meeting()
    w.pages["/news"] = twiml("<Say>This call is recorded</Say>")
    w.client().conferences(conference_sid(w)).update(announce_url=f"{APP}/news")
    w.carrier.advance(10)
    assert "heard: This call is recorded" in w.lines(customer) and "heard: This call is recorded" in w.lines(agent)
    assert events(w)[-1] == "announcement-end"


def test_changing_end_conference_on_exit_is_told_as_modify():
    w, customer, agent = meeting()
    w.client().conferences("room-1").participants(agent).update(end_conference_on_exit=True)
    w.carrier.advance(1)
    assert events(w)[-1] == "participant-modify"
    w.carrier.hang_up(agent)
    w.carrier.run_until_idle()
    assert w.carrier.call(customer).over


def test_a_redirect_takes_a_participant_out_and_the_room_goes_on():
    w, customer, agent = meeting()
    w.client().calls(customer).update(twiml=twiml("<Say>Moved</Say>"))
    w.carrier.run_until_idle(limit_s=30)
    assert w.at("/conf")[-1]["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert len(w.at("/after")) == 1 and "heard: Moved" in w.lines(customer)
    assert not w.carrier.call(agent).over
