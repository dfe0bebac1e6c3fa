"""Contacts: how many ended, in which outcome, and how many needed nobody (containment)."""

from offhook.domain.metrics.metric import Metric, Unit, count_sql, ratio, ratio_sql, rows_of
from offhook.domain.routing.contact import Outcome

ENDED = "contact_ended"

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
    "self_served / contacts that were not refused before the flow",
    (ENDED,),
    ratio_sql(SELF_SERVED.sql, count_sql(f"type = '{ENDED}' AND outcome <> '{Outcome.BLOCKED}'")),
    lambda rows: ratio(
        len(rows_of(rows, ENDED, outcome=Outcome.SELF_SERVED)),
        sum(r["outcome"] != Outcome.BLOCKED for r in rows_of(rows, ENDED)),
    ),
)
METRICS = (CONTACTS, SELF_SERVED, CONTAINMENT)
