"""Ways through flows: which nodes calls came to."""

from offhook.domain.metrics.metric import Metric, Unit, count_sql, rows_of

REACHED, HEARD = "flow_node_reached", "incident_heard"

METRICS = (
    Metric(
        "nodes_entered",
        Unit.COUNT,
        "times a call came to a node of its flow",
        (REACHED,),
        count_sql(f"type = '{REACHED}'"),
        lambda rows: len(rows_of(rows, REACHED)),
    ),
    Metric(
        "incident_notices",
        Unit.COUNT,
        "times a caller was told of a known incident",
        (HEARD,),
        count_sql(f"type = '{HEARD}'"),
        lambda rows: len(rows_of(rows, HEARD)),
    ),
)
