"""The first run: read from what the tenant has, and the few things that are kept of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from offhook.domain.ids import DAY, Instant, day_of
from offhook.domain.ivr.calendar import Calendar
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import Item, Put
from offhook.domain.tenants.invitation import Invitation
from offhook.domain.tenants.onboarding import (
    ID,
    Estimate,
    Facts,
    Milestone,
    Onboarding,
    checked,
    require_ready,
    steps_done,
)
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.config import kind_of
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants.membership import members_of

READ_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ChecklistStep:
    """One step of the first run."""

    name: Milestone
    done: bool


@dataclass(frozen=True, slots=True)
class OnboardingView:
    """The checklist.

    offered: whether an owner is led to it; number: what to ring; tested: the contact of the first answered call.
    """

    steps: tuple[ChecklistStep, ...]
    offered: bool
    number: str
    estimate: Estimate | None
    tested: str
    live_at: Instant | None
    dismissed: bool


def begin(deps: Deps) -> None:
    """A tenant that signed up is led through its first run; again changes nothing."""
    if deps.config.find(Onboarding, ID) is None:
        deps.config.put(Onboarding())


def present(deps: Deps) -> OnboardingView:
    """How far it is; the first answered call is remembered when it is seen."""
    stored = deps.config.find(Onboarding, ID)
    known, facts = _seen(deps, stored), facts_of(deps)
    if known.tested and not (stored and stored.tested):
        known = _changed(deps, lambda now: replace(now, tested=known.tested))
    done = steps_done(known, facts)
    steps = tuple(ChecklistStep(step, step in done) for step in Milestone)
    offered = stored is not None and known.live_at is None and not known.dismissed
    return OnboardingView(steps, offered, facts.number, known.estimate, known.tested, known.live_at, known.dismissed)


def keep_estimate(deps: Deps, estimate: Estimate) -> OnboardingView:
    """The size that is expected; raises InvalidInput."""
    wanted = checked(estimate)
    _changed(deps, lambda now: replace(now, estimate=wanted))
    return present(deps)


def dismiss(deps: Deps, dismissed: bool) -> OnboardingView:
    """Whether the list keeps away from the start."""
    _changed(deps, lambda now: replace(now, dismissed=dismissed))
    return present(deps)


def go_live(deps: Deps) -> OnboardingView:
    """The tenant takes its callers from now on; again: the first time stays. Raises NotReady."""
    known = _seen(deps, deps.config.find(Onboarding, ID))
    require_ready(steps_done(known, facts_of(deps)))
    _changed(deps, lambda now: now if now.live_at is not None else replace(now, live_at=deps.clock.now()))
    return present(deps)


def facts_of(deps: Deps) -> Facts:
    """What the tenant has."""
    published = {one.id for one in deps.config.list(FlowDraft) if one.published}
    answered = [one.id for one in deps.config.list(Number) if one.flow_id in published]
    invited = [one for one in deps.config.list(Invitation) if not one.user_id]
    people = len(members_of(deps).all()) + len(invited)
    return Facts(tuple(deps.config.list(Calendar)), next(iter(answered), ""), len(published), people)


def _seen(deps: Deps, stored: Onboarding | None) -> Onboarding:
    """What is kept, with the first answered call if there was one by now; nothing is written."""
    known = stored or Onboarding()
    return known if known.tested else replace(known, tested=_first_answered(deps))


def _first_answered(deps: Deps) -> str:
    """The oldest contact of now and of these two days that an agent talked on, "" = none."""
    now = deps.clock.now()
    found = [one for _, one in deps.contacts.open(limit=READ_AT_ONCE)]
    for day in (day_of(now), day_of(now - DAY)):
        found += [one for _, one in deps.contacts.closed_on(day, limit=READ_AT_ONCE)]
    talked = [one for one in found if _was_talked_on(one)]
    return min(talked, key=lambda one: one.started_at).id if talked else ""


def _was_talked_on(contact: Contact) -> bool:
    return any(work.talk_at is not None for work in contact.assignments)


def _changed(deps: Deps, change: Callable[[Onboarding], Onboarding]) -> Onboarding:
    """Read and written again should two do so at once."""

    def attempt() -> Onboarding:
        stored = deps.config.find(Onboarding, ID) or Onboarding(version=0)
        after = change(stored)
        if after == stored:
            return stored
        return _stored(deps, replace(after, version=stored.version + 1), stored.version)

    return again_on_conflict(attempt)


def _stored(deps: Deps, known: Onboarding, expect: int) -> Onboarding:
    key = keys.config(deps.tenant.id, kind_of(Onboarding), ID)
    deps.items.commit(Put(Item(key, version=known.version, body=encode(known)), expect=expect))
    return known
