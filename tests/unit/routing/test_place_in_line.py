"""Random histories of callbacks, re-entries, lost agents and offers that came to nothing: the place in the line holds.

Whoever is offered next has the highest priority and, among equals, the earliest original enqueue time; the position
that is spoken is the true one.
"""

import random
from dataclasses import dataclass, field, replace

import pytest
from offhook.domain.ids import ContactId, OfferId
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing.callbacks import CallbackPolicy
from offhook.domain.routing.contact import ContactState, OfferEnd
from offhook.usecases.callbacks import answering, asking, keeping
from offhook.usecases.routing import leaving, offers, presence

from tests.unit.routing.builders import BILLING, BROWSER, Floor

Place = tuple[int, int]  # (minus the priority, the original enqueue time): less is earlier
POLICY = CallbackPolicy(from_hour=0, until_hour=24, attempts=9, spacing_s=60, keep_s=86_400)
NUMBERS = tuple(f"+1415555{n:04d}" for n in range(8))


@dataclass
class History:
    """A floor, and what the line must be. waiting: by contact; later: callbacks put off, with their place."""

    chance: random.Random
    floor: Floor = field(default_factory=Floor)
    waiting: dict[ContactId, Place] = field(default_factory=dict)
    later: dict[ContactId, Place] = field(default_factory=dict)
    people: int = 0

    def __post_init__(self) -> None:
        self.floor.deps = replace(self.floor.deps, tenant=replace(self.floor.deps.tenant, plan="growth"))
        self.floor.queue(callbacks=POLICY)

    def step(self) -> None:
        """Something happens a second later, and everything is looked at."""
        self.floor.clock.advance(1 if self.chance.random() < 0.9 else 70)
        self._due()
        self.chance.choice((self.call, self.call, self.ask, self.ask, self.hang_up, self.serve, self.serve))()
        self.check()

    def call(self) -> None:
        """Somebody calls; who is to be called back takes that place."""
        number, priority = self.chance.choice(NUMBERS), self.chance.choice((0, 0, 5))
        self.people += 1
        contact = self.floor.enter(f"c{self.people}", priority=priority, customer_number=number)
        self._waits(contact, (-priority, self.floor.clock.now()), number)

    def ask(self) -> None:
        """Somebody who waits asks to be called back."""
        contact = self._any(live=True)
        if contact is None:
            return
        stored = self.floor.contact(contact)
        known = asking.pending(self.floor.deps, stored.customer_number, BILLING)
        assert asking.from_queue(self.floor.deps, contact, stored.visits, stored.customer_number)
        place = self.waiting.pop(contact)
        if known is None:
            made = self.floor.contact(contact).called_back_as
            assert made is not None
            self.waiting[made] = place
        self.floor.customer_hangs_up(contact)

    def hang_up(self) -> None:
        """Somebody gives up."""
        contact = self._any(live=True)
        if contact is not None:
            del self.waiting[contact]
            self.floor.customer_hangs_up(contact)

    def serve(self) -> None:
        """An agent whom nobody knows yet becomes free: the first in the line is theirs, for a while or for good."""
        if not self.waiting:
            return
        self.people += 1
        name = f"a{self.people}"
        agent = self.floor.agent(name, BROWSER)
        first = min(self.waiting, key=lambda c: (*self.waiting[c], c))
        assert agent.contact_id == first, "not the first in the line"
        place = self.waiting.pop(first)
        end = self.chance.choice((None, None, OfferEnd.DECLINED, OfferEnd.NO_ANSWER, OfferEnd.DEVICE_LOST))
        presence.sign_out(self.floor.deps, agent.id)  # after this one, that is
        if end is not None:
            offers.end_offer(self.floor.deps, first, self.floor.offer(first).id, end)
            self.waiting[first] = place
            return
        self.floor.answer(first)
        self._after_accepting(first, place)

    def check(self) -> None:
        """The line is as it must be, and each position is true."""
        ranks = sorted(self.waiting, key=lambda c: (*self.waiting[c], c))
        for n, contact in enumerate(ranks, 1):
            stored = self.floor.contact(contact)
            assert stored.state is ContactState.WAITING
            visit = stored.visit
            assert visit is not None and (-visit.priority, visit.enqueued_at) == self.waiting[contact]
            assert self.floor.deps.contacts.position(stored) == n
        assert self.floor.deps.contacts.queue_length(BILLING, 100) == len(ranks)

    def _after_accepting(self, contact: ContactId, place: Place) -> None:
        stored = self.floor.contact(contact)
        work = stored.assignment
        assert work is not None
        if stored.awaits_customer:
            self._dialled(contact, work.offer_id, place)
        elif self.chance.random() < 0.5:  # the agent's browser is lost: to the front, with the original time
            self.floor.report_room(contact, "conference-start")
            assert leaving.agent_left(self.floor.deps, contact, work.offer_id)
            self._waits(contact, (-999, place[1]), stored.customer_number)

    def _waits(self, contact: ContactId, place: Place, number: str) -> None:
        """A customer is in the line, again perhaps; whoever was to call that number back need not any more."""
        pending = asking.pending(self.floor.deps, number, BILLING)
        if pending is not None:
            theirs = self.waiting.pop(pending.id, None) or self.later.pop(pending.id)
            place = (min(place[0], theirs[0]), min(place[1], theirs[1]))
        self.floor.wait(contact)
        self.waiting[contact] = place

    def _dialled(self, contact: ContactId, offer: OfferId, place: Place) -> None:
        """The customer is rung: the agent gives up, nobody answers, or somebody does."""
        drawn = self.chance.random()
        if drawn < 0.3:
            leaving.agent_left(self.floor.deps, contact, offer)
            self.waiting[contact] = place
            return
        self.floor.deliver()
        callback = moves.callback_of(self.floor.contact(contact))
        assert callback.leg is not None
        leg = answering.Leg(callback.leg, callback.attempts, "busy")
        if drawn < 0.7:
            answering.reported(self.floor.deps, contact, leg)
            self.later[contact] = place
        else:
            answering.answered(self.floor.deps, contact, leg)

    def _due(self) -> None:
        for contact in list(self.later):
            if moves.callback_of(self.floor.contact(contact)).due_at <= self.floor.clock.now():
                keeping.due(self.floor.deps, contact)
                self.waiting[contact] = self.later.pop(contact)

    def _any(self, *, live: bool) -> ContactId | None:
        found = [c for c in self.waiting if self.floor.contact(c).awaits_customer is not live]
        return self.chance.choice(found) if found else None


def play(seed: int, steps: int) -> None:
    """One history."""
    history = History(random.Random(seed))
    for _ in range(steps):
        history.step()


@pytest.mark.parametrize("seed", range(12))
def test_the_place_in_the_line_is_kept_whatever_happens(seed: int):
    play(seed, 25)


@pytest.mark.soak
def test_ten_thousand_histories_keep_every_place():
    for seed in range(10_000):
        play(seed, 15)
