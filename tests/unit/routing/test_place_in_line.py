"""Random histories: callbacks, re-entries, lost agents, failed transfers, offers that came to nothing.

Whoever is offered next has the highest priority and, among equals, the earliest original enqueue time; the position
that is spoken is the true one.
"""

import random
from collections import Counter
from dataclasses import dataclass, field, replace

import pytest
from offhook.domain.ids import SECOND, ContactId, Instant, OfferId
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing.callbacks import CallbackPolicy
from offhook.domain.routing.contact import Assignment, ContactState, OfferEnd
from offhook.usecases.callbacks import answering, asking, keeping
from offhook.usecases.routing import control, leaving, offers, party_leave, presence, waiting
from offhook.usecases.routing.targets import Target, TargetKind
from offhook.usecases.unsaved import as_stored

from tests.unit.routing.builders import BILLING, BILLING_QUEUE, BROWSER, Floor

Place = tuple[int, int]  # (minus the priority, the original enqueue time): less is earlier
POLICY = CallbackPolicy(from_hour=0, until_hour=24, attempts=9, spacing_s=60, keep_s=86_400)
OUTSIDE = Target(TargetKind.NUMBER, "+14155559999")
WEIGHTS = (5, 4, 2, 2, 1, 5)  # of call, ask, stray, come back, hang up, serve
STEPS = 25
KINDS = ("came_back", "came_back_too_late", "lost", "transfer_failed", "to_the_queue", "merged", "dialled")
KEPT_MS = round(BILLING_QUEUE.keep_place_s * SECOND)
NUMBERS = tuple(f"+1415555{n:04d}" for n in range(8))


@dataclass
class History:
    """A floor, and what the line must be. waiting: by contact; later: callbacks put off, with their place.

    strayed: who left the line and may come back, with their place and when they left; did: how often what happened.
    """

    chance: random.Random
    floor: Floor = field(default_factory=Floor)
    waiting: dict[ContactId, Place] = field(default_factory=dict)
    later: dict[ContactId, Place] = field(default_factory=dict)
    strayed: dict[ContactId, tuple[Place, Instant]] = field(default_factory=dict)
    did: Counter[str] = field(default_factory=Counter)
    people: int = 0

    def __post_init__(self) -> None:
        self.floor.deps = replace(self.floor.deps, tenant=replace(self.floor.deps.tenant, plan="growth"))
        self.floor.queue(callbacks=POLICY)

    def step(self) -> None:
        """Something happens a second later, and everything is looked at."""
        self.floor.clock.advance(1 if self.chance.random() < 0.9 else 70)
        self._due()
        self.chance.choices((self.call, self.ask, self.stray, self.come_back, self.hang_up, self.serve), WEIGHTS)[0]()
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

    def stray(self) -> None:
        """Somebody presses a key and is back in the flow."""
        contact = self._any(live=True)
        if contact is not None:
            self.strayed[contact] = self.waiting.pop(contact), self.floor.clock.now()
            waiting.left_queue(self.floor.deps, contact, self.floor.contact(contact).visits, "leave", None)

    def come_back(self) -> None:
        """Who left the line is sent to it again: soon enough, at the place that they had."""
        if not self.strayed:
            return
        contact = self.chance.choice(list(self.strayed))
        (priority, since), left_at = self.strayed.pop(contact)
        now, stored = self.floor.clock.now(), self.floor.contact(contact)
        kept = now - left_at <= KEPT_MS
        self.did["came_back" if kept else "came_back_too_late"] += 1
        waiting.join_queue(self.floor.deps, as_stored(stored), BILLING, priority=min(-priority, 900))
        self._waits(contact, (max(priority, -900), since if kept else now), stored.customer_number)

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
            self.did[end] += 1
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
            return
        self.floor.report_room(contact, "conference-start")
        gone_wrong = self.chance.choice((None, self._lost, self._transfer_failed, self._to_the_queue))
        if gone_wrong is not None:
            self.did[gone_wrong.__name__.strip("_")] += 1
            self._waits(contact, gone_wrong(contact, work, place), stored.customer_number)

    def _lost(self, contact: ContactId, work: Assignment, place: Place) -> Place:
        """The agent's browser is lost: to the front, with the original time."""
        assert leaving.agent_left(self.floor.deps, contact, work.offer_id)
        return (-999, place[1])

    def _transfer_failed(self, contact: ContactId, work: Assignment, place: Place) -> Place:
        """The agent gives the call to a number that does not answer: to the front, with the original time."""
        given = control.transfer(self.floor.deps, work.agent_id, contact, OUTSIDE)
        party_leave.not_coming(self.floor.deps, contact, given.live_parties[0].id, OfferEnd.NO_ANSWER)
        return (-999, place[1])

    def _to_the_queue(self, contact: ContactId, work: Assignment, place: Place) -> Place:
        """The agent gives the call back to the queue: at the place it had."""
        control.transfer(self.floor.deps, work.agent_id, contact, Target(TargetKind.QUEUE, BILLING))
        return place

    def _waits(self, contact: ContactId, place: Place, number: str) -> None:
        """A customer is in the line, again perhaps; whoever was to call that number back need not any more."""
        pending = asking.pending(self.floor.deps, number, BILLING)
        if pending is not None:
            self.did["merged"] += 1
            theirs = self.waiting.pop(pending.id, None) or self.later.pop(pending.id)
            place = (min(place[0], theirs[0]), min(place[1], theirs[1]))
        self.floor.wait(contact)
        self.waiting[contact] = place

    def _dialled(self, contact: ContactId, offer: OfferId, place: Place) -> None:
        """The customer is rung: the agent gives up, nobody answers, or somebody does."""
        drawn = self.chance.random()
        self.did["dialled"] += 1
        if drawn < 0.3:
            leaving.agent_left(self.floor.deps, contact, offer)
            self.waiting[contact] = place
            return
        self.floor.deliver()
        if self.floor.contact(contact).is_put_off:  # the number is on the line, for another callback
            self.did["on_the_line"] += 1
            self.later[contact] = place
            return
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
                if not self.floor.contact(contact).is_put_off:
                    self.waiting[contact] = self.later.pop(contact)

    def _any(self, *, live: bool) -> ContactId | None:
        found = [c for c in self.waiting if self.floor.contact(c).awaits_customer is not live]
        return self.chance.choice(found) if found else None


def play(seed: int, steps: int) -> Counter[str]:
    """One history; what happened in it."""
    history = History(random.Random(seed))
    for _ in range(steps):
        history.step()
    return history.did


def test_the_place_in_the_line_is_kept_whatever_happens():
    did = sum((play(seed, STEPS) for seed in range(20, 44)), Counter[str]())
    assert all(did[kind] for kind in KINDS), did


def ten_thousand() -> Counter[str]:
    """What happened in ten thousand histories; raises at the first that breaks the promise, with its seed."""
    did = Counter[str]()
    for seed in range(10_000):
        try:
            did += play(seed, STEPS)
        except AssertionError as broken:
            raise AssertionError(f"seed {seed}: {broken}") from broken
    return did


@pytest.mark.soak
def test_ten_thousand_histories_keep_every_place():
    ten_thousand()
