"""Who changed what can be read by those who may, and shows no secret."""

import pytest
from offhook.domain.tenants.permissions import Permission
from offhook.web.app import OffhookApp
from offhook.web.responses import ok
from offhook.web.tenants import audit as trail

from tests.unit.web.worlds import asks, sample_app

pytestmark = pytest.mark.usefixtures("names_as_tokens", "world")


@pytest.fixture
def app() -> OffhookApp:
    made = sample_app()
    trail.routes(made)

    @made.api("/queues/{queue_id}", methods=["PUT"], permission=Permission.ROUTING_WRITE)
    def change(queue_id: str) -> object:
        from offhook.domain.storage import Item, Key, Put, Table

        made.deps().items.commit(Put(Item(Key(Table.CONFIG, f"T#{made.identity().tenant.id}#QUEUE", queue_id))))
        return ok({})

    @made.api("/recordings", methods=["GET"], permission=Permission.RECORDINGS_PLAY)
    def play() -> object:
        return ok({})

    return made


def entries(app: OffhookApp, **more: str) -> list[dict]:
    return asks(app, "GET", "/audit", **more).json()["data"]


def test_a_change_is_in_the_trail_with_who_and_what(app: OffhookApp) -> None:
    asks(app, "PUT", "/queues/q_1", json={"name": "Sales", "api_secret": "hush"})
    (entry,) = entries(app)
    assert entry["act"]["actor"] == "owner-of-t_a" and entry["act"]["role"] == "owner"
    assert entry["act"]["action"] == "PUT /v1/sample/queues/{queue_id}"
    assert entry["act"]["about"] == {"queue_id": "q_1", "body": {"name": "Sales", "api_secret": "(hidden)"}}


def test_what_is_refused_is_not_in_the_trail(app: OffhookApp) -> None:
    assert asks(app, "PUT", "/queues/q_1", user="agent-of-t_a", json={}).status == 403
    assert entries(app) == []


def test_playing_a_recording_is_in_the_trail(app: OffhookApp) -> None:
    asks(app, "GET", "/recordings")
    assert [e["act"]["action"] for e in entries(app)] == ["GET /v1/sample/recordings"]


def test_what_the_trail_cannot_record_is_not_shown(app: OffhookApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offhook.web.audit.append", lambda *_: 1 / 0)
    assert asks(app, "GET", "/recordings").status == 500


def test_an_agents_own_work_is_left_to_the_event_log(app: OffhookApp) -> None:
    asks(app, "POST", "/things", json={"a": 1})
    assert entries(app) == []


def test_only_those_who_may_read_the_trail_and_only_their_own(app: OffhookApp) -> None:
    asks(app, "PUT", "/queues/q_1", json={})
    assert asks(app, "GET", "/audit", user="agent-of-t_a").status == 403
    assert entries(app, user="owner-of-t_b") == []


def test_pages_go_back_to_the_first_entry_and_the_check_finds_it_whole(app: OffhookApp) -> None:
    for n in range(5):
        asks(app, "PUT", f"/queues/q_{n}", json={})
    first = asks(app, "GET", "/audit?limit=3").json()
    second = asks(app, "GET", f"/audit?limit=3&cursor={first['next_cursor']}").json()
    assert [e["number"] for e in [*first["data"], *second["data"]]] == [5, 4, 3, 2, 1]
    assert second["next_cursor"] is None
    checked = asks(app, "GET", "/audit/verification").json()
    assert checked["entries"] == 5 and checked["intact"] is True


def test_filters_keep_what_matches(app: OffhookApp) -> None:
    asks(app, "PUT", "/queues/q_1", json={})
    assert len(asks(app, "GET", "/audit?actor=OWNER").json()["data"]) == 1
    assert asks(app, "GET", "/audit?action=delete").json()["data"] == []
