"""How long callers waited: the mean of the answered (ASA), their sum, and the longest wait of all."""

from collections.abc import Sequence

from offhook.domain.metrics.metric import Metric, Row, Unit, ratio, ratio_sql, rows_of, sum_sql, total
from offhook.domain.metrics.visits import VISIT, ended_sql
from offhook.domain.routing.contact import VisitExit

_ANSWERED = f"type = '{VISIT}' AND exit = 'answered'"


def _answered(rows: Sequence[Row]) -> list[Row]:
    return rows_of(rows, VISIT, exit="answered")


WAITED = Metric(
    "waited_s",
    Unit.SECONDS,
    "sum of the waits of answered queue visits",
    (VISIT,),
    sum_sql("waited_s", _ANSWERED),
    lambda rows: total(_answered(rows), "waited_s"),
)
ASA = Metric(
    "asa",
    Unit.SECONDS,
    "waited_s / answered",
    (VISIT,),
    ratio_sql(WAITED.sql, ended_sql(VisitExit.ANSWERED)),
    lambda rows: ratio(total(_answered(rows), "waited_s"), len(_answered(rows))),
)
LONGEST = Metric(
    "longest_wait",
    Unit.SECONDS,
    "the longest wait of a queue visit, however it ended",
    (VISIT,),
    f"MAX(CASE WHEN type = '{VISIT}' THEN waited_s END)",
    lambda rows: max((float(r["waited_s"]) for r in rows_of(rows, VISIT)), default=None),
)
METRICS = (WAITED, ASA, LONGEST)
