"""The life of a tenant: legal moves, what time does, and a system that always agrees with the model of it."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest
from offhook import wiring
from offhook.adapters.carrier.twilio.provisioning import TwilioAccounts
from offhook.adapters.guard import tenant_scope
from offhook.domain.errors import Conflict
from offhook.domain.ids import DAY, MINUTE, SECOND, Instant, TenantId
from offhook.domain.tenants.carrier_accounts import Account, Telco
from offhook.domain.tenants.lifecycle import EFFECTS, LIMITS, TABLE, Barred, TenantStatus, Trigger, due
from offhook.domain.tenants.sign_up import tenant_of
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.codec import decode_events
from offhook.stores.directory import Directory
from offhook.usecases.tenants import lifecycle, lifecycle_carrier
from offhook.usecases.tenants.lifecycle import NotActive, require_calls_out

from local.carrier.inprocess import InProcessHttpClient
from tests.unit.tenants.sign_up_world import SignUpWorld, sign_up_world
from tests.unit.tenants.test_sign_up_crash_points import dying
from tests.world.world import WorkerKilled

S, T = TenantStatus, Trigger
BEYOND = (T.ERASE, T.ERASURE_DONE)  # erasing is another's story; it begins where this one ends
WALKED = [one for one in Trigger if one not in BEYOND]


@pytest.fixture
def world() -> Iterator[SignUpWorld]:
    """A tenant on trial."""
    with sign_up_world() as made:
        yield made


@pytest.fixture
def tenant(world: SignUpWorld) -> TenantId:
    sign_up, _ = world.join()
    world.run(60)
    return tenant_of(sign_up)


def moved(world: SignUpWorld, tenant: TenantId, *triggers: Trigger) -> Tenant:
    with world.within(tenant) as deps:
        for trigger in triggers:
            lifecycle.move(deps, trigger, "test")
    return world.tenant(tenant)


def account_status(world: SignUpWorld, tenant: TenantId) -> str:
    return str(world.carrier.accounts.all[world.tenant(tenant).account_sid].status)


def test_every_state_but_the_last_can_be_left_and_every_state_can_be_reached() -> None:
    assert {source for source, _ in TABLE} == set(S) - {S.ERASED}
    assert set(TABLE.values()) == set(S) - {S.PENDING_VERIFICATION}


def test_a_move_that_is_not_legal_changes_nothing(world: SignUpWorld, tenant: TenantId) -> None:
    before = world.tenant(tenant)
    with pytest.raises(Conflict):
        moved(world, tenant, T.REOPEN)
    assert world.tenant(tenant) == before


def test_a_trial_ends_after_two_weeks_and_everything_else_after_its_time(world: SignUpWorld, tenant: TenantId) -> None:
    seen = []
    for days in (13, 2, 29, 2, 29, 2):
        world.run(days * DAY / SECOND)
        world.look_at_statuses()
        world.run(60)
        seen.append((str(world.tenant(tenant).status), account_status(world, tenant)))
    assert seen == [
        ("trialing", "active"), ("suspended", "suspended"), ("suspended", "suspended"), ("closing", "suspended"),
        ("closing", "suspended"), ("closed", "closed"),
    ]  # fmt: skip


def test_a_trial_that_was_closed_and_reopened_is_neither_paid_nor_new(world: SignUpWorld, tenant: TenantId) -> None:
    began = world.tenant(tenant).since
    moved(world, tenant, T.CLOSE)
    world.run(10 * DAY / SECOND)
    reopened = moved(world, tenant, T.REOPEN)
    assert (reopened.status, reopened.since) == (S.TRIALING, began)
    world.run(5 * DAY / SECOND)
    world.look_at_statuses()
    world.run(60)
    assert world.tenant(tenant).status is S.SUSPENDED


def test_who_pays_comes_back_as_who_pays(world: SignUpWorld, tenant: TenantId) -> None:
    assert moved(world, tenant, T.PAID, T.CLOSE, T.REOPEN).status is S.ACTIVE
    assert moved(world, tenant, T.PAYMENT_FAILED, T.SUSPEND, T.CLOSE, T.REOPEN).status is S.TRIALING


def test_what_the_platform_suspended_only_the_platform_lifts(world: SignUpWorld, tenant: TenantId) -> None:
    assert moved(world, tenant, T.BAR).status is S.SUSPENDED
    for trigger in (T.PAID, T.CLOSE, T.REOPEN):
        with suppress(Barred):
            moved(world, tenant, trigger)
    assert (world.tenant(tenant).status, world.tenant(tenant).barred) == (S.CLOSING, True)
    lifted = moved(world, tenant, T.REINSTATE)
    assert (lifted.status, lifted.barred) == (S.TRIALING, False)
    assert moved(world, tenant, T.SUSPEND, T.PAID).status is S.ACTIVE


def test_a_tenant_that_did_not_pay_can_still_be_barred(world: SignUpWorld, tenant: TenantId) -> None:
    barred = moved(world, tenant, T.SUSPEND, T.BAR)
    assert (barred.status, barred.barred) == (S.SUSPENDED, True)
    with pytest.raises(Barred):
        moved(world, tenant, T.PAID)


def test_suspending_ends_live_calls_before_the_account_is_suspended(world: SignUpWorld, tenant: TenantId) -> None:
    number = world.tenant(tenant).caller_id
    call = world.carrier.place_call("+14155550999", number, None)
    asked: list[tuple[str, str]] = []
    request = InProcessHttpClient.request

    def noted(self: InProcessHttpClient, method: str, url: str, *args: object, **kwargs: object) -> object:
        asked.append((method, url.partition("Accounts/")[2]))
        return request(self, method, url, *args, **kwargs)  # type: ignore[arg-type]  # handed through

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(InProcessHttpClient, "request", noted)
        moved(world, tenant, T.SUSPEND)
        world.run(5)
    posted = [url for method, url in asked if method == "POST"]
    sid = world.tenant(tenant).account_sid
    assert posted == [f"{sid}/Calls/{call}.json", f"{sid}.json"] or world.carrier.calls.all[call].over
    assert account_status(world, tenant) == "suspended"


def test_two_workers_who_bring_the_account_up_to_date_at_once_are_no_failure(
    world: SignUpWorld, tenant: TenantId
) -> None:
    set_status = TwilioAccounts.set_status
    world.aws.queue.handler = None
    moved(world, tenant, T.SUSPEND)

    def overtaken(self: TwilioAccounts, account: Account, status: str) -> None:
        patched.undo()
        set_status(self, account, status)
        lifecycle_carrier.keep_up(wiring.site(deps.tenant))

    with world.within(tenant) as deps, pytest.MonkeyPatch.context() as patched:
        patched.setattr(TwilioAccounts, "set_status", overtaken)
        lifecycle_carrier.keep_up(wiring.site(deps.tenant))
        assert wiring.site(deps.tenant).telco.status == account_status(world, tenant) == "suspended"


def test_a_tenant_that_is_suspended_makes_no_calls(world: SignUpWorld, tenant: TenantId) -> None:
    require_calls_out(world.tenant(tenant).context())
    with pytest.raises(NotActive):
        require_calls_out(moved(world, tenant, T.SUSPEND).context())


@dataclass(frozen=True)
class Model:
    """What the system must be in, told by the table alone."""

    status: TenantStatus
    since: Instant
    trial_since: Instant
    paid: bool = False
    moves: int = 0
    barred: bool = False

    def after(self, trigger: Trigger, now: Instant) -> "Model":
        """Unchanged when the move is not legal."""
        if (self.status, trigger) not in TABLE or (self.barred and trigger in (T.PAID, T.REOPEN, T.BAR)):
            return self
        paid = {T.PAID: True, T.PAYMENT_FAILED: False}.get(trigger, self.paid)
        status = TABLE[self.status, trigger]
        if trigger in (T.REOPEN, T.REINSTATE) and not paid:
            status = S.TRIALING
        since = self.trial_since if (status, trigger) == (S.TRIALING, T.REOPEN) else now
        since = self.since if status is self.status else since
        begun = since if status is S.TRIALING else self.trial_since
        after = replace(self, status=status, since=since, trial_since=begun, paid=paid, moves=self.moves + 1)
        return replace(after, barred={T.BAR: True, T.REINSTATE: False}.get(trigger, self.barred))

    def in_time(self, now: Instant) -> "Model":
        """After a look at what is due."""
        trigger = due(self.status, self.since, now)
        return self.after(trigger, now) if trigger else self


def walk(world: SignUpWorld, tenant: TenantId, chance: random.Random, steps: int) -> None:
    """Moves, days and deaths at random; after each the system is where the model is, or where it was if it died."""
    found = world.tenant(tenant)
    model = Model(found.status, found.since, found.trial_since, found.paid, barred=found.barred)
    facts = told(world, tenant)
    for _ in range(steps):
        trigger = chance.choice(WALKED)
        with dying(world, chance.randint(0, 6)) as died, suppress(Conflict, WorkerKilled):
            moved(world, tenant, trigger)
        now = world.aws.clock.now()
        before, model = model, model.after(trigger, now)
        found = world.tenant(tenant)
        if died.at and died.moments >= died.at and (found.status, found.barred) == (before.status, before.barred):
            model = before
        world.look_at_statuses()
        world.run(2)
        model = model.in_time(world.aws.clock.now())
        world.run(chance.choice((60, DAY / SECOND, 10 * DAY / SECOND)))
        world.look_at_statuses()
        with dying(world, chance.randint(0, 12)):
            world.run(0.5)
            model = model.in_time(world.aws.clock.now())
            world.run(120)
        world.look_at_statuses()
        world.run(5)
        model = agree(world, tenant, model)
    assert len(told(world, tenant)) == len(facts) + model.moves
    assert world.aws.queue.dead == []


def agree(world: SignUpWorld, tenant: TenantId, model: Model) -> Model:
    """State, times and the carrier's account; the model with the exact times, which a death puts off by a minute."""
    found = world.tenant(tenant)
    assert (found.status, found.paid, found.barred) == (model.status, model.paid, model.barred)
    assert abs(found.since - model.since) + abs(found.trial_since - model.trial_since) < 5 * MINUTE
    wanted = EFFECTS[model.status].carrier
    if wanted:
        assert account_status(world, tenant) == wanted
        with world.within(tenant) as deps:
            assert deps.config.get(Telco, tenant).status == wanted
    return replace(model, since=found.since, trial_since=found.trial_since)


def told(world: SignUpWorld, tenant: TenantId) -> list[str]:
    """The facts that were told, each change once."""
    items = [record.new for record in world.aws.store.stream if record.new and record.new.key.sk == "FACT"]
    mine = [item for item in items if item.key.pk.startswith(f"T#{tenant}#FACT#tenant_status")]
    return [f"{one['from_state']} {one['to_state']}" for item in mine for one in decode_events(item.events)]


def on_trial(world: SignUpWorld) -> TenantId:
    """A tenant as the set-up leaves it, without the set-up."""
    tenant, now = TenantId("t_" + "0" * 20), world.aws.clock.now()
    assert world.aws.carriers
    account = world.aws.carriers.account(tenant)
    given = Tenant(tenant, account_sid=account.sid, status=S.TRIALING, since=now, trial_since=now)
    context = world.aws.add_tenant(given, account.token)
    with tenant_scope(tenant):
        world.aws.deps_for(context).config.put(Telco(tenant, account_sid=account.sid))
    Directory(world.aws.edge_items()).add_tenant(tenant)
    return tenant


def live(seed: int) -> None:
    with sign_up_world() as made:
        try:
            walk(made, on_trial(made), random.Random(seed), 8)
        except AssertionError as failure:
            raise AssertionError(f"seed {seed}: {failure}") from failure


def test_random_lives_with_deaths_are_lives_of_the_model() -> None:
    for seed in range(80):
        live(seed)


@pytest.mark.soak
def test_two_thousand_random_lives() -> None:
    for seed in range(10_000, 12_000):
        live(seed)


def test_limits_are_those_of_states_that_end() -> None:
    assert {status: limit.lasts // DAY for status, limit in LIMITS.items()} == {
        S.TRIALING: 14, S.PAST_DUE: 14, S.SUSPENDED: 30, S.CLOSING: 30,
    }  # fmt: skip
