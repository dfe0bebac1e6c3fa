"""A person is forgotten in every contact, the facts of which stay; retention deletes what is over."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from offhook import wiring
from offhook.domain.customers.customer import Customer
from offhook.domain.errors import InvalidInput, NotFound, PreconditionFailed
from offhook.domain.ids import DAY, CallSid, ContactId, CustomerId, FlowId, Instant
from offhook.domain.messages import Message
from offhook.domain.objects import recordings_of
from offhook.domain.recordings.recording import Recording
from offhook.domain.recordings.stored import StoredRecording
from offhook.domain.routing.contact import Contact, ContactState, FlowPosition, Outcome
from offhook.stores.audit import AuditTrail
from offhook.stores.forgetting import Forgetting
from offhook.stores.packing import unpack
from offhook.stores.recordings import Recordings
from offhook.stores.timelines import Timelines
from offhook.usecases.erasure import person, retention
from offhook.usecases.erasure.person import PersonEraser
from offhook.web.operator import jobs
from offhook.wiring.memory import MemoryWorld

from functions.customers.app import app
from tests.unit.erasure.lake import MemoryLake
from tests.unit.exports.kit import deps_of, work_off
from tests.unit.isolation.store_state import StoreState
from tests.unit.web.worlds import A, asks

pytestmark = pytest.mark.usefixtures("names_as_tokens")
ADA, NUMBER = CustomerId("cu_ada"), "+14155550123"
LAKE = MemoryLake()


def called(world: MemoryWorld, name: str, at: Instant, number: str = NUMBER, closed: bool = True) -> ContactId:
    """A contact with a recording, notes of the flow and a timeline; closed at once, or open."""
    deps, one = deps_of(world, A), ContactId(f"c_{name}")
    flow = FlowPosition(FlowId("f"), 1, "n", attributes={"account": "4711"})
    key = f"{recordings_of(A)}RE{name}"
    new = Contact(
        one, A, 0, ContactState.IN_FLOW, at, CallSid(f"CA{name}"), number, "+14155550100", "en-US", flow,
        customer_id=ADA if number == NUMBER else None, customer_name="Ada",
    )  # fmt: skip
    open_ = deps.contacts.start(new, [])
    Timelines(deps.items, A).add(one, [{"at": at, "event_id": f"{one}:1:0", "customer_number": number, "type": "x"}])
    if closed:
        over = replace(
            open_, state=ContactState.ENDED, outcome=Outcome.COMPLETED, ended_at=at, closed_at=at,
            recordings=(Recording(f"RE{name}", "stored", 9, key),),
        )  # fmt: skip
        deps.contacts.save(open_, over, [])
        world.files[key] = b"sound"
        stored = StoredRecording(f"RE{name}", one, at, at, key, 5, "5" * 64, carrier_gone_at=at)
        deps.items.commit(Recordings(deps.items, A).write(stored, 0))
    return one


@pytest.fixture
def busy(world: MemoryWorld) -> MemoryWorld:
    now = world.clock.now()
    deps_of(world, A).customers.create(Customer(ADA, name="Ada", numbers=(NUMBER, "+14155550124")))
    called(world, "known", now)
    called(world, "before", now, "+14155550124")
    called(world, "other", now, "+14155550199")
    return world


def handle(message: Message) -> None:
    deps = wiring.deps_for(wiring.tenant_context(message.tenant_id))
    PersonEraser(deps, wiring.objects(deps.tenant), wiring.sweep(), LAKE, LAKE).advance(message.entity, message.arg)


def stored(world: MemoryWorld) -> str:
    return " ".join(str(asdict) for asdict in (deps_of(world, A).contacts.closed(ContactId(f"c_{n}")) for n in NAMES))


NAMES = ("known", "before", "other")


def test_the_person_is_nowhere_and_the_facts_of_their_contacts_stay(busy: MemoryWorld) -> None:
    assert asks(app, "POST", f"/{ADA}/erasure").status == 202
    work_off(busy, handle)
    deps = deps_of(busy, A)
    for name in ("known", "before"):
        record = deps.contacts.closed(ContactId(f"c_{name}"))
        assert record and record.outcome is Outcome.COMPLETED and record.called_number
        assert (record.customer_number, record.customer_id, record.flow.attributes, record.recordings) == (
            "",
            None,
            {},
            (),
        )
        (event,) = Timelines(deps.items, A).of(record.id)
        assert "customer_number" not in event and event["type"] == "x"
        assert deps.contacts.get(record.id) is None
    assert set(busy.files) == {f"{recordings_of(A)}REother"}
    assert deps.contacts.closed(ContactId("c_other")).customer_number == "+14155550199"
    assert deps.customers.find(ADA) is None and deps.customers.by_number(NUMBER) is None
    assert deps.customers.named("", 50) == []
    assert not Forgetting(deps.items, A).under_way()
    with pytest.raises(NotFound):
        person.begin(deps, ADA, "again")


def test_a_worker_that_dies_anywhere_forgets_as_well(busy: MemoryWorld) -> None:
    before, files = StoreState.of(busy.store), dict(busy.files)

    def erased(at: int) -> int:
        before.restore(busy.store)
        busy.files = dict(files)
        person.begin(deps_of(busy, A), ADA, "owner")
        return work_off(busy, handle, at)

    calls = erased(-1)
    whole = stored(busy)
    for at in range(calls):
        erased(at)
        assert stored(busy) == whole
        assert not [key for key in busy.store.rows if ADA in key.pk or NUMBER in key.pk]
        assert not [k for k, row in busy.store.rows.items() if NUMBER.encode() in unpack(row.item.body)]


def test_the_profile_goes_at_once_and_its_number_may_be_anothers_before_the_rest_is_done(busy: MemoryWorld) -> None:
    deps = deps_of(busy, A)
    person.begin(deps, ADA, "owner")
    assert deps.customers.named("", 50) == [] and deps.customers.by_number(NUMBER) is None
    assert asks(app, "GET", f"/{ADA}").status == 404
    bob = deps.customers.create(Customer(CustomerId("cu_bob"), name="Bob", numbers=(NUMBER,)))
    work_off(busy, handle)
    assert deps.customers.by_number(NUMBER) == bob and not Forgetting(deps.items, A).under_way()


def test_what_is_given_to_the_customer_meanwhile_goes_with_the_profile(busy: MemoryWorld) -> None:
    deps, late = deps_of(busy, A), "+14155550125"

    def after_the_profile_was_read(*_: object) -> None:
        deps.customers.add_number(ADA, late)

    with patch.object(person, "_refuse_held", after_the_profile_was_read):
        person.begin(deps, ADA, "owner")
    assert Forgetting(deps.items, A).find(ADA).numbers == (NUMBER, "+14155550124", late)
    assert not [key for key in busy.store.rows if late in key.pk]


def test_a_contact_under_way_is_waited_for(busy: MemoryWorld) -> None:
    called(busy, "now", busy.clock.now(), closed=False)
    deps = deps_of(busy, A)
    person.begin(deps, ADA, "owner")
    one = PersonEraser(deps, busy.objects(deps.tenant), busy.sweep(), LAKE, LAKE)
    assert not one.advance(ADA, "live ")
    assert busy.queue.sent[-1][1] == 900.0 and Forgetting(deps.items, A).under_way()


def test_everything_of_a_person_is_exported(busy: MemoryWorld) -> None:
    found = asks(app, "GET", f"/{ADA}/export").json()
    assert found["customer"]["name"] == "Ada" and found["complete"]
    assert [c["contact"]["id"] for c in found["contacts"]] == ["c_known"]
    assert found["contacts"][0]["events"][0]["customer_number"] == NUMBER
    assert asks(app, "GET", "/cu_nobody/export").status == 404
    assert asks(app, "GET", f"/{ADA}/export", user="agent-of-t_a").status == 403


def test_who_had_everything_of_a_person_shown_is_in_the_audit_trail(busy: MemoryWorld) -> None:
    assert asks(app, "GET", f"/{ADA}/export").status == 200
    deps = deps_of(busy, A)
    (entry,) = AuditTrail(deps.items, A).all()
    assert (entry.act.action, entry.act.about) == ("GET /v1/customers/{customer_id}/export", {"customer_id": ADA})


def test_what_was_kept_long_enough_is_deleted_and_the_rest_stays(busy: MemoryWorld) -> None:
    now, deps = busy.clock.now(), deps_of(busy, A)
    called(busy, "old", now - 40 * DAY)
    called(busy, "older", now - 100 * DAY)
    with pytest.raises(InvalidInput):
        retention.change(deps, 0, None, 0)
    retention.change(deps, 30, 90, 0)
    with pytest.raises(PreconditionFailed):
        retention.change(deps, 30, 90, 0)
    work_off_retention(busy)
    old = deps.contacts.closed(ContactId("c_old"))
    assert old and old.customer_number == NUMBER
    assert [(r.status, r.media_key) for r in old.recordings] == [("deleted", None)]
    assert deps.contacts.closed(ContactId("c_older")) is None
    known = deps.contacts.closed(ContactId("c_known"))
    assert known and known.recordings and f"{recordings_of(A)}REold" not in busy.files


def work_off_retention(world: MemoryWorld) -> None:
    retention.apply(deps_of(world, A), world.objects(wiring.tenant_context(A)))
    work_off(world, lambda m: retention.apply(deps_of(world, m.tenant_id), world.objects(wiring.tenant_context(A))))


def test_a_message_that_comes_again_late_does_not_begin_anew_what_has_ended(busy: MemoryWorld) -> None:
    deps = deps_of(busy, A)
    person.begin(deps, ADA, "owner")
    read = iter([Forgetting(deps.items, A).find(ADA)])
    work_off(busy, handle)
    with patch.object(Forgetting, "find", lambda *_: next(read, None)):
        assert PersonEraser(deps, busy.objects(deps.tenant), busy.sweep(), LAKE, LAKE).advance(ADA, "")
    assert not Forgetting(deps.items, A).under_way() and not busy.queue.sent


def test_the_clock_goes_on_with_persons_whose_message_was_lost(busy: MemoryWorld) -> None:
    deps = deps_of(busy, A)
    person.begin(deps, ADA, "owner")
    busy.queue.sent.clear()
    busy.clock.advance(59 * 60)
    jobs.look(deps)
    assert not busy.queue.sent, "it goes on by itself"
    PersonEraser(deps, busy.objects(deps.tenant), busy.sweep(), LAKE, LAKE).advance(ADA, "")
    busy.queue.sent.clear()
    busy.clock.advance(59 * 60)
    jobs.look(deps)
    assert not busy.queue.sent
    busy.clock.advance(60)
    jobs.look(deps)
    assert [m.entity for m, _ in busy.queue.sent] == [ADA]
