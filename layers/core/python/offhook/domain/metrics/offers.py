"""Offers to agents: how many were made, and how they were left unanswered."""

from offhook.domain.metrics.metric import Metric, Unit, count_sql, rows_of
from offhook.domain.routing.contact import OfferEnd

MADE, ENDED = "offer_made", "offer_ended"

OFFERS = Metric(
    "offers",
    Unit.COUNT,
    "offers made to agents",
    (MADE,),
    count_sql(f"type = '{MADE}'"),
    lambda rows: len(rows_of(rows, MADE)),
)


def _ended(name: str, formula: str, end: OfferEnd) -> Metric:
    sql = count_sql(f"type = '{ENDED}' AND \"end\" = '{end}'")
    return Metric(name, Unit.COUNT, formula, (ENDED,), sql, lambda rows: len(rows_of(rows, ENDED, end=end)))


METRICS = (
    OFFERS,
    _ended("offers_accepted", "offers that an agent accepted", OfferEnd.ACCEPTED),
    _ended("offers_declined", "offers that an agent declined", OfferEnd.DECLINED),
    _ended("offers_missed", "offers that rang out (ring no answer)", OfferEnd.NO_ANSWER),
)
