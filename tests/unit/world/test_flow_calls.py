"""Flows as callers meet them: simulated calls through signed webhooks, from the first word to the recorded outcome."""

from typing import Any

from offhook.domain.analytics.changes import ItemChange
from offhook.domain.ids import FlowId, TenantId
from offhook.domain.ivr.screening import Listed
from offhook.domain.routing.contact import Contact, Outcome
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.analytics.count import count
from offhook.usecases.ivr import drafts, incidents, publishing, screening, trials
from offhook.usecases.ivr.incidents import IncidentText
from offhook.usecases.ivr.screening import ListingText
from offhook.usecases.ivr.statistics import flow_statistics
from offhook.usecases.ivr.trials import TrialText

from tests.world import checks
from tests.world.world import World, world

NUMBER, CALLER = "+14155550100", "+14155550999"


def words(text: str) -> list[dict[str, Any]]:
    return [{"say": {"en-US": text}}]


def ending(text: str) -> dict[str, Any]:
    return {"type": "hang_up", "prompt": words(text)}


def document(greeting: str = "Welcome.") -> dict[str, Any]:
    menu = {
        "type": "menu", "prompt": words("What can we do for you?"), "choices": {"1": "orders", "2": "pay"},
        "speech": {"1": {"en-US": ["order"]}, "2": {"en-US": ["pay"]}}, "invalid": "lost", "timeout": "lost",
    }  # fmt: skip
    return {
        "languages": ["en-US"],
        "start": "screen",
        "nodes": {
            "screen": {"type": "screen", "next": "hello", "nuisance_calls": 3},
            "hello": {"type": "say", "text": {"en-US": greeting}, "next": "news"},
            "news": {"type": "incident_notice", "next": "menu"},
            "menu": menu,
            "orders": ending("Your order is on its way."),
            "pay": {"type": "sub_flow", "flow": "f_pay", "next": "lost", "exits": {"paid": "paid"}},
            "paid": ending("Thank you for paying."),
            "lost": ending("Please call again."),
        },
    }


def opened(made: World) -> TenantId:
    """A tenant whose number is answered by the flow above, which calls another."""
    tenant = made.add_tenant("acme", NUMBER)
    with made.within(tenant) as deps:
        keys = {"type": "menu", "prompt": words("Press 5."), "choices": {"5": "done"}, "invalid": "no", "timeout": "no"}
        pay = {"ask": keys, "done": {"type": "return", "result": "paid"}, "no": {"type": "return"}}
        for flow_id, body in (("f_pay", {"languages": ["en-US"], "start": "ask", "nodes": pay}), ("f_own", document())):
            draft = drafts.create_draft(deps, drafts.FlowText(flow_id, body))
            moved = deps.config.create(FlowDraft(FlowId(flow_id), draft.name, draft.document))
            publishing.publish(deps, moved.id, moved.version, "u")
        number = deps.config.get(Number, NUMBER)
        deps.config.put(Number(NUMBER, FlowId("f_own"), number.version + 1))
    return tenant


def call(made: World, tenant: TenantId, script: str, caller: str = CALLER) -> tuple[Contact, str]:
    """The contact of a call when it is over, and everything that was heard."""
    known = {contact.id for contact in checks.contacts(made, tenant)}
    sid = made.carrier.place_call(caller, NUMBER, script)
    made.run(120)
    (contact,) = [contact for contact in checks.contacts(made, tenant) if contact.id not in known]
    transcript = made.carrier.transcript(sid)
    return contact, " ".join(entry.text for entry in transcript)


def test_a_caller_says_what_is_wanted_and_one_who_mumbles_presses_the_key() -> None:
    with world() as made:
        tenant = opened(made)
        contact, heard = call(made, tenant, 'say "about my order, please"')
        assert "Your order is on its way." in heard
        assert contact.outcome is Outcome.SELF_SERVED
        _, heard = call(made, tenant, 'say "order" with confidence 0.2, press 2, press 5')
        assert "did not understand" in heard
        assert "Thank you for paying." in heard
        checks.nothing_left(made, tenant)


def test_a_blocked_caller_is_turned_away_unanswered_and_the_nuisance_after_three_calls() -> None:
    with world() as made:
        tenant = opened(made)
        with made.within(tenant) as deps:
            screening.put(deps, "+14155550666", ListingText(Listed.BLOCK))
        contact, heard = call(made, tenant, "press 1", "+14155550666")
        assert (contact.outcome, contact.outcome_reason) == (Outcome.BLOCKED, "screened_block_list")
        assert "Welcome" not in heard
        for _ in range(3):
            contact, heard = call(made, tenant, "hang up at 2 s")
            assert contact.outcome is Outcome.LEFT_IN_FLOW
        contact, heard = call(made, tenant, "hang up at 2 s")
        assert (contact.outcome, contact.outcome_reason) == (Outcome.BLOCKED, "screened_nuisance")
        checks.nothing_left(made, tenant)


def test_a_trial_is_heard_by_its_caller_marked_and_not_counted_and_an_incident_is_told() -> None:
    with world() as made:
        tenant = opened(made)
        with made.within(tenant) as deps:
            draft = deps.config.get(FlowDraft, "f_own")
            changed = drafts.change_draft(deps, draft.id, draft.version, drafts.FlowText("x", document("New welcome.")))
            trials.begin_trial(deps, draft.id, changed.version, TrialText(CALLER))
            incidents.post(deps, IncidentText("Storm", {"en-US": "A storm cut some lines."}))
        tried, heard = call(made, tenant, "press 1")
        assert "New welcome. " in heard
        other, heard = call(made, tenant, "press 1", "+14155550998")
        assert "New welcome" not in heard
        assert "A storm cut some lines." in heard
        marked = {event["contact_id"]: event.get("trial", False) for event in checks.events(made, tenant)}
        assert (marked[tried.id], marked[other.id]) == (True, False)
        with made.within(tenant) as deps:
            prefix = f"T#{tenant}#CONTACT#"
            stream = [r for r in made.aws.store.stream if r.new and r.new.key.pk.startswith(prefix)]
            count(deps, [ItemChange(record.old, record.new, str(n)) for n, record in enumerate(stream)])
            found = flow_statistics(deps, FlowId("f_own"))
        entered = {node.node: node.entered for node in found.nodes}
        assert (found.calls, entered["menu"], entered["orders"]) == (1, 1, 1)
        checks.nothing_left(made, tenant)
