"""The running tally of one tenant: gauges of now and counters of today, folded from the changes of the stream.

A change counts once, however often and in whatever batches it arrives: the tally remembers what it has seen of the
last two minutes (a batch comes again right after it failed). Stream records do not tell their shard, so that there
is no number to remember instead.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from offhook.domain.analytics.intervals import local_day
from offhook.domain.ids import Instant
from offhook.domain.routing.contact import FlowPosition
from offhook.domain.routing.estimate import Paces, paced

REMEMBERED_S = 120
REMEMBERED_LEAST, REMEMBERED_MOST = 16, 1000
DAYS_KEPT = 2
RATINGS = ("csat", "rating")

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Presence:
    """What an item meant for the floor: the queue a caller waits in, an agent's state, a contact under way.

    serving: the profile of an agent who is at work.
    marks: what supervisors see beside it, in no figure.
    """

    waiting: str = ""
    agent_state: str = ""
    contact: bool = False
    serving: str = ""
    marks: str = ""


ABSENT = Presence()


@dataclass(frozen=True, slots=True)
class Counted:
    """A change as the tally sees it. token: entity and version, which no other change has.

    passed: the way through its flow of a contact that ended with the change; summed beside the tally.
    """

    token: str
    before: Presence
    after: Presence
    events: Sequence[Mapping[str, Any]] = ()
    passed: FlowPosition | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """waiting: by queue; agents: by state; days: local day to queue to counter; seen: token digest to second.

    paces: what the estimate of waits is made of.
    """

    waiting: Counts = field(default_factory=dict)
    agents: Counts = field(default_factory=dict)
    contacts: int = 0
    days: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)
    seen: Counts = field(default_factory=dict)
    paces: Paces = field(default_factory=Paces)

    def of_day(self, day: str) -> Mapping[str, Counts]:
        """The counters of a local day by queue; empty when nothing happened or it is long past."""
        return self.days.get(day, {})


def fold(tally: Tally, changes: Iterable[Counted], zone: ZoneInfo, now: Instant) -> Tally:
    """The tally with the changes that it has not seen."""
    second, seen = now // 1000, dict(tally.seen)
    after = tally
    for change in changes:
        mark = digest(change.token)
        if mark not in seen:
            seen[mark] = second
            after = _counted(after, change, zone)
    return tally if after is tally else replace(after, seen=_recent(seen, second))


def digest(token: str) -> str:
    """Eight characters that stand for the token: 48 bits, among at most a thousand."""
    return urlsafe_b64encode(sha256(token.encode()).digest()[:6]).decode()


def is_of_interest(change: Counted) -> bool:
    """Whether the change moves any figure; most do not, and cost no write."""
    return change.before != change.after or any(_steps(e) or rates_agent(e) for e in change.events)


def rates_agent(event: Mapping[str, Any]) -> bool:
    """Whether a customer said how satisfied they were with an agent's work."""
    return event["type"] == "survey_answered" and event["kind"] in RATINGS and bool(event.get("agent_id"))


def _counted(tally: Tally, change: Counted, zone: ZoneInfo) -> Tally:
    before, after = change.before, change.after
    return replace(
        tally,
        waiting=_moved(tally.waiting, before.waiting, after.waiting),
        agents=_moved(tally.agents, before.agent_state, after.agent_state),
        contacts=tally.contacts + after.contact - before.contact,
        days=_dated(tally.days, change.events, zone),
        paces=_paces(tally.paces, change),
    )


def _paces(paces: Paces, change: Counted) -> Paces:
    queues = paces.queues
    for event in change.events:
        queues = paced(queues, event)
    if queues is paces.queues and change.before.serving == change.after.serving:
        return paces
    return Paces(_moved(paces.staff, change.before.serving, change.after.serving), queues)


def _moved(counts: Counts, before: str, after: str) -> Counts:
    if before == after:
        return counts
    moved = {**counts, before: counts.get(before, 0) - 1}
    moved[after] = moved.get(after, 0) + 1
    return {name: n for name, n in moved.items() if name and n}


def _dated(
    days: Mapping[str, Mapping[str, Counts]], events: Iterable[Mapping[str, Any]], zone: ZoneInfo
) -> Mapping[str, Mapping[str, Counts]]:
    for event in events:
        if steps := _steps(event):
            day = local_day(event["at"], zone).isoformat()
            queues = days.get(day, {})
            queue = event.get("queue_id", "")
            days = {**days, day: {**queues, queue: _added(queues.get(queue, {}), steps)}}
    return {day: days[day] for day in sorted(days)[-DAYS_KEPT:]}


def _steps(event: Mapping[str, Any]) -> Counts:
    """What an event adds to the counters of its queue and day; names of counts are those of the measures."""
    match event["type"]:
        case "queue_visit_ended":
            answered = event["exit"] == "answered"
            waited = {"within_target": int(event["within_target"]), "waited_ms": _ms(event["waited_s"])}
            return {"offered": 1, event["exit"]: 1, **(waited if answered else {})}
        case "handling_ended":
            return {"handled": 1, "handled_ms": sum(_ms(event[n]) for n in ("talk_s", "hold_s", "wrap_up_s"))}
        case _:
            return {}


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _added(counts: Counts, steps: Counts) -> Counts:
    return {name: counts.get(name, 0) + steps.get(name, 0) for name in {**counts, **steps}}


def _recent(seen: dict[str, int], second: int) -> Counts:
    newest = sorted(seen.items(), key=lambda s: s[1], reverse=True)[:REMEMBERED_MOST]
    return {m: s for n, (m, s) in enumerate(newest) if n < REMEMBERED_LEAST or second - s <= REMEMBERED_S}
