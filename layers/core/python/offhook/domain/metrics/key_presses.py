"""Keys pressed in flows."""

from offhook.domain.metrics.metric import Metric, Unit, count_sql, rows_of

PRESSED = "key_pressed"

METRICS = (
    Metric(
        "key_presses",
        Unit.COUNT,
        "times a caller was asked for keys: pressed the right ones, others, or none",
        (PRESSED,),
        count_sql(f"type = '{PRESSED}'"),
        lambda rows: len(rows_of(rows, PRESSED)),
    ),
    Metric(
        "key_misses",
        Unit.COUNT,
        "of those, times the keys were invalid, the words were not clear enough, or nothing came",
        (PRESSED,),
        count_sql(f"type = '{PRESSED}' AND outcome IN ('invalid', 'timeout', 'unsure')"),
        lambda rows: sum(r["outcome"] in ("invalid", "timeout", "unsure") for r in rows_of(rows, PRESSED)),
    ),
)
