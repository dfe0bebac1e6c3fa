"""The table of all measures and of what they may be grouped by."""

from types import ModuleType

from offhook.domain.errors import InvalidInput
from offhook.domain.metrics import (
    abandon_rate,
    agent_time,
    contacts,
    flow_paths,
    handling,
    key_presses,
    offers,
    resolved_by_agent,
    service_level,
    survey_scores,
    visits,
    waiting,
)
from offhook.domain.metrics.metric import Metric

_MODULES: tuple[ModuleType, ...] = (
    visits,
    service_level,
    abandon_rate,
    waiting,
    offers,
    handling,
    agent_time,
    contacts,
    flow_paths,
    key_presses,
    survey_scores,
    resolved_by_agent,
)
METRICS: dict[str, Metric] = {m.name: m for module in _MODULES for m in module.METRICS}

# What measures may be grouped and filtered by: name to column of the lake.
DIMENSIONS: dict[str, str] = {
    "queue": "queue_id",
    "agent": "agent_id",
    "flow": "flow_id",
    "flow_version": "flow_version",
    "node": "node_id",
    "incident": "incident_id",
    "keys": "keys",
    "key_outcome": "outcome",
    "outcome": "outcome",
    "outcome_reason": "outcome_reason",
    "exit_reason": "exit_reason",
    "disposition": "disposition",
    "survey": "survey_id",
    "question": "question_id",
}


NUMBERED = frozenset({"flow_version"})  # columns of numbers; a filter names them in digits


def metric(name: str) -> Metric:
    """The measure of that name; raises InvalidInput."""
    if name not in METRICS:
        raise InvalidInput("measure_unknown", field="measures", name=name)
    return METRICS[name]


def column_of(dimension: str) -> str:
    """The column of a dimension; raises InvalidInput."""
    if dimension not in DIMENSIONS:
        raise InvalidInput("dimension_unknown", field="dimensions", name=dimension)
    return DIMENSIONS[dimension]
