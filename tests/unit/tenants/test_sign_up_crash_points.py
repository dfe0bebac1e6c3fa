"""A worker dies before or after any commit, carrier request or call of the pool: afterwards there is one of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from offhook.adapters.memory.outgoing import Unreliability
from offhook.domain.ids import DAY, SECOND, TenantId
from offhook.domain.numbers.line import Line
from offhook.domain.routing.queues import AgentConfig, Queue
from offhook.domain.tenants.carrier_accounts import Telco
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.sign_up import tenant_of
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.directory import Directory
from offhook.stores.flows import FlowDraft, Number
from offhook.stores.quotas import Quota, Quotas
from offhook.stores.sign_ups import SignUpList
from offhook.usecases.tenants.membership import members_of

from local.carrier.inprocess import InProcessHttpClient
from tests.unit.routing.test_crash_points import Killer
from tests.unit.tenants.sign_up_world import Pool, SignUpWorld, sign_up_world
from tests.world.world import WorkerKilled


@contextmanager
def dying(made: SignUpWorld, at: int) -> Iterator[Killer]:
    """From now on a process dies at that moment, once."""
    killer = Killer(at)
    request, ensure = InProcessHttpClient.request, Pool.ensure

    def deadly(original: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            killer()
            answer = original(*args, **kwargs)
            killer()
            return answer

        return call

    made.aws.store.before_commit = made.aws.store.after_commit = killer
    with patch.object(InProcessHttpClient, "request", deadly(request)), patch.object(Pool, "ensure", deadly(ensure)):
        yield killer
    made.aws.store.before_commit = made.aws.store.after_commit = None


def insist(made: SignUpWorld) -> str:
    """Sign up, and do again what died, as a person and a browser would; the id of the sign-up that got through."""
    with survived():
        made.apply()
    made.run(70)
    made.look_after()
    made.run(70)
    if not made.mails("verification"):
        made.apply()
        made.run(5)
    link = made.mails("verification")[-1].values["link"]
    sign_up, secret = link.rpartition("#")[2].split("/")
    for _ in range(2):
        with survived():
            if made.verify(sign_up, secret).status == 202:
                break
    return sign_up


@contextmanager
def survived() -> Iterator[None]:
    try:
        yield
    except WorkerKilled:
        return


def tell(at: int) -> int:
    """The whole story with a death at that moment; how many moments there were."""
    with sign_up_world() as made:
        with dying(made, at) as killer:
            sign_up = insist(made)
            made.run(100)
        for _ in range(3):
            made.look_after()
            made.run(300)
        one_of_each(made, tenant_of(sign_up))
        no_tenant_but(made, tenant_of(sign_up))
        return killer.moments


def one_of_each(made: SignUpWorld, tenant_id: TenantId) -> None:
    """One account, key, application, number and trigger, each named after the tenant; and ours know exactly them."""
    tenant, accounts = made.tenant(tenant_id), made.carrier.accounts
    assert tenant.status is TenantStatus.TRIALING
    (account,) = [one for one in accounts.all.values() if one.friendly_name == tenant_id]
    owned = [
        [sid for sid, one in things.items() if one.account_sid == account.sid]
        for things in (accounts.keys, accounts.applications, accounts.numbers, accounts.triggers)
    ]
    ((key,), (application,), (number,), (trigger,)) = owned
    assert tenant.account_sid == account.sid
    with made.within(tenant_id) as deps:
        telco = deps.config.get(Telco, tenant_id)
        assert (telco.account_sid, telco.api_key_sid, telco.application_sid) == (account.sid, key, application)
        assert (telco.number_sid, telco.trigger_sid) == (number, trigger)
        secrets = made.aws.secrets(deps.tenant)
        assert secrets.carrier_tokens() == (account.auth_token,)
        assert secrets.get("carrier_api_key") == f"{key} {accounts.keys[key].secret}"
        (owner,) = members_of(deps).all()
        assert [one.id for one in deps.config.list(AgentConfig)] == [owner.agent_id]
        assert [len(deps.config.list(kind)) for kind in (Queue, FlowDraft, Number, Line, Tenant)] == [1] * 5
        quotas = Quotas(deps.items, tenant_id)
        assert (quotas.used(Quota.NUMBERS), quotas.used(Quota.SEATS)) == (1, 1)
        assert deps.config.get(FlowDraft, "f_main").latest == 1
    directory = Directory(made.aws.edge_items())
    assert directory.tenant_of("NUMBER", tenant.caller_id) == tenant_id
    assert directory.tenant_of("ACCOUNT", account.sid) == tenant_id


def no_tenant_but(made: SignUpWorld, tenant_id: TenantId) -> None:
    """What else was begun ends by itself, and then nothing is under way or left."""
    made.run(3 * DAY / SECOND)
    made.look_after()
    assert list(SignUpList(made.aws.edge_items())) == []
    assert list(Directory(made.aws.edge_items()).tenants()) == [tenant_id]
    assert len(made.mails("welcome")) in (1, 2), "at least once, and once more if it died before that was written"
    assert made.aws.queue.dead == []


def told_with_every_death(stride: int, first: int) -> None:
    moments = tell(0)
    assert moments > 80, "the set-up must really take place"
    for at in range(first, moments + 1, stride):
        try:
            tell(at)
        except (AssertionError, ValueError, KeyError) as failure:
            raise AssertionError(f"after a death at moment {at} of {moments}: {failure!r}") from failure


@pytest.mark.parametrize("part", range(4))
def test_a_process_may_die_at_every_moment_of_a_sign_up(part: int) -> None:
    told_with_every_death(4, part + 1)


def test_messages_that_come_twice_and_late_make_nothing_twice() -> None:
    with sign_up_world() as made:
        made.aws.queue.unreliability = Unreliability(doubled=1.0, late=0.5, late_s=90.0)
        sign_up = insist(made)
        made.run(3600)
        one_of_each(made, tenant_of(sign_up))
