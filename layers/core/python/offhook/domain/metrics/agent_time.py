"""Agents' time in each state, split exactly where an interval ends, and occupancy.

A state counts once it has ended, because the event of its end tells how long it lasted.
"""

from collections.abc import Sequence

from offhook.domain.metrics.metric import SPAN, Metric, Row, Unit, ratio, ratio_sql, sum_sql
from offhook.domain.routing.agent import AgentState

BUSY = (AgentState.BUSY, AgentState.WRAP_UP)
SIGNED_IN = tuple(s for s in AgentState if s is not AgentState.OFFLINE)


def _ms(rows: Sequence[Row], states: Sequence[AgentState]) -> int:
    return sum(r["overlap_ms"] for r in rows if r["type"] == SPAN and r["from_state"] in states)


def _ms_sql(states: Sequence[AgentState]) -> str:
    names = ", ".join(f"'{s}'" for s in states)
    return sum_sql("overlap_ms", f"type = '{SPAN}' AND from_state IN ({names})")


def _time(name: str, formula: str, *states: AgentState) -> Metric:
    sql = f"CAST({_ms_sql(states)} AS DOUBLE) / 1000"
    return Metric(name, Unit.SECONDS, formula, (SPAN,), sql, lambda rows: _ms(rows, states) / 1000)


OCCUPANCY = Metric(
    "occupancy",
    Unit.SHARE,
    "(busy_s + wrap_up_state_s) / signed_in_s",
    (SPAN,),
    ratio_sql(_ms_sql(BUSY), _ms_sql(SIGNED_IN)),
    lambda rows: ratio(_ms(rows, BUSY), _ms(rows, SIGNED_IN)),
)
METRICS = (
    _time("signed_in_s", "time in any state but offline", *SIGNED_IN),
    _time("available_s", "time ready for a contact", AgentState.AVAILABLE),
    _time("reserved_s", "time being rung", AgentState.RESERVED),
    _time("busy_s", "time with a customer", AgentState.BUSY),
    _time("wrap_up_state_s", "time in wrap-up", AgentState.WRAP_UP),
    _time("away_s", "time away, for whatever reason", AgentState.AWAY),
    OCCUPANCY,
)
