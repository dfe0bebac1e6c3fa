"""Any malformed webhook ends in valid TwiML or 403; what it is about that does not exist changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offhook.domain.routing.contact import ContactState
from offhook.domain.storage import Table

from tests.unit.fuzz.bench import base, carrier_asks, spoken_fault, untouched
from tests.unit.fuzz.garbage import FIELDS, PLACES, WEBHOOKS
from tests.unit.isolation.centre import A
from tests.unit.isolation.probes import CARRIER, Prober
from tests.unit.isolation.rows import Route
from tests.world import checks

ABOUT_CONTACTS = [route for route in WEBHOOKS if "{contact_id}" in route[2]]
NUMBERS = ("-1", "0", "999999", "9" * 30, "9" * 5000, "²", "1.0", "x", " ", "\0", "%")


@pytest.mark.parametrize("route", WEBHOOKS, ids=" ".join)
def test_fields_that_are_wrong(prober: Prober, route: Route) -> None:
    form, found = base(prober, route, CARRIER).form, []
    for name, values in FIELDS.items():
        for value in values:
            prober.centre.rewind()
            fault = spoken_fault(carrier_asks(prober, route, {**form, name: value}))
            found += [f"{name}={value[:40]}: {fault}"] if fault else []
    assert found == []


@pytest.mark.parametrize("route", WEBHOOKS, ids=" ".join)
def test_fields_that_are_missing(prober: Prober, route: Route) -> None:
    form = dict(base(prober, route, CARRIER).form)
    for name in form:
        prober.centre.rewind()
        assert spoken_fault(carrier_asks(prober, route, {n: v for n, v in form.items() if n != name})) == ""
    prober.centre.rewind()
    assert spoken_fault(carrier_asks(prober, route, {})) == ""


@pytest.mark.parametrize("route", ABOUT_CONTACTS, ids=" ".join)
def test_contacts_steps_visits_and_offers_that_do_not_exist(prober: Prober, route: Route) -> None:
    request, found = base(prober, route, CARRIER), []
    for name in request.path:
        for value in (*PLACES, *NUMBERS):
            prober.centre.rewind()
            fault = spoken_fault(carrier_asks(prober, route, request.form, {**request.path, name: value}))
            found += [f"{name}={value[:40]}: {fault}"] if fault else []
            if name == "contact_id" and not untouched(prober):
                found.append(f"{name}={value[:40]} changed something")
    assert found == []


@pytest.mark.parametrize("route", ABOUT_CONTACTS, ids=" ".join)
def test_contacts_in_every_other_state(prober: Prober, route: Route) -> None:
    request, found = base(prober, route, CARRIER), []
    for contact in checks.contacts(prober.centre.world, A):
        prober.centre.rewind()
        form = {**request.form, "CallSid": contact.call_sid}
        fault = spoken_fault(carrier_asks(prober, route, form, {**request.path, "contact_id": contact.id}))
        found += [f"{contact.state}: {fault}"] if fault else []
        agree(prober)
    assert found == []


def agree(prober: Prober) -> None:
    """State and events tell the same of every agent and of every contact that has ended."""
    world = prober.centre.world
    checks.no_double_offers(world, A)
    told = checks.events(world, A)
    ended = {c.id: checks.seen(c) for c in checks.contacts(world, A) if c.state is ContactState.ENDED}
    assert checks.replayed_contacts(told) == ended
    assert checks.replayed_agents(told) == {a.id: a.state for a in checks.agents(world, A)}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_forms_in_any_order_leave_state_and_events_in_agreement(prober: Prober, data: st.DataObject) -> None:
    prober.centre.rewind()
    contacts = [c.id for c in checks.contacts(prober.centre.world, A)]
    for _ in range(data.draw(st.integers(1, 4))):
        route = data.draw(st.sampled_from(WEBHOOKS))
        request = base(prober, route, CARRIER)
        path = {**request.path, **({"contact_id": data.draw(st.sampled_from(contacts))} if request.path else {})}
        drawn = {
            name: data.draw(st.sampled_from(values)) for name, values in FIELDS.items() if data.draw(st.booleans())
        }
        assert spoken_fault(carrier_asks(prober, route, {**request.form, **drawn}, path)) == ""
    agree(prober)
    assert all(key.table is not Table.DIRECTORY for key in _new_keys(prober))


def _new_keys(prober: Prober) -> set[object]:
    return set(prober.centre.world.aws.store.rows) - set(prober.centre.state.rows)  # type: ignore[return-value]
