"""Synthetic flat events of every type the measures read, for Hypothesis, and a lake to query them in."""

from typing import Any

import duckdb
import sqlglot
from hypothesis import strategies as st
from offhook.domain.analytics.lake import Answer
from offhook.domain.event_schema import PARTITIONS, lake_columns
from offhook.domain.ids import HOUR, day_of
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import OfferEnd, Outcome, VisitExit

from .streams import ACME, OTHER

_DUCK = {"string": "VARCHAR", "bigint": "BIGINT", "double": "DOUBLE", "boolean": "BOOLEAN"}
_SECONDS = st.integers(0, 4000).map(lambda tenths: tenths / 10)
_QUEUES, _AGENTS = st.sampled_from(["q_sales", "q_help"]), st.sampled_from(["a_ann", "a_bob"])


def _event(event_type: str, **fields: Any) -> Any:
    return st.fixed_dictionaries({"type": st.just(event_type), "event_version": st.just(1), **fields})


VISIT = _event(
    "queue_visit_ended",
    contact_id=st.just("c"),
    queue_id=_QUEUES,
    exit=st.sampled_from(list(map(str, VisitExit))),
    waited_s=_SECONDS,
    within_target=st.booleans(),
)
HANDLING = _event(
    "handling_ended",
    queue_id=_QUEUES,
    agent_id=_AGENTS,
    talk_s=_SECONDS,
    hold_s=_SECONDS,
    wrap_up_s=_SECONDS,
    resolved=st.sampled_from([True, False, None]),
)
STATE = _event(
    "agent_state_changed",
    agent_id=_AGENTS,
    from_state=st.sampled_from(list(map(str, AgentState))),
    lasted_ms=st.one_of(st.integers(0, 1000), st.integers(0, 20 * HOUR)),
)
OFFER = _event("offer_made", queue_id=_QUEUES, agent_id=_AGENTS)
OFFER_ENDED = _event("offer_ended", queue_id=_QUEUES, agent_id=_AGENTS, end=st.sampled_from(list(map(str, OfferEnd))))
ENDED = _event("contact_ended", outcome=st.sampled_from(list(map(str, Outcome))))
KEYS = _event(
    "key_pressed",
    flow_id=st.just("f"),
    node_id=st.sampled_from(["menu", "pin"]),
    keys=st.sampled_from(["", "1", "2", "#'"]),
    outcome=st.sampled_from(["matched", "invalid", "timeout", "collected"]),
)
ANSWER = _event(
    "survey_answered",
    agent_id=_AGENTS,
    kind=st.sampled_from(["csat", "nps", "resolved", "rating"]),
    answer=st.integers(0, 10),
    score=_SECONDS,
    satisfied=st.sampled_from([True, False, None]),
)
SURVEY = _event("survey_ended", agent_id=_AGENTS, answered=st.integers(0, 3))
REACHED = _event(
    "flow_node_reached", flow_id=st.just("f"), flow_version=st.integers(1, 2), node_id=st.sampled_from(["menu", "pin"])
)
HEARD = _event("incident_heard", flow_id=st.just("f"), node_id=st.just("news"), incident_id=st.sampled_from("ij"))
NOISE = _event("talk_started", queue_id=_QUEUES)
LONGER = _event("agent_wrap_up_extended", queue_id=_QUEUES, agent_id=_AGENTS, extended_s=_SECONDS)
_WORK = (HANDLING, LONGER, OFFER, OFFER_ENDED)
ANY = st.one_of(VISIT, *_WORK, STATE, ENDED, KEYS, ANSWER, SURVEY, NOISE, REACHED, HEARD)
TRIED = st.one_of(VISIT, HANDLING, ENDED, KEYS, REACHED, HEARD).map(lambda event: {**event, "trial": True})


def events_around(start: int, end: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Events of two tenants, some of trials, some outside [start, end), some delivered twice."""
    placed = st.tuples(
        st.one_of(ANY, ANY, TRIED),
        st.integers(start - 26 * HOUR, end + 26 * HOUR),
        st.sampled_from([ACME, ACME, OTHER]),
    )
    return st.lists(st.tuples(placed, st.integers(1, 2)), max_size=40).map(_published)


def _published(drawn: list[tuple[tuple[dict[str, Any], int, str], int]]) -> list[dict[str, Any]]:
    events = []
    for n, ((event, at, tenant), copies) in enumerate(drawn):
        flat = {**event, "event_id": f"contact:c{n % 9}:{n}:0", "at": at, "tenant": tenant, "dt": day_of(at)}
        if "lasted_ms" in flat:
            flat["since_at"] = at - flat.pop("lasted_ms")
        events += [flat] * copies
    return events


class Lake:
    """The `events` table in DuckDB, queried in Athena's SQL as the emulator does."""

    def __init__(self) -> None:
        self.columns = [*lake_columns(), *PARTITIONS]
        columns = ", ".join(f'"{n}" {_DUCK[t]}' for n, t in self.columns)
        self.duck = duckdb.connect(config={"threads": 1})
        self.duck.execute(f"CREATE TABLE events ({columns})")

    def fill(self, events: list[dict[str, Any]]) -> None:
        """Exactly these events."""
        self.duck.execute("DELETE FROM events")
        row = f"({', '.join('?' * len(self.columns))})"
        values = [e.get(name) for e in events for name, _ in self.columns]
        if events:
            self.duck.execute(f"INSERT INTO events VALUES {', '.join([row] * len(events))}", values)

    def run(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        found = self.duck.execute(sqlglot.transpile(sql, read="athena", write="duckdb")[0])
        names = [d[0] for d in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class DuckLake:
    """A lake that answers in text, as Athena does."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.lake = Lake()
        self.lake.fill(events)

    def run(self, sql: str) -> Answer:
        """The rows, and a made-up number of bytes."""
        rows = [{n: None if v is None else str(v) for n, v in r.items()} for r in self.lake.run(sql)]
        return Answer("q1", tuple(rows), 1234)
