"""Resolution as agents see it."""

from collections.abc import Sequence

from offhook.domain.metrics.handling import HANDLING
from offhook.domain.metrics.metric import Metric, Row, Unit, count_sql, ratio, ratio_sql, rows_of

_IS = f"type = '{HANDLING}'"


def _share(rows: Sequence[Row]) -> float | None:
    resolved = len(rows_of(rows, HANDLING, resolved=True))
    return ratio(resolved, resolved + len(rows_of(rows, HANDLING, resolved=False)))


METRICS = (
    Metric(
        "resolved_by_agent",
        Unit.SHARE,
        "handled contacts that agents marked resolved / those they marked either way",
        (HANDLING,),
        ratio_sql(count_sql(f"{_IS} AND resolved"), count_sql(f"{_IS} AND resolved IS NOT NULL")),
        _share,
    ),
)
