"""The table of roles and permissions."""

import pytest
from offhook.domain.tenants.permissions import TABLE, Permission, Role, permissions_of


def test_every_role_has_a_row() -> None:
    assert set(TABLE) == set(Role)


def test_every_permission_is_given_to_somebody() -> None:
    assert set().union(*TABLE.values()) == set(Permission)


@pytest.mark.parametrize("role", ["", "root", "Owner", "owner "])
def test_an_unknown_role_may_do_nothing(role: str) -> None:
    assert permissions_of(role) == frozenset()


def test_only_the_owner_closes_the_tenant() -> None:
    assert [r for r in Role if Permission.TENANT_CLOSE in permissions_of(r)] == [Role.OWNER]


def test_an_agent_sees_only_their_own_contacts_and_figures() -> None:
    agent = permissions_of("agent")
    assert {Permission.CONTACTS_OWN, Permission.REPORTS_OWN} <= agent
    assert not {Permission.CONTACTS_READ, Permission.REPORTS_READ, Permission.COSTS_READ} & agent


def test_a_supervisor_drafts_flows_and_does_not_publish_them() -> None:
    supervisor = permissions_of("supervisor")
    assert Permission.FLOWS_WRITE in supervisor
    assert Permission.FLOWS_PUBLISH not in supervisor


def test_an_analyst_changes_nothing() -> None:
    changing = {
        p for p in permissions_of("analyst") if p.rpartition(".")[2] in ("write", "publish", "control", "close")
    }
    assert changing == set()
