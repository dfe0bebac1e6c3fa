"""A contact that begins to wait and an agent who becomes free always find each other, whoever is faster."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from offhook.adapters.memory.items import MemoryItems
from offhook.domain.ids import AgentId, ContactId, QueueId
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState, OfferEnd
from offhook.domain.routing.matching import waiting_view
from offhook.domain.storage import Item, Items, Key, Table
from offhook.stores import keys
from offhook.stores.codec import decode, encode
from offhook.usecases.deps import Deps
from offhook.usecases.routing import leaving, match, offers, presence, talking, waiting, wrap_up
from offhook.usecases.unsaved import as_stored

from tests.unit.routing.builders import ADA, BROWSER, T1, Floor
from tests.unit.routing.interleaving import Order, SteppedItems, Turns, orders, race

A = AgentState
Side = Callable[[Deps], object]
Scene = tuple[Floor, ContactId, Side, Side]


def begins_to_wait(contact: ContactId) -> Side:
    return lambda deps: waiting.wait_requested(deps, contact, 1)


def from_a_break() -> Scene:
    """Ada comes back from a break while Carol joins the line."""
    floor = Floor()
    floor.agent("ada", state=A.AWAY)
    contact = floor.enter("carol")
    return floor, contact, begins_to_wait(contact), lambda d: presence.choose_state(d, ADA, A.AVAILABLE)


def from_a_wrap_up() -> Scene:
    """Ada finishes her wrap-up while Carol joins the line."""
    floor = Floor()
    floor.customer_hangs_up(floor.talk("earlier"))
    contact = floor.enter("carol")
    return floor, contact, begins_to_wait(contact), lambda d: wrap_up.finish(d, ADA)


def from_signing_in() -> Scene:
    """Ada signs in while Carol joins the line."""
    floor = Floor()
    floor.agent("ada")
    presence.sign_out(floor.deps, ADA)
    contact = floor.enter("carol")
    return floor, contact, begins_to_wait(contact), lambda d: presence.sign_in(d, ADA)


def from_a_caller_gone() -> Scene:
    """The caller whom Ada was offered hangs up while Carol joins the line."""
    floor = Floor()
    floor.agent("ada")
    earlier = floor.caller("earlier")
    contact = floor.enter("carol")
    return floor, contact, begins_to_wait(contact), lambda d: leaving.customer_left(d, earlier, "hangup")


def from_a_declined_offer() -> Scene:
    """Carol is declined by Ben and waits again while Ada comes back from a break."""
    floor = Floor()
    floor.agent("ben")
    contact = floor.caller("carol")
    floor.agent("ada", state=A.AWAY)
    offer = floor.offer(contact).id
    presence.sign_out(floor.deps, AgentId("ben"))

    def declined(deps: Deps) -> None:
        offers.end_offer(deps, contact, offer, OfferEnd.DECLINED)

    return floor, contact, declined, lambda d: presence.choose_state(d, ADA, A.AVAILABLE)


SCENES = [from_a_break, from_a_wrap_up, from_signing_in, from_a_caller_gone, from_a_declined_offer]
SOME = 120  # orders looked at in the small twin
Wrap = Callable[[Floor, Items], Items]


def consistent(floor: Floor, items: Items) -> Items:
    return items


def play(scene: Callable[[], Scene], order: Order, wrap: Wrap = consistent) -> tuple[Floor, ContactId, dict[str, int]]:
    floor, contact, first, second = scene()
    turns = Turns(order)

    def deps(who: str) -> Deps:
        return replace(floor.deps, items=SteppedItems(wrap(floor, MemoryItems(floor.store, T1)), turns, who))

    race(turns, lambda: first(deps("A")), lambda: second(deps("B")))
    return floor, contact, turns.steps


def step_counts(scene: Callable[[], Scene], wrap: Wrap = consistent) -> tuple[int, int]:
    """The most steps each side takes when it goes alone first."""
    first, second = play(scene, ("A",) * 30, wrap)[2], play(scene, ("B",) * 30, wrap)[2]
    return max(first["A"], second["A"]), max(first["B"], second["B"])


def unmatched(floor: Floor, contact: ContactId) -> bool:
    """A ready agent and the waiting contact, with nobody to look again."""
    return floor.contact(contact).state is ContactState.WAITING and floor.presence().is_ready


def all_meet(scene: Callable[[], Scene], some: list[Order]) -> None:
    assert len(some) > 100, "the steps must really interleave"
    for order in some:
        floor, contact, _ = play(scene, order)
        assert not unmatched(floor, contact), order
        assert floor.offer(contact).agent_id == ADA
        assert len([e for e in floor.events("offer_made") if e["contact_id"] == contact]) <= 2


@pytest.mark.parametrize("scene", SCENES)
def test_in_no_order_of_reads_and_commits_do_both_sides_miss_each_other(scene):
    every = list(orders(*step_counts(scene)))
    all_meet(scene, every[:: max(1, len(every) // SOME)])


@pytest.mark.soak
@pytest.mark.parametrize("scene", SCENES)
def test_in_none_of_all_orders_do_both_sides_miss_each_other(scene):
    all_meet(scene, list(orders(*step_counts(scene))))


@dataclass(frozen=True)
class IndexedItems:
    """The same store, but the lists of ready agents and waiting contacts come from an index that lags."""

    floor: Floor
    items: Items

    def __getattr__(self, name: str) -> object:
        return getattr(self.items, name)

    def query(self, table: Table, pk: str, **page: object) -> list[Item]:
        """Candidates by their state as the index shows it."""
        if pk.startswith(f"T#{T1}#WAITING#"):
            found = [decode(Contact, i.body) for i in self.floor.store.index(Table.LIVE, keys.open_contacts(T1))]
            line = [
                c for c in found if c.state is ContactState.WAITING and c.visit and pk.endswith(f"#{c.visit.queue}")
            ]
            return [Item(Key(table, pk, c.id), body=encode(waiting_view(c))) for c in line]
        if pk.startswith(f"T#{T1}#READY#"):
            signed_in = [decode(Agent, i.body) for i in self.floor.store.index(Table.LIVE, keys.open_agents(T1))]
            return [Item(Key(table, pk, a.id), body=encode(a)) for a in signed_in if a.is_ready]
        return self.items.query(table, pk, **page)  # type: ignore[arg-type]  # handed through as it came


def indexed(floor: Floor, items: Items) -> Items:
    return IndexedItems(floor, items)  # type: ignore[return-value]  # the rest is answered by the items behind it


def misses(lag: int) -> int:
    """In how many orders nobody is matched when the lists come from an index so many commits behind."""

    def lagging(floor: Floor, items: Items) -> Items:
        floor.store.index_lag = lag
        return indexed(floor, items)

    found = 0
    for order in orders(*step_counts(from_a_break, indexed)):
        floor, contact, _ = play(from_a_break, order, lagging)
        found += unmatched(floor, contact)
    return found


def test_lists_from_an_index_without_lag_would_do():
    assert misses(lag=0) == 0


def test_lists_from_an_index_that_lags_leave_both_sides_waiting_for_each_other():
    assert misses(lag=2) > 0


def test_the_lag_of_indexes_does_not_matter_to_the_product():
    for order in list(orders(*step_counts(from_a_break)))[::3]:
        floor, contact, first, second = from_a_break()
        floor.store.index_lag = 64
        turns = Turns(order)
        sides = [replace(floor.deps, items=SteppedItems(MemoryItems(floor.store, T1), turns, who)) for who in "AB"]
        race(turns, lambda first=first, deps=sides[0]: first(deps), lambda second=second, deps=sides[1]: second(deps))
        assert not unmatched(floor, contact), order


# --- many at once -------------------------------------------------------------------------------------------------


def at_once(*work: Callable[[], object]) -> None:
    """All of it in threads that begin together; raises what one of them raised."""
    start = threading.Barrier(len(work))

    def run(one: Callable[[], object]) -> None:
        start.wait(10)
        one()

    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(run, one) for one in work]:
            done.result(30)


@pytest.mark.parametrize("attempt", range(5))
def test_two_matchers_at_once_make_one_offer(attempt):
    floor = Floor()
    floor.agent("ada", state=A.AWAY)
    contact = floor.caller("carol")
    waiting_now = floor.contact(contact)
    away = floor.presence()
    free = replace(away, state=A.AVAILABLE)
    floor.deps.agents.save(away, free, ())
    ready = floor.presence()
    of_contact = [lambda: match.match_contact(floor.deps, waiting_now)] * 4
    at_once(*of_contact, *[lambda: match.match_agent(floor.deps, ready)] * 4)
    assert len(floor.events("offer_made")) == 1
    assert floor.contact(contact).offer.agent_id == ADA and floor.presence().state is A.RESERVED


def test_a_crowd_of_callers_and_agents_at_once_is_matched_one_to_one():
    floor = Floor()
    names = [f"agent{n}" for n in range(6)]
    for name in names:
        floor.agent(name, BROWSER, state=A.AWAY)
    callers = [floor.enter(f"caller{n}") for n in range(6)]
    free = [lambda n=n: presence.choose_state(floor.deps, AgentId(n), A.AVAILABLE) for n in names]
    wait = [lambda c=c: waiting.wait_requested(floor.deps, c, 1) for c in callers]
    at_once(*free, *wait)
    for _ in range(10):
        floor.clock.advance(1)
        floor.deliver()
    held = Counter(floor.offer(c).agent_id for c in callers)
    assert len(held) == 6 and set(held.values()) == {1}


def test_an_agent_who_comes_back_while_somebody_waits_is_reserved_in_the_same_commit():
    floor = Floor()
    away = floor.agent("ada", state=A.AWAY)
    contact = floor.caller("carol")
    told = len(floor.store.stream)
    assert presence.choose_state(floor.deps, ADA, A.AVAILABLE).state is A.RESERVED
    assert floor.presence().version == away.version + 1 and floor.offer(contact).agent_id == ADA
    touched = [record.new or record.old for record in floor.store.stream[told:]]
    assert not [item for item in touched if item and "#READY#" in item.key.pk], "no row of a moment is written"
    moves = [(e["from_state"], e["to_state"]) for e in floor.events("agent_state_changed")[-2:]]
    assert moves == [("away", "available"), ("available", "reserved")]


def test_an_agent_who_finishes_with_a_contact_that_waits_again_is_offered_it():
    floor = Floor()
    contact = floor.talk("carol")
    talking.hang_up(floor.deps, ADA, contact)
    floor.customer_leaves_room(contact, 1)
    waiting.join_queue(floor.deps, as_stored(floor.contact(contact)), QueueId("billing"))
    floor.wait(contact)
    assert wrap_up.finish(floor.deps, ADA).state is A.AVAILABLE
    assert floor.offer(contact).agent_id == ADA
    assert floor.contact(contact).assignment.done_at is not None
