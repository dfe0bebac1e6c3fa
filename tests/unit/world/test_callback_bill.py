"""What a callback's legs to the customer cost: each that was answered, with its minutes, at the price of a call out."""

from decimal import Decimal
from math import ceil
from typing import Any

from offhook.domain.ids import TenantId
from offhook.domain.routing.callbacks import First, OnMachine
from offhook.domain.routing.contact import Contact
from offhook.stores.ledger import Ledger
from offhook.usecases.analytics.ledger import book_events, keep_timelines
from offhook.usecases.callbacks import asking
from offhook.usecases.metering import carrier_prices

from local.demo.plan import SERVICE
from tests.unit.world.test_callbacks import CALLER, NUMBER, legs_to, policy, rest
from tests.world import checks
from tests.world.agents import Habits, staff
from tests.world.world import World, world

PICOS = 10**12
ANSWERS = "answer after 3 s"


def called_back(made: World, tenant: TenantId, scripts: tuple[str, ...]) -> Contact:
    """A callback whose attempts meet these, one after another; everything is over."""
    actors = staff(made, tenant, Habits(talks_s=200))
    with made.within(tenant) as deps:
        asking.ask(deps, asking.Wish(CALLER, SERVICE, "u_1", "once"))
    for n, script in enumerate(scripts, 1):
        made.carrier.set_script(CALLER, script)
        while len(legs_to(made, CALLER)) < n:
            made.run(1)
        made.run(20)
    rest(made, tenant, actors, 1500)
    (contact,) = checks.contacts(made, tenant)
    return contact


def lines(made: World, tenant: TenantId, contact: Contact) -> dict[str, tuple[str, int]]:
    """Meter and billed seconds of each leg to the customer, as booked for the contact."""
    told = checks.events(made, tenant)
    with made.within(tenant) as deps:
        keep_timelines(deps, told)
        book_events(deps, told)
        (entry,) = Ledger(deps.items, tenant).entries([contact.id])
    booked = entry.account.lines.items()
    customers = {name: line for name, line in booked if name.startswith("leg:") and ":agent" not in name}
    return {name: (line.meter, line.micros // 1_000_000) for name, line in customers.items()}


def billed(leg: Any) -> int:
    """Begun minutes, in seconds."""
    return ceil(leg.duration_s() / 60) * 60


def sold(made: World, tenant: TenantId, contact: Contact) -> dict[str, int]:
    """What the tenant pays for by service, in begun minutes."""
    from offhook.domain.metering.usage import record_of

    acts = {}
    for event in checks.events(made, tenant):
        if event.get("contact_id") == contact.id:
            for act in record_of(event).acts:
                if act.id not in acts or act.revision > acts[act.id].revision:
                    acts[act.id] = act
    minutes: dict[str, int] = {}
    for act in acts.values():
        minutes[act.service] = minutes.get(act.service, 0) + ceil(act.quantity / 60)
    return minutes


def test_the_customers_leg_of_a_callback_is_a_call_out_and_costs_its_minutes():
    for first in First:
        with world() as made:
            tenant = made.add_tenant("acme", NUMBER, agents=1)
            policy(made, tenant, first=first)
            contact = called_back(made, tenant, (ANSWERS,))
            (leg,) = legs_to(made, CALLER)
            assert lines(made, tenant, contact) == {
                f"leg:{contact.id}:customer": ("carrier.voice.outbound", billed(leg))
            }
            assert sold(made, tenant, contact)["outbound"] == billed(leg) // 60
            assert "inbound" not in sold(made, tenant, contact)
            with made.within(tenant) as deps:
                made.run(1800)
                assert carrier_prices.ask(deps, contact.id) == 0
                (entry,) = Ledger(deps.items, tenant).entries([contact.id])
            said = sum((Decimal(c.price or 0) for c in made.carrier.calls.all.values()), Decimal(0))
            assert sum(x.picos for name, x in entry.account.lines.items() if name.startswith("leg:")) == -said * PICOS


def test_an_attempt_that_a_machine_answered_costs_what_it_lasted():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=1)
        policy(made, tenant, detect=True, on_machine=OnMachine.RETRY)
        contact = called_back(made, tenant, ("voicemail", "busy", ANSWERS))
        machine, busy, reached = sorted(legs_to(made, CALLER), key=lambda leg: leg.created_at)
        assert busy.answered_at is None
        assert lines(made, tenant, contact) == {
            f"leg:{contact.id}:{machine.sid}": ("carrier.voice.outbound", billed(machine)),
            f"leg:{contact.id}:customer": ("carrier.voice.outbound", billed(reached)),
        }
        told = [e for e in checks.events(made, tenant) if e["type"] == "leg_ended" and not e.get("agent_id")]
        assert [e["leg_sid"] for e in told] == [machine.sid, reached.sid]
