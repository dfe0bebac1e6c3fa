"""Playing, holding, deleting and proving, through the routes and the nightly job."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from offhook import wiring
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import ContactId, CustomerId, QueueId
from offhook.domain.recordings.stored import OnLegalHold, digest_of
from offhook.stores.recordings import Recordings
from offhook.usecases import audit
from offhook.usecases.erasure import begin, person, retention
from offhook.wiring.memory import MemoryWorld

from functions.routing.app import app
from tests.unit.exports.kit import deps_of, work_off
from tests.unit.recordings.kit import CALLER, copy, recorded
from tests.unit.web.worlds import A, add_member, asks

WHY = {"reason": "complaint 4711"}


def play(sid: str = "REnew", user: str = "owner-of-t_a"):
    return asks(app, "GET", f"/recordings/{sid}?{urlencode(WHY)}", user)


def nightly(world: MemoryWorld, at: int = -1) -> int:
    """What the clock asks for once a day, with all that follows."""
    context = wiring.tenant_context(A)
    world.queue.send(retention.Message(A, retention.Topic.RETENTION, ""))
    return work_off(world, lambda m: retention.apply(deps_of(world, A), world.objects(context)), at)


def sounds(world: MemoryWorld) -> set[str]:
    return {key.rpartition("/")[2] for key in world.files if key.endswith(("REold", "REnew", "REtrade"))}


def test_a_recording_is_played_by_a_link_with_a_reason_that_the_audit_trail_keeps(taped: MemoryWorld):
    assert asks(app, "GET", "/recordings/REnew").status == 400
    told = play().json()
    assert told["url"].endswith("/t/t_a/recordings/REnew") and (told["channels"], told["duration_s"]) == (2, 3.0)
    assert len(told["peaks"]) == 2 and all(0 < len(one) <= 400 for one in told["peaks"])
    entry = audit.page(deps_of(taped, A), None, 1)[0].act
    assert (entry.actor, entry.about["query"]) == ("owner-of-t_a", WHY)
    assert entry.about["recording_id"] == "REnew"


def test_agents_other_tenants_and_those_of_other_queues_do_not_play_it(taped: MemoryWorld):
    assert play(user="agent-of-t_a").status == 403
    add_member(taped, A, "led", "supervisor", queues=(QueueId("sales"),))
    add_member(taped, A, "leads", "supervisor", "a_2", queues=(QueueId("billing"),))
    nowhere = play("REnowhere").body
    assert play(user="owner-of-t_b").body == play(user="led").body == nowhere
    assert play(user="leads").status == 200


def listed(query: str = "", user: str = "owner-of-t_a") -> list[str]:
    """Ids of the recordings of the last two months."""
    began = datetime.fromtimestamp(wiring.clock().now() / 1000, UTC).date() - timedelta(60)
    answer = asks(app, "GET", f"/recordings?limit=1&from={began}{query}", user)
    assert answer.status == 200, answer.body
    page = answer.json()
    more = listed(f"{query}&cursor={page['next_cursor']}", user) if page["next_cursor"] else []
    return [one["id"] for one in page["data"]] + more


def test_recordings_are_listed_by_day_queue_agent_and_contact_to_those_who_may_play_them(taped: MemoryWorld):
    everything = listed()
    assert "REnew" in everything and len(everything) == len(set(everything))
    assert listed("&queue=billing&agent=a_agent") == everything
    assert listed("&queue=sales") == listed("&agent=a_2") == []
    assert listed("&contact=c_new") == ["REnew"] and listed("&contact=c_nowhere") == []
    add_member(taped, A, "led", "supervisor", queues=(QueueId("sales"),))
    add_member(taped, A, "leads", "supervisor", "a_2", queues=(QueueId("billing"),))
    assert listed(user="led") == listed("&contact=c_new", user="led") == []
    assert listed(user="leads") == everything
    assert listed(user="owner-of-t_b") == []
    assert asks(app, "GET", "/recordings", "agent-of-t_a").status == 403
    assert asks(app, "GET", "/recordings?colour=red").status == 400
    asks(app, "DELETE", "/recordings/REnew")
    assert "REnew" not in listed()


def test_what_is_deleted_by_hand_is_gone_and_proven_and_again_is_the_same_proof(taped: MemoryWorld):
    proof = asks(app, "DELETE", "/recordings/REnew").json()
    deps = deps_of(taped, A)
    stored = Recordings(deps.items, A).deletion("REnew")
    assert stored and stored.digest == proof["digest"] == digest_of(stored)
    assert (stored.rule, stored.by) == ("deleted by hand", "owner-of-t_a") and stored.carrier_gone_at
    assert sounds(taped) == {"REold"} and play().status == 404
    assert asks(app, "DELETE", "/recordings/REnew").json() == proof
    assert asks(app, "GET", "/recordings/REnew/deletion").json() == proof
    entries = {e.number: e.act for e in audit.page(deps, None, 50)}
    assert entries[stored.audit_number].about["proof"] == stored.digest
    assert audit.verify(deps).intact
    assert [r.status for r in deps.contacts.get(ContactId("c_new")).recordings] == ["deleted"]


def test_a_legal_hold_beats_deletion_retention_and_erasure_until_it_is_lifted(taped: MemoryWorld):
    deps = deps_of(taped, A)
    retention.change(deps, 30, None, 0)
    assert asks(app, "PUT", "/legal-holds/c_old", json={"reason": "case 12"}).status == 200
    assert asks(app, "PUT", "/legal-holds/c_old", json={"reason": "case 13"}).json()["code"] == "held_already"
    refused = asks(app, "DELETE", "/recordings/REold")
    assert (refused.status, refused.json()["code"]) == (409, "on_legal_hold") and "case 12" in refused.body
    nightly(taped)
    assert "REold" in sounds(taped)
    deps.customers.create(Customer(CustomerId("cu_1"), name="Ada", numbers=(CALLER,)))
    with pytest.raises(OnLegalHold, match="c_old"):
        person.begin(deps, CustomerId("cu_1"), "owner")
    with pytest.raises(OnLegalHold):
        begin.refuse_held(deps)
    assert asks(app, "DELETE", "/legal-holds/c_old").status == 204
    assert asks(app, "DELETE", "/legal-holds/c_old").status == 404
    nightly(taped)
    assert sounds(taped) == {"REnew"}
    proof = Recordings(deps.items, A).deletion("REold")
    assert proof and proof.rule == "retention: standard, 30 days"


def test_a_recording_copied_after_the_hold_was_set_is_held_too(taped: MemoryWorld):
    deps = deps_of(taped, A)
    recorded(taped, "late", copied=False)
    kept = Recordings(deps.items, A)
    asks(app, "PUT", "/legal-holds/c_late", json={"reason": "case 12"})
    copy(taped, "late")
    assert kept.get("RElate").held and "RElate" not in [one.id for one in kept.kept_by("")]


def test_finance_keeps_five_years_whatever_the_tenants_rule_says(taped: MemoryWorld):
    short = asks(app, "POST", "/retention-classes", json={"name": "Trading", "trade": "finance", "days": 1000})
    assert (short.status, short.json()["errors"][0]["field"]) == (400, "$.days")
    made = asks(app, "POST", "/retention-classes", json={"name": "Trading", "trade": "finance", "days": 1827}).json()
    recorded(taped, "trade", 1800, made["id"])
    deps = deps_of(taped, A)
    retention.change(deps, 30, 60, 0)
    nightly(taped)
    assert sounds(taped) == {"REtrade", "REnew"}
    assert deps.contacts.closed(ContactId("c_trade")), "a contact stays as long as its recording"
    taped.clock.advance(30 * 86_400)
    nightly(taped)
    assert "REtrade" not in sounds(taped) and deps.contacts.closed(ContactId("c_trade")) is None
    assert Recordings(deps.items, A).deletion("REtrade").rule == "retention: Trading, 1827 days"


def test_a_worker_that_dies_anywhere_deletes_once_and_proves_once(taped: MemoryWorld):
    deps = deps_of(taped, A)
    retention.change(deps, 30, None, 0)
    for at in range(14):
        sid = recorded(taped, f"old{at}", 40)
        nightly(taped, at)
        nightly(taped)
        assert not [key for key in taped.files if key.endswith(sid)]
        assert Recordings(deps.items, A).get(sid) is None
    assert audit.verify(deps).intact
    proofs = [e for e in audit.page(deps, None, 100) if e.act.action == "recording deleted"]
    assert len(proofs) == len({e.act.about["recording"] for e in proofs}) == 15


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"numbers": {"x": {}}}, "$.numbers"),
        ({"numbers": {"+14155550100": {"mode": "share", "share_percent": 0}}}, "$.numbers.+14155550100.share_percent"),
        ({"regions": {"DE": "free"}}, "$.regions.DE"),
        ({"regions": {"ZZ": "never"}}, "$.regions"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_the_field(taped: MemoryWorld, body: object, field: str):
    refused = asks(app, "PUT", "/recording-rules", json=body, headers={"If-Match": '"0"'})
    assert refused.status == 400 and refused.json()["errors"][0]["field"] == field, refused.body
    told = asks(app, "GET", "/recording-rules").json()
    assert told["numbers"] == {} and told["table"]["DE"]["source"] and told["unknown"]["rule"] == "announce"
