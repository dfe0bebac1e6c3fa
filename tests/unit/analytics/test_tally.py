"""The tally counts every change once, in whatever batches and however often it arrives."""

from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.domain.analytics.tally import ABSENT, Counted, Presence, Tally, fold

NOON = 1_760_097_600_000
ZONE = ZoneInfo("Europe/Berlin")
STATES = ["", "available", "reserved", "busy", "wrap_up", "away"]


def visit_ended(exit_: str, at: int = NOON) -> dict[str, object]:
    return {
        "type": "queue_visit_ended", "at": at, "queue_id": "q", "exit": exit_, "waited_s": 3.25, "within_target": True,
    }  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Counted]:
    """Changes of a few entities, each entity's in order, interleaved."""
    chance = Random(draw(st.integers(0, 999)))
    changes, agents, waiting = [], dict.fromkeys("abc", ABSENT), dict.fromkeys("xyz", ABSENT)
    for version in range(1, draw(st.integers(1, 30))):
        who = chance.choice("abcxyz")
        if who in agents:
            after = Presence(agent_state=chance.choice(STATES))
            changes.append(Counted(f"agent:{who}:{version}", agents[who], after))
            agents[who] = after
        else:
            after = Presence(waiting=chance.choice(["", "q"]), contact=chance.random() < 0.7)
            facts = [visit_ended(chance.choice(["answered", "abandoned"]))] if chance.random() < 0.4 else []
            changes.append(Counted(f"contact:{who}:{version}", waiting[who], after, facts))
            waiting[who] = after
    return changes


@settings(max_examples=100, deadline=None)
@given(changes=histories(), seed=st.integers(0, 999))
def test_redelivered_batches_with_other_borders_change_nothing(changes: list[Counted], seed: int) -> None:
    once = fold(Tally(), changes, ZONE, NOON)
    chance, tally, place, now = Random(seed), Tally(), 0, NOON
    while place < len(changes):
        end = min(len(changes), place + chance.randint(1, 9))
        tally = fold(tally, changes[max(0, place - chance.randint(0, 9)) : end], ZONE, now)
        place, now = (end if chance.random() < 0.7 else place), now + 100
    assert (tally.waiting, tally.agents, tally.contacts, tally.days) == (
        once.waiting, once.agents, once.contacts, once.days,
    )  # fmt: skip
    assert all(n > 0 for n in tally.waiting.values()) and all(n > 0 for n in tally.agents.values())


def test_counters_are_of_the_tenants_day_and_two_days_are_kept():
    day = 24 * 3600_000
    changes = [Counted(f"contact:c:{n}", ABSENT, ABSENT, [visit_ended("answered", NOON + n * day)]) for n in range(4)]
    tally = fold(Tally(), changes, ZONE, NOON)
    assert list(tally.days) == ["2025-10-12", "2025-10-13"]
    assert tally.of_day("2025-10-13")["q"] == {"offered": 1, "answered": 1, "within_target": 1, "waited_ms": 3250}


def test_what_is_remembered_stays_small_and_survives_a_quiet_hour():
    changes = [Counted(f"agent:a:{n}", ABSENT, ABSENT, [visit_ended("failed")]) for n in range(3000)]
    tally = fold(Tally(), changes, ZONE, NOON)
    assert len(tally.seen) == 1000
    later = fold(tally, [Counted("agent:b:1", ABSENT, Presence(agent_state="away"))], ZONE, NOON + 3_600_000)
    assert len(later.seen) == 16 and later.agents == {"away": 1}
