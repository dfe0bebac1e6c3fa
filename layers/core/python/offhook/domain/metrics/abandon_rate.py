"""Abandon rate: the share that gave up."""

from collections.abc import Sequence

from offhook.domain.metrics.metric import Metric, Row, Unit, ratio, ratio_sql, rows_of
from offhook.domain.metrics.visits import OFFERED, VISIT, ended, ended_sql
from offhook.domain.routing.contact import VisitExit


def _rate(rows: Sequence[Row]) -> float | None:
    served = len(rows_of(rows, VISIT)) - ended(rows, VisitExit.SHORT_ABANDONED)
    return ratio(ended(rows, VisitExit.ABANDONED), served)


METRICS = (
    Metric(
        "abandon_rate",
        Unit.SHARE,
        "abandoned / (offered - short_abandoned)",
        (VISIT,),
        ratio_sql(ended_sql(VisitExit.ABANDONED), f"({OFFERED.sql} - {ended_sql(VisitExit.SHORT_ABANDONED)})"),
        _rate,
    ),
)
