"""Contacts: how many ended, in which outcome, and how many needed nobody (containment)."""

from offhook.domain.metrics.metric import Metric, Unit, count_sql, ratio, ratio_sql, rows_of
from offhook.domain.routing.contact import Direction, Outcome

ENDED = "contact_ended"
_CAME_IN = f"(direction IS NULL OR direction <> '{Direction.OUTBOUND}')"

CONTACTS = Metric(
    "contacts",
    Unit.COUNT,
    "contacts that ended",
    (ENDED,),
    count_sql(f"type = '{ENDED}'"),
    lambda rows: len(rows_of(rows, ENDED)),
)
SELF_SERVED = Metric(
    "self_served",
    Unit.COUNT,
    "contacts finished inside the flow",
    (ENDED,),
    count_sql(f"type = '{ENDED}' AND outcome = '{Outcome.SELF_SERVED}'"),
    lambda rows: len(rows_of(rows, ENDED, outcome=Outcome.SELF_SERVED)),
)
CONTAINMENT = Metric(
    "containment",
    Unit.SHARE,
    "self_served / contacts that came into a flow: neither refused before it nor placed by us",
    (ENDED,),
    ratio_sql(SELF_SERVED.sql, count_sql(f"type = '{ENDED}' AND outcome <> '{Outcome.BLOCKED}' AND {_CAME_IN}")),
    lambda rows: ratio(
        len(rows_of(rows, ENDED, outcome=Outcome.SELF_SERVED)),
        sum(r["outcome"] != Outcome.BLOCKED and r.get("direction") != Direction.OUTBOUND for r in rows_of(rows, ENDED)),
    ),
)
METRICS = (CONTACTS, SELF_SERVED, CONTAINMENT)
