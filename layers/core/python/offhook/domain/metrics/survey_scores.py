"""What customers answered after the call: CSAT, NPS, first-contact resolution."""

from collections.abc import Sequence

from offhook.domain.metrics.metric import Metric, Row, Unit, count_sql, ratio, ratio_sql, rows_of, sum_sql, total

ANSWER, ENDED = "survey_answered", "survey_ended"
PROMOTER, DETRACTOR = 9, 6


def _kind(kind: str) -> str:
    return f"type = '{ANSWER}' AND kind = '{kind}'"


def _satisfied_share(rows: Sequence[Row], kind: str) -> float | None:
    satisfied = len(rows_of(rows, ANSWER, kind=kind, satisfied=True))
    return ratio(satisfied, satisfied + len(rows_of(rows, ANSWER, kind=kind, satisfied=False)))


def _satisfied_sql(kind: str) -> str:
    satisfied, answered = f"{_kind(kind)} AND satisfied", f"{_kind(kind)} AND satisfied IS NOT NULL"
    return ratio_sql(count_sql(satisfied), count_sql(answered))


def _nps(rows: Sequence[Row]) -> float | None:
    answers = [r["answer"] for r in rows_of(rows, ANSWER, kind="nps")]
    return ratio(100 * (sum(a >= PROMOTER for a in answers) - sum(a <= DETRACTOR for a in answers)), len(answers))


_IS_NPS = _kind("nps")
_PROMOTERS_SQL = count_sql(f"{_IS_NPS} AND answer >= {PROMOTER}")
_DETRACTORS_SQL = count_sql(f"{_IS_NPS} AND answer <= {DETRACTOR}")

CSAT = Metric(
    "csat",
    Unit.SHARE,
    "satisfied answers / answers to CSAT questions",
    (ANSWER,),
    _satisfied_sql("csat"),
    lambda rows: _satisfied_share(rows, "csat"),
)
CSAT_SCORE = Metric(
    "csat_score",
    Unit.SCORE,
    "mean score (0-100, higher is better) of answers to CSAT questions",
    (ANSWER,),
    ratio_sql(sum_sql("score", _kind("csat")), count_sql(_kind("csat"))),
    lambda rows: ratio(total(rows_of(rows, ANSWER, kind="csat"), "score"), len(rows_of(rows, ANSWER, kind="csat"))),
)
NPS = Metric(
    "nps",
    Unit.SCORE,
    f"100 x (answers >= {PROMOTER} - answers <= {DETRACTOR}) / answers to NPS questions",
    (ANSWER,),
    ratio_sql(f"(100 * ({_PROMOTERS_SQL} - {_DETRACTORS_SQL}))", count_sql(_IS_NPS)),
    _nps,
)
FCR = Metric(
    "fcr",
    Unit.SHARE,
    "customers who said their matter was resolved / customers who answered that question",
    (ANSWER,),
    _satisfied_sql("resolved"),
    lambda rows: _satisfied_share(rows, "resolved"),
)
SURVEYS = Metric(
    "surveys",
    Unit.COUNT,
    "surveys with at least one answer",
    (ENDED,),
    count_sql(f"type = '{ENDED}' AND answered > 0"),
    lambda rows: sum(r["answered"] > 0 for r in rows_of(rows, ENDED)),
)
METRICS = (CSAT, CSAT_SCORE, NPS, FCR, SURVEYS)
