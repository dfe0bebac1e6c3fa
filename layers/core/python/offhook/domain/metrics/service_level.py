"""Service level: the share answered in time."""

from collections.abc import Sequence

from offhook.domain.metrics.metric import Metric, Row, Unit, count_sql, ratio, ratio_sql, rows_of
from offhook.domain.metrics.visits import OFFERED, VISIT, ended, ended_sql
from offhook.domain.routing.contact import VisitExit

WITHIN = Metric(
    "within_target",
    Unit.COUNT,
    "queue visits answered within the queue's target T",
    (VISIT,),
    count_sql(f"type = '{VISIT}' AND exit = 'answered' AND within_target"),
    lambda rows: len(rows_of(rows, VISIT, exit="answered", within_target=True)),
)


def _level(rows: Sequence[Row]) -> float | None:
    served = len(rows_of(rows, VISIT)) - ended(rows, VisitExit.SHORT_ABANDONED)
    return ratio(len(rows_of(rows, VISIT, exit="answered", within_target=True)), served)


LEVEL = Metric(
    "service_level",
    Unit.SHARE,
    "within_target / (offered - short_abandoned)",
    (VISIT,),
    ratio_sql(WITHIN.sql, f"({OFFERED.sql} - {ended_sql(VisitExit.SHORT_ABANDONED)})"),
    _level,
)
METRICS = (WITHIN, LEVEL)
