"""A stranger signs a business up: mail, verification, set-up; and what nobody learns on the way."""

from collections.abc import Iterator

import pytest
from offhook.adapters.cached_items import ItemCache
from offhook.adapters.memory.items import MemoryItems
from offhook.domain.ids import DAY, HOUR, SECOND, TenantId
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.storage import Write
from offhook.domain.tenants.carrier_accounts import Telco
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.sign_up import canonical_address, tenant_of
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.config import ConfigStore
from offhook.stores.directory import Directory
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.tenants import onboarding, provisioning
from offhook.usecases.tenants.membership import members_of
from offhook.usecases.tenants.site import Site

from tests.unit.tenants.sign_up_world import SignUpWorld, sign_up_world


@pytest.fixture
def world() -> Iterator[SignUpWorld]:
    """Nobody has signed up."""
    with sign_up_world() as made:
        yield made


def test_a_stranger_gets_a_business_that_takes_calls(world: SignUpWorld) -> None:
    sign_up, secret = world.join()
    world.run(60)
    shown = world.progress(sign_up, secret).json()
    assert (shown["status"], all(step["done"] for step in shown["steps"])) == ("ready", True)
    tenant = world.tenant(tenant_of(sign_up))
    assert (tenant.name, tenant.status, tenant.time_zone) == ("Acme Clinic", TenantStatus.TRIALING, "Europe/Berlin")
    number = world.carrier.accounts.number(tenant.caller_id)
    assert number is not None
    assert number.account_sid == tenant.account_sid
    directory = Directory(world.aws.edge_items())
    assert directory.tenant_of("NUMBER", tenant.caller_id) == directory.tenant_of("ACCOUNT", tenant.account_sid)
    with world.within(tenant.id) as deps:
        (owner,) = members_of(deps).all()
        assert (owner.role, owner.email) == ("owner", "Ada@acme.example")
        assert deps.config.get(AgentConfig, owner.agent_id).profile_id == "main"
        assert deps.config.get(FlowDraft, "f_main").published == 1
        assert deps.config.get(Number, tenant.caller_id).flow_id == "f_main"
        assert deps.config.get(Telco, tenant.id).trigger_sid.startswith("UT")
        assert onboarding.present(deps).offered
    (welcome,) = world.mails("welcome")
    assert (welcome.to, welcome.values["number"]) == ("Ada@acme.example", tenant.caller_id)


def test_nothing_of_a_link_is_stored_but_its_hash(world: SignUpWorld) -> None:
    sign_up = world.apply().json()["id"]
    world.run(5)
    (secret,) = world.secrets_of(sign_up)
    assert not [row for row in world.aws.store.rows.values() if secret.encode() in row.item.body]


@pytest.mark.parametrize("spelling", ["a.d.a@gmail.com", "ADA+spam@googlemail.com", "ada@gmail.com"])
def test_disposable_spellings_of_one_mailbox_count_as_one(spelling: str) -> None:
    assert canonical_address(spelling) == "ada@gmail.com"


def test_a_mailbox_gets_five_mails_a_day_and_the_answer_stays_the_same(world: SignUpWorld) -> None:
    answers = [world.apply(email=f"ada+{n}@acme.example") for n in range(8)]
    world.run(10)
    assert len(world.mails("verification")) == 5
    assert {(answer.status, answer.json()["status"], len(answer.json()["id"])) for answer in answers} == {
        (202, "waiting_for_verification", 25)
    }


def test_a_domain_that_asks_too_often_is_told_so(world: SignUpWorld) -> None:
    answers = [world.apply(email=f"person{n}@acme.example").status for n in range(22)]
    assert answers == [202] * 20 + [429] * 2
    world.run(DAY / SECOND)
    assert world.apply(email="person@acme.example").status == 202


def test_links_that_are_wrong_foreign_or_nobodys_are_answered_alike(world: SignUpWorld) -> None:
    first, second = (world.apply(email=f"{name}@acme.example").json()["id"] for name in ("ada", "ben"))
    world.run(5)
    (foreign,) = world.secrets_of(second)
    answers = [
        world.verify(first, foreign), world.verify(first, "v_none"), world.verify("join_" + "0" * 20, foreign),
        world.verify("nonsense", foreign),
    ]  # fmt: skip
    assert {(answer.status, answer.body) for answer in answers} == {(404, answers[0].body)}
    assert world.pool.people == {}


def test_a_link_lives_two_days_and_then_nothing_is_left(world: SignUpWorld) -> None:
    sign_up = world.apply().json()["id"]
    world.run(5)
    (secret,) = world.secrets_of(sign_up)
    world.run(2 * DAY / SECOND)
    assert world.verify(sign_up, secret).status == 404
    world.look_after()
    left = [key for key in world.aws.store.rows if tenant_of(sign_up) in f"{key.pk}{key.sk}"]
    assert left == []


def test_one_more_mail_may_be_asked_for_and_each_link_works(world: SignUpWorld) -> None:
    from offhook.web.testing import invoke

    from functions.tenants.app import app

    sign_up = world.apply().json()["id"]
    world.run(5)
    for path in (sign_up, sign_up, "join_" + "0" * 20, "nonsense"):
        assert invoke(app, "POST", f"/sign-ups/{path}/mails").status == 202
    world.run(61)
    invoke(app, "POST", f"/sign-ups/{sign_up}/mails")
    world.run(5)
    first, second = world.secrets_of(sign_up)
    assert world.verify(sign_up, first).status == 202
    assert world.verify(sign_up, second).status == 202


def test_a_password_that_the_pool_would_refuse_makes_nobody(world: SignUpWorld) -> None:
    sign_up = world.apply().json()["id"]
    world.run(5)
    (secret,) = world.secrets_of(sign_up)
    answer = world.verify(sign_up, secret, password="password")
    assert (answer.status, answer.json()["errors"][0]["field"]) == (400, "$.password")
    assert world.pool.people == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company", " "), ("company", "See https://spam.example"), ("company", "x" * 81), ("country", "usa"),
        ("time_zone", "Mars/Olympus"), ("time_zone", "../etc/passwd"), ("language", "tlh"), ("email", "ada"),
        ("email", "ada@localhost"), ("email", "a b@c.de"), ("industry", "casino"), ("company", 7),
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused_by_field(world: SignUpWorld, field: str, value: object) -> None:
    answer = world.apply(**{field: value})
    assert (answer.status, answer.json()["errors"][0]["field"]) == (400, f"$.{field}")
    assert world.aws.store.rows == {}


def test_a_message_that_is_lost_is_found_by_the_next_look(world: SignUpWorld) -> None:
    world.aws.queue.handler = None
    sign_up = world.apply().json()["id"]
    world.aws.queue.handler = world.work
    world.look_after()
    world.run(5)
    world.aws.queue.handler = None
    assert world.verify(sign_up, world.secrets_of(sign_up)[0]).status == 202
    world.aws.queue.handler = world.work
    world.look_after()
    world.run(60)
    assert world.tenant(tenant_of(sign_up)).status is TenantStatus.TRIALING


def test_a_carrier_that_is_away_for_an_hour_delays_the_set_up(world: SignUpWorld) -> None:
    from local.carrier.faults import Fault

    world.carrier.faults.rules.append(Fault("503", kind="rest", count=20))
    sign_up, secret = world.join()
    world.run(HOUR / SECOND)
    assert world.progress(sign_up, secret).json()["status"] == "ready"


def test_a_worker_that_remembers_an_older_tenant_is_not_misled(world: SignUpWorld) -> None:
    """Configuration is remembered for five seconds, and other processes change it meanwhile."""
    world.aws.cache = ItemCache(world.aws.clock, ttl_s=HOUR / SECOND)
    world.aws.queue.handler = lambda message: (changed_elsewhere(world, message.tenant_id), world.work(message))[1]
    sign_up, secret = world.join()
    world.run(5)
    assert world.progress(sign_up, secret).json()["status"] == "ready"


def test_a_tenant_that_changes_while_it_is_opened_is_opened_a_little_later(world: SignUpWorld) -> None:
    opening = provisioning._opening

    def meanwhile(site: Site) -> tuple[Write, ...]:
        writes = opening(site)
        monkey.undo()
        changed_elsewhere(world, site.deps.tenant.id)
        return writes

    with pytest.MonkeyPatch.context() as monkey:
        monkey.setattr(provisioning, "_opening", meanwhile)
        sign_up, secret = world.join()
        world.run(30)
    assert world.progress(sign_up, secret).json()["status"] == "ready"


def changed_elsewhere(world: SignUpWorld, tenant: TenantId) -> None:
    """Another process writes the tenant's item, of which this one is not told."""
    config = ConfigStore(MemoryItems(world.aws.store, tenant), tenant)
    if found := config.find(Tenant, tenant):
        config.change(found)


def test_a_person_who_is_known_already_keeps_their_password(world: SignUpWorld) -> None:
    world.pool.ensure("ada@acme.example", "Ada", "Older-Password-1!")
    world.join()
    assert world.pool.people["ada@acme.example"][1] == "Older-Password-1!"


def test_demo_customers_come_only_when_asked_for(world: SignUpWorld) -> None:
    for demo, company in ((True, "With"), (False, "Without")):
        sign_up, _ = world.join(company=company, demo_data=demo)
        world.run(60)
        with world.within(tenant_of(sign_up)) as deps:
            assert (deps.customers.by_number("+14155550123") is not None) is demo


def test_what_time_does_not_cure_stops_the_set_up_and_the_owner_may_try_again(
    world: SignUpWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from offhook.domain.errors import InvalidInput
    from offhook.domain.tenants.sign_up import Step
    from offhook.usecases.tenants import provisioning

    def refused(*_: object) -> None:
        raise InvalidInput("carrier_refuses", message="no.")

    steps = dict(provisioning.STEPS)
    monkeypatch.setattr(provisioning, "STEPS", {**steps, Step.APPLICATION: refused})
    sign_up, secret = world.join()
    world.run(60)
    shown = world.progress(sign_up, secret).json()
    assert (shown["status"], shown["failure"]) == ("failed", "application: The carrier refuses: no.")
    assert world.tenant(tenant_of(sign_up)).status is TenantStatus.PROVISIONING_FAILED
    monkeypatch.setattr(provisioning, "STEPS", steps)
    assert world.verify(sign_up, secret).status == 202
    world.run(60)
    assert world.progress(sign_up, secret).json()["status"] == "ready"
    assert [one.friendly_name for one in world.carrier.accounts.all.values()] == ["Offhook", tenant_of(sign_up)]


def test_a_country_that_sells_no_numbers_begins_with_a_foreign_one(world: SignUpWorld) -> None:
    sign_up, _ = world.join(country="KP")
    world.run(60)
    assert world.tenant(tenant_of(sign_up)).caller_id.startswith("+1")
