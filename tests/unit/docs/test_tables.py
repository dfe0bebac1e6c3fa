"""Tables in documents list what the code lists: nothing is missing, nothing is invented."""

import re

from offhook.domain.messages import Topic
from offhook.domain.metrics.dictionary import METRICS
from offhook.domain.storage import Table

from infra.apps import APPS, FAILURES, QUEUES, FromClock, FromEventStream, FromLiveTable, FromQueue, Handler
from tests.unit.docs import pages
from tests.unit.docs.pages import ROOT

DOCS = ROOT / "docs"


def test_every_topic_of_the_work_queue_is_described():
    assert pages.first_cells(DOCS / "architecture.md", "Messages and timers") == [topic.name for topic in Topic]


def test_every_table_is_described():
    assert pages.first_cells(DOCS / "architecture.md", "Tables and keys") == [str(table) for table in Table]


def test_every_handler_is_described_with_its_batch():
    described = pages.first_cells(DOCS / "architecture.md", "Handlers")
    declared = {f"{app.area}.{name}": handler for app in APPS for name, handler in app.handlers.items()}
    assert {line.split(" ")[0] for line in described} <= set(declared)
    for line in described:
        name, _, words = line.partition(" ")
        assert words.strip("()") == batch_of(declared[name]), name


def test_every_kind_of_alarm_has_its_section():
    source = (ROOT / "infra" / "constructs" / "alarms.py").read_text(encoding="utf-8")
    kinds = re.findall(r'self\._alarm\(f?"(\w+)', source)
    headings = pages.anchors(DOCS / "runbook.md")
    assert kinds and all(any(h.startswith(f"alarm-{kind.lower()}") for h in headings) for kind in kinds), kinds


def test_every_queue_of_dead_letters_is_described():
    described = pages.first_cells(DOCS / "runbook.md", "Dead letters")
    assert described == [*(f"{queue}-dead" for queue in QUEUES), FAILURES]


def test_every_measure_is_in_the_glossary():
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [name for name in METRICS if f"`{name}`" not in glossary] == []


def batch_of(handler: Handler) -> str:
    match handler.source:
        case FromQueue(queue, batch):
            return f"queue {queue}, {batch}"
        case FromLiveTable(batch):
            return f"live table, {batch}"
        case FromEventStream(batch, window_s):
            return f"event stream, {batch}, {window_s} s"
        case FromClock():
            return "clock"
