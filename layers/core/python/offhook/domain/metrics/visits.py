"""Queue visits: each ends in exactly one term of offered = answered + abandoned + ... + failed."""

from collections.abc import Sequence

from offhook.domain.metrics.metric import Metric, Row, Unit, count_sql, rows_of
from offhook.domain.routing.contact import VisitExit

VISIT = "queue_visit_ended"


def ended(rows: Sequence[Row], exit_: VisitExit) -> int:
    """How many visits ended this way."""
    return len(rows_of(rows, VISIT, exit=exit_))


def ended_sql(exit_: VisitExit) -> str:
    """The same in SQL."""
    return count_sql(f"type = '{VISIT}' AND exit = '{exit_}'")


def _term(exit_: VisitExit) -> Metric:
    formula = f"queue visits that ended as {exit_}"
    return Metric(str(exit_), Unit.COUNT, formula, (VISIT,), ended_sql(exit_), lambda rows: ended(rows, exit_))


OFFERED = Metric(
    "offered",
    Unit.COUNT,
    "queue visits that ended, whatever the way: the sum of " + ", ".join(VisitExit),
    (VISIT,),
    count_sql(f"type = '{VISIT}'"),
    lambda rows: len(rows_of(rows, VISIT)),
)
TERMS: tuple[Metric, ...] = tuple(_term(e) for e in VisitExit)
METRICS = (OFFERED, *TERMS)
