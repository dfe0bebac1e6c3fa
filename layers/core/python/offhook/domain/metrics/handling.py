"""Agents' work on contacts: how many were handled, for how long, and the mean (AHT)."""

from offhook.domain.metrics.metric import Metric, Unit, count_sql, ratio, ratio_sql, rows_of, sum_sql, total

HANDLING, EXTENDED = "handling_ended", "agent_wrap_up_extended"
PARTS = ("talk_s", "hold_s", "wrap_up_s")
_IS = f"type = '{HANDLING}'"

HANDLED = Metric(
    "handled",
    Unit.COUNT,
    "contacts that an agent finished, wrap-up included",
    (HANDLING,),
    count_sql(_IS),
    lambda rows: len(rows_of(rows, HANDLING)),
)


def _part(name: str, formula: str) -> Metric:
    return Metric(
        name,
        Unit.SECONDS,
        formula,
        (HANDLING,),
        sum_sql(name, _IS),
        lambda rows: total(rows_of(rows, HANDLING), name),
    )


TALK = _part("talk_s", "sum of conversation without hold")
HOLD = _part("hold_s", "sum of time on hold")
WRAP_UP = _part("wrap_up_s", "sum of work after the conversation")
AHT = Metric(
    "aht",
    Unit.SECONDS,
    "(talk_s + hold_s + wrap_up_s) / handled",
    (HANDLING,),
    ratio_sql(sum_sql("talk_s + hold_s + wrap_up_s", _IS), HANDLED.sql),
    lambda rows: ratio(total(rows_of(rows, HANDLING), *PARTS), len(rows_of(rows, HANDLING))),
)
EXTENSIONS = Metric(
    "wrap_up_extensions",
    Unit.COUNT,
    "times that agents took more time for wrap-up",
    (EXTENDED,),
    count_sql(f"type = '{EXTENDED}'"),
    lambda rows: len(rows_of(rows, EXTENDED)),
)
METRICS = (HANDLED, TALK, HOLD, WRAP_UP, AHT, EXTENSIONS)
