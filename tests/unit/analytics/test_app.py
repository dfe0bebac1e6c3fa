"""The analytics function in a world of two tenants: streams in, figures out, nothing of the other tenant."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from offhook.adapters.live_channel import Connection, Connections
from offhook.adapters.memory.store import StreamRecord
from offhook.domain.ids import AgentId, TenantId, day_of
from offhook.domain.routing.queues import Queue
from offhook.domain.storage import Item
from offhook.usecases.analytics.cost import daily_costs
from offhook.web.testing import claims_by_name, invoke
from offhook.wiring.lake import use_lake

from functions.analytics.app import app, count, ledger, publish
from tests.unit.analytics.facts import DuckLake
from tests.unit.web.worlds import add_member
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import World, world

NUMBERS = {"acme": "+14155550100", "zeta": "+14155550200"}
ACME, ZETA = TenantId("t_acme"), TenantId("t_zeta")


def image(item: Item | None) -> Any:
    if item is None:
        return None
    binary = {name: {"B": b64encode(getattr(item, name)).decode()} for name in ("body", "events")}
    return {"pk": {"S": item.key.pk}, "sk": {"S": item.key.sk}, "v": {"N": str(item.version)}, **binary}


def stream_event(records: list[StreamRecord]) -> dict[str, Any]:
    shown = [{"NewImage": image(r.new), "OldImage": image(r.old), "SequenceNumber": str(r.seq)} for r in records]
    return {"Records": [{"eventSource": "aws:dynamodb", "dynamodb": s, "eventSourceARN": "a", "eventName": "MODIFY",
                         "eventID": "1", "awsRegion": "us-east-1"} for s in shown]}  # fmt: skip


def kinesis_event(bodies: list[bytes]) -> dict[str, Any]:
    return {
        "Records": [
            {"kinesis": {"data": b64encode(b).decode(), "sequenceNumber": str(n), "partitionKey": "k",
                         "kinesisSchemaVersion": "1.0", "approximateArrivalTimestamp": 1.0},
             "eventSource": "aws:kinesis", "eventID": f"shard:{n}", "eventSourceARN": "a"}
            for n, b in enumerate(bodies)
        ]
    }  # fmt: skip


@pytest.fixture(scope="module")
def day() -> Iterator[World]:
    """Two tenants with some calls each, everything published, counted and booked; redelivered here and there."""
    with world(seed=5) as made:
        actors = [a for name, number in NUMBERS.items() for a in staff(made, made.add_tenant(name, number))]
        for n in range(6):
            for number in NUMBERS.values():
                script = ["press 1 after the first prompt, press 1, press 1, press 9", "hang up after 30 s"][n % 2]
                made.carrier.place_call(f"+1415555{n:04d}", number, script)
            made.run(45)
        watch(made)
        done = consume(made, 0)
        made.run(900)
        for actor in actors:
            actor.sign_out()
        made.run(60)
        consume(made, done)
        yield made


def watch(made: World) -> None:
    with made.within(ACME) as deps:
        Connections(deps.items, deps.tenant).add(Connection("conn1", AgentId("a"), True), deps.clock.now())


def consume(made: World, done: int) -> int:
    """Deliver the stream from a place on, in batches that overlap as after failures; says how far it is."""
    records = made.aws.store.stream
    for start in range(done, len(records), 40):
        batch = stream_event(records[max(0, start - 7) : start + 40])
        assert publish(batch, None) == count(batch, None) == {"batchItemFailures": []}
    assert ledger(kinesis_event([r.body for r in made.aws.stream.records]), None) == {"batchItemFailures": []}
    return len(records)


@pytest.fixture(scope="module")
def lake(day: World) -> DuckLake:
    """Everything that was published, of both tenants."""
    return DuckLake([e for tenant in (ACME, ZETA) for e in published(day, tenant)])


@pytest.fixture
def asks(day: World, lake: DuckLake, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """GET a route as the owner of a tenant."""
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)

    def ask(path: str, tenant: TenantId = ACME, role: str = "owner", status: int = 200) -> Any:
        add_member(day.aws, tenant, f"{role}-{tenant}", role)
        with use_lake(lake):
            answer = invoke(app, "GET", path, headers={"Authorization": f"Bearer {role}-{tenant}"})
        assert answer.status == status, answer.body
        return answer.json()

    return ask


def published(made: World, tenant: TenantId) -> list[dict[str, Any]]:
    return [e for r in made.aws.stream.records if (e := json.loads(r.body))["tenant"] == tenant]


def facts(made: World, tenant: TenantId) -> list[dict[str, Any]]:
    return [e for e in published(made, tenant) if e["type"] != "usage_recorded"]


def test_every_event_is_published_and_each_contacts_in_order(day: World) -> None:
    for tenant in (ACME, ZETA):
        told = list(dict.fromkeys(e["event_id"] for e in facts(day, tenant)))
        assert set(told) == {e["event_id"] for e in checks.events(day, tenant)}
        for entity in {i.rsplit(":", 2)[0] for i in told}:
            versions = [int(i.rsplit(":", 2)[1]) for i in told if i.rsplit(":", 2)[0] == entity]
            assert versions == sorted(versions)


def test_the_floor_shows_today_as_the_report_does(day: World, asks: Callable[..., Any]) -> None:
    for tenant in (ACME, ZETA):
        floor = asks("/floor", tenant)
        assert (floor["contacts"], floor["agents"], floor["agent_states"]) == (0, [], {})
        totals = {row["queue"]: row for row in asks("/reports/volume?grain=day&by=queue", tenant)["rows"]}
        assert sum(q["offered"] for q in floor["queues"]) > 1
        for queue in floor["queues"]:
            assert queue["waiting"] == 0 and queue["oldest_at"] is None
            if queue["offered"] or queue["id"] in totals:
                same = ("offered", "answered", "abandoned", "short_abandoned", "handled", "service_level", "asa", "aht")
                assert {n: queue[n] for n in same} == pytest.approx({n: totals[queue["id"]][n] for n in same})


def test_whoever_watches_the_floor_is_told_and_only_of_the_own_tenant(day: World) -> None:
    told = [json.loads(message) for connection, message in day.aws.posted if connection == "conn1"]
    floors = [t["floor"] for t in told if t["type"] == "floor"]
    assert floors and {q["id"] for f in floors for q in f["queues"]} == set(queues(day, ACME))
    assert max(f["contacts"] for f in floors) > 0


def queues(made: World, tenant: TenantId) -> list[str]:
    with made.within(tenant) as deps:
        return [q.id for q in deps.config.list(Queue)]


def test_the_list_of_contacts_has_pages_and_filters(day: World, asks: Callable[..., Any]) -> None:
    first = asks("/contacts?limit=5")
    rest, cursor = list(first["data"]), first["next_cursor"]
    while cursor:
        page = asks(f"/contacts?limit=5&cursor={cursor}")
        rest, cursor = rest + page["data"], page["next_cursor"]
    assert sorted(c["id"] for c in rest) == sorted(c.id for c in checks.contacts(day, ACME))
    assert [c["started_at"] for c in rest] == sorted((c["started_at"] for c in rest), reverse=True)
    chosen = rest[3]
    for query in (f"number=%2B{chosen['customer_number'][1:]}", f"outcome={chosen['outcome']}"):
        assert chosen["id"] in [c["id"] for c in asks(f"/contacts?{query}")["data"]]
    assert asks("/contacts?number=%2B10000000000")["data"] == []
    assert asks("/contacts/open")["data"] == []


def test_a_contact_has_its_timeline_and_its_cost(day: World, asks: Callable[..., Any]) -> None:
    completed = next(c for c in checks.contacts(day, ACME) if c.assignment and c.assignment.device == "phone")
    page = asks(f"/contacts/{completed.id}")
    types = [e["type"] for e in page["timeline"]]
    assert (types[0], types[-1]) == ("contact_started", "contact_closed")
    assert len({e["event_id"] for e in page["timeline"]}) == len(types)
    services = {line["service"] for line in page["cost"]["lines"]}
    assert {"inbound", "agent_telephone"} <= services
    assert page["cost"] == asks(f"/costs/contacts/{completed.id}")
    assert Decimal(page["cost"]["total"]) == sum(Decimal(line["cost"]) for line in page["cost"]["lines"]) > 0
    assert asks(f"/contacts/{completed.id}", role="supervisor")["cost"] is None


def test_costs_of_days_are_the_sum_of_the_contacts(day: World, asks: Callable[..., Any]) -> None:
    contacts = [asks(f"/contacts/{c.id}")["cost"]["total"] for c in checks.contacts(day, ACME)]
    for by in ("day", "queue", "feature", "service"):
        month = asks(f"/costs?by={by}")
        assert month["month_to_date"]["list"] == month["today"]
        parts = sum(Decimal(line["cost"]) for line in month["lines"])
        assert parts == sum(map(Decimal, contacts)) == Decimal(month["today"]) > 0
    assert month["as_of"] > 0


def test_what_it_costs_us_is_on_no_answer(day: World, asks: Callable[..., Any]) -> None:
    (contact,) = checks.contacts(day, ACME)[:1]
    statement = f"/costs/statements/{asks('/costs')['month']}"
    for path in ("/costs", f"/contacts/{contact.id}", f"/costs/contacts/{contact.id}", statement, "/budgets"):
        assert not any(word in json.dumps(asks(path)["cost"] if path.startswith("/contacts") else asks(path))
                       for word in ("carrier.", "aws."))  # fmt: skip


def test_what_a_report_reads_is_booked_once(day: World, asks: Callable[..., Any]) -> None:
    asks("/reports/ivr-keys")
    asks("/reports/ivr-keys")
    bodies = [r.body for r in day.aws.stream.records if b'"athena:q1"' in r.body]
    assert len(bodies) >= 2 and ledger(kinesis_event(bodies), None) == {"batchItemFailures": []}
    with day.within(ACME) as deps:
        today = day_of(deps.clock.now())
        (cost,) = daily_costs(deps, today, today)
    assert cost.meters["aws.athena.byte"] == "0.00005"


def test_the_tail_begins_with_the_first_watcher_and_goes_on_where_it_was(day: World, asks: Callable[..., Any]) -> None:
    empty = asks("/events")
    last = [r for r in day.aws.store.stream if r.new is not None and r.new.events][-3:]
    assert count(stream_event(last), None) == {"batchItemFailures": []}
    page = asks(f"/events?cursor={empty['next_cursor']}")
    tenants = {e["tenant"] for e in page["data"]} | {e["tenant"] for e in asks("/events", ZETA)["data"]}
    assert tenants <= {ACME}
    assert asks(f"/events?cursor={page['next_cursor']}")["data"] == []


def test_nothing_of_another_tenant_is_found(day: World, asks: Callable[..., Any]) -> None:
    foreign = checks.contacts(day, ZETA)[0]
    asks(f"/contacts/{foreign.id}", status=404)
    ids = {c["id"] for c in asks("/contacts?limit=200")["data"]}
    assert not ids & {c.id for c in checks.contacts(day, ZETA)}


@pytest.mark.parametrize("path", ["/floor", "/events", "/reports/volume", "/contacts", "/contacts/c_1", "/costs"])
def test_an_agent_may_see_none_of_it(path: str, asks: Callable[..., Any]) -> None:
    asks(path, role="agent", status=403)


@pytest.mark.parametrize(
    "path",
    [
        "/reports/volume?grain=year",
        "/reports/volume?from=x",
        "/reports/volume?by=tenant",
        "/contacts?outcome=odd",
        "/contacts?tenant=t_zeta",
        "/contacts?cursor=forged",
        "/events?since=-1",
        "/costs?month=2026-13",
        "/costs?by=agent",
        "/costs?from=2026-01-02",
        "/costs/statements/yesterday",
    ],
)
def test_what_is_malformed_is_refused_with_a_code(path: str, asks: Callable[..., Any]) -> None:
    assert asks(path, status=400)["code"]


def test_a_poison_record_is_reported_and_what_came_before_is_done(day: World) -> None:
    good = stream_event(day.aws.store.stream[:3])
    good["Records"][2]["dynamodb"]["NewImage"] = {"pk": {"S": "nonsense"}, "sk": {"S": ""}}
    assert publish(good, None) == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert ledger(kinesis_event([b"no json"]), None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}


def test_events_of_a_tenant_that_is_gone_hold_nobody_up(day: World) -> None:
    body = json.dumps({"event_id": "e:1:0", "type": "talk_started", "tenant": "t_gone", "at": 1})
    assert ledger(kinesis_event([body.encode()]), None) == {"batchItemFailures": []}
