"""Wallboards: figures of the floor, trends of today, and links that show one board until they are ended."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from offhook.domain.analytics.boards import BoardLink
from offhook.domain.analytics.lake import Answer
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import DAY, MINUTE, TenantId, day_of
from offhook.domain.routing.queues import Queue
from offhook.domain.tenants.membership import MemberStatus
from offhook.stores.directory import Directory
from offhook.usecases.tenants.membership import members_of
from offhook.web import limits
from offhook.web.testing import Response, claims_by_name, event_for, invoke
from offhook.wiring.lake import use_lake

from tests.unit.analytics.facts import DuckLake
from tests.unit.isolation.centre import LakeOfNothing, readable
from tests.unit.isolation.store_state import rows_of
from tests.unit.web.worlds import add_member, asks
from tests.world.scene import NUMBER, Scene
from tests.world.world import app_of, world

TILES = [
    {"kind": "number", "measure": "waiting"},
    {"kind": "gauge", "measure": "service_level", "target": 0.8},
    {"kind": "states"},
    {"kind": "queues"},
    {"kind": "number", "measure": "busy", "title": "Talking"},
    {"kind": "trend", "measure": "offered", "wide": True},
]


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """An agent in conversation; a supervisor; another tenant."""
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)
    with world() as w, use_lake(LakeOfNothing()):
        scene = Scene(w, w.add_tenant("acme", NUMBER))
        other = TenantId(w.add_tenant("zeta", "+14155550200"))
        add_member(w.aws, scene.tenant, "boss", "supervisor", "a_2")
        add_member(w.aws, scene.tenant, "agent", "agent", "a_1")
        add_member(w.aws, other, "stranger", "owner", "a_1")
        scene.sign_in("a_1")
        scene.call()
        yield scene


def ask(method: str, path: str, user: str = "boss", **more: Any) -> Response:
    return asks(app_of("analytics"), method, path, user, **more)


def board(**more: Any) -> str:
    made = ask("POST", "/boards", json={"name": "Hall", "tiles": TILES, **more})
    assert made.status == 201, made.json()
    return str(made.json()["id"])


def link_of(board_id: str, **more: Any) -> Any:
    made = ask("POST", f"/boards/{board_id}/links", json={"name": "TV", **more})
    assert made.status == 201, made.json()
    return made.json()


def television(secret: str) -> Response:
    return invoke(app_of("analytics"), "GET", "/tv", headers={"Authorization": f"Bearer {secret}"})


def test_a_board_shows_the_floor_as_it_is_and_nobody_by_name(scene: Scene):
    shown = ask("GET", f"/boards/{board()}/figures?trends=new")
    tiles = {tile["kind"] + tile["measure"]: tile for tile in shown.json()["tiles"]}
    assert (tiles["numberwaiting"]["value"], tiles["numberbusy"]["value"]) == (0, 1)
    assert tiles["states"]["states"] == {"busy": 1}
    assert tiles["gaugeservice_level"]["target"] == 0.8
    assert len(tiles["trendoffered"]["points"]) == 48
    assert not any(one.name in str(shown.json()) for one in scene.act(lambda deps: deps.agents.signed_in()))


def test_trends_are_computed_once_in_five_minutes_whoever_looks(scene: Scene):
    lake, seen = LakeOfNothing(), board()
    with use_lake(lake):
        for _ in range(3):
            ask("GET", f"/boards/{seen}/figures?trends=new")
        scene.world.run(301)
        ask("GET", f"/boards/{seen}/figures?trends=new")
    assert len(lake.asked) == 2


class LakeThatFails(LakeOfNothing):
    """Remembers what it was asked, too."""

    def run(self, sql: str) -> Answer:
        super().run(sql)
        raise StoreUnavailable


def test_a_trend_stays_as_it_was_while_reports_cannot_be_computed(scene: Scene):
    lake, seen = LakeThatFails(), board()
    before = points(ask("GET", f"/boards/{seen}/figures?trends=new"))
    scene.world.run(301)
    with use_lake(lake):
        for _ in range(2):
            assert points(ask("GET", f"/boards/{seen}/figures?trends=new")) == before
    assert (len(before), len(lake.asked)) == (48, 1)


def points(shown: Response) -> list[Any]:
    """Of the board's trend."""
    (trend,) = (tile for tile in shown.json()["tiles"] if tile["kind"] == "trend")
    return list(trend["points"])


def test_figures_do_not_wait_for_trends(scene: Scene):
    lake, seen = LakeOfNothing(), board()
    with use_lake(lake):
        assert points(ask("GET", f"/boards/{seen}/figures")) == []
    assert lake.asked == []


@pytest.mark.parametrize(
    ("tile", "field"),
    [
        ({"kind": "gauge", "measure": "waiting"}, "$.tiles[0].measure"),
        ({"kind": "number", "measure": "contacts", "queue": "q"}, "$.tiles[0].queue"),
        ({"kind": "number", "measure": "waiting", "title": "x" * 81}, "$.tiles[0].title"),
        ({"kind": "number", "measure": "waiting", "target": -1}, "$.tiles[0].target"),
    ],
)
def test_a_tile_that_cannot_be_shown_is_refused_by_its_field(scene: Scene, tile: dict[str, Any], field: str):
    refused = ask("POST", "/boards", json={"name": "Hall", "tiles": [tile]})
    assert (refused.status, refused.json()["errors"][0]["field"]) == (400, field)


def test_a_link_shows_its_board_to_who_has_the_secret_and_says_it_once(scene: Scene):
    seen = board()
    link = link_of(seen)
    assert television(link["secret"]).json()["name"] == "Hall"
    listed = ask("GET", f"/boards/{seen}/links").json()["data"]
    assert [one["id"] for one in listed] == [link["id"]]
    stored = " ".join(readable(row.item) for row in rows_of(scene.world.aws.store, scene.tenant).values())
    assert listed[0]["id"] in stored
    assert link["secret"] not in stored + str(listed)


def test_a_link_opens_nothing_else(scene: Scene):
    secret = link_of(board())["secret"]
    headers = {"Authorization": f"Bearer {secret}"}
    assert [
        invoke(app_of("analytics"), "GET", path, headers=headers).status for path in ("/floor", "/boards", "/contacts")
    ] == [401, 401, 401]


def test_a_link_that_is_ended_expired_garbled_or_of_a_deleted_board_shows_nothing(scene: Scene):
    seen = board()
    ended, lasting, brief = link_of(seen), link_of(seen), link_of(seen, days=1)
    assert ask("DELETE", f"/boards/{seen}/links/{ended['id']}").status == 204
    scene.act(lambda deps: _expire(deps, brief["id"]))
    gone = [television(one) for one in (ended["secret"], brief["secret"], lasting["secret"] + "x", "tv_nobody")]
    assert {(one.status, one.json()["code"]) for one in gone} == {(404, "link_invalid")}
    assert len({str(one.json()) for one in gone}) == 1
    assert television(lasting["secret"]).status == 200
    assert ask("DELETE", f"/boards/{seen}").status == 204
    assert television(lasting["secret"]).status == 404
    assert scene.act(lambda deps: deps.config.list(BoardLink)) == []


def _expire(deps: Any, link_id: str) -> None:
    link = deps.config.get(BoardLink, link_id)
    deps.config.put(BoardLink(link.id, link.board_id, link.name, link.secret_hash, link.made_by, 0, DAY))


def test_a_link_ends_with_its_maker(scene: Scene):
    secret = link_of(board())["secret"]

    def disable(deps: Any) -> None:
        members = members_of(deps)
        member = members.find("boss")
        deps.items.commit(members.write(member.changed(status=MemberStatus.DISABLED), member.version))

    scene.act(disable)
    assert television(secret).status == 404


def test_a_link_shows_what_its_maker_may_see(scene: Scene):
    queues = scene.act(lambda deps: deps.config.list(Queue))
    add_member(scene.world.aws, scene.tenant, "narrow", "supervisor", "a_3", queues=(queues[0].id,))
    made = ask("POST", f"/boards/{board()}/links", "narrow", json={"name": "TV"}).json()
    shown = next(tile for tile in television(made["secret"]).json()["tiles"] if tile["kind"] == "queues")
    assert (len(queues) > 1, [line["name"] for line in shown["lines"]]) == (True, [queues[0].name])


def test_another_tenants_board_and_links_are_not_there(scene: Scene):
    seen = board()
    link = link_of(seen)
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/figures"), ("GET", "/links")):
        assert ask(method, f"/boards/{seen}{path}", "stranger").status == 404
    assert ask("DELETE", f"/boards/{seen}/links/{link['id']}", "stranger").status == 404
    assert ask("POST", f"/boards/{seen}/links", "stranger", json={"name": "TV"}).status == 404
    assert television(link["secret"]).status == 200


def test_an_agent_neither_watches_nor_changes_boards(scene: Scene):
    seen = board()
    assert ask("GET", f"/boards/{seen}/figures", "agent").status == 403
    assert ask("POST", f"/boards/{seen}/links", "agent", json={"name": "TV"}).status == 403


def test_a_repeated_request_makes_one_link_and_keeps_its_secret_nowhere(scene: Scene):
    seen = board()
    headers = {"Idempotency-Key": "k"}
    first, again = (ask("POST", f"/boards/{seen}/links", json={"name": "TV"}, headers=headers) for _ in range(2))
    assert (first.json()["id"], again.json()["secret"]) == (again.json()["id"], "")
    assert len(ask("GET", f"/boards/{seen}/links").json()["data"]) == 1


def test_a_link_leads_to_its_tenant_by_digest_alone(scene: Scene):
    secret = link_of(board())["secret"]
    assert Directory(scene.world.aws.edge_items()).tenant_of("BOARDLINK", secret) is None


def test_ones_own_day_is_nobody_elses(scene: Scene):
    lake = LakeOfNothing()
    with use_lake(lake):
        assert ask("GET", "/me/report?agent=a_2&queue=q", "agent").status == 200
    assert "'a_1'" in lake.asked[0] and "'a_2'" not in lake.asked[0]
    assert ask("GET", "/me/contacts", "agent").json()["data"] == []


class LakeOfOffers(DuckLake):
    """Two offers to the agent who asks, and one to another, a minute ago; counts its queries."""

    def __init__(self, scene: Scene) -> None:
        at, self.queries = scene.world.aws.clock.now() - MINUTE, 0
        event = {"type": "offer_made", "event_version": 1, "tenant": scene.tenant, "dt": day_of(at), "at": at}
        super().__init__([{**event, "event_id": f"{n}", "agent_id": a} for n, a in enumerate(("a_1", "a_1", "a_2"))])

    def run(self, sql: str) -> Answer:
        self.queries += 1
        return super().run(sql)


def test_one_query_answers_every_desk_and_each_sees_its_own_agent(scene: Scene):
    lake = LakeOfOffers(scene)
    add_member(scene.world.aws, scene.tenant, "other", "agent", "a_2")
    scene.world.run(150)
    with use_lake(lake):
        for user, agent, offers in (("agent", "a_1", 2), ("other", "a_2", 1), ("agent", "a_1", 2)):
            told = ask("GET", "/me/report?agent=a_3", user).json()
            assert [(row["agent"], row["offers"]) for row in told["rows"]] == [(agent, offers)]
            assert (told["totals"]["offers"], lake.queries) == (offers, 1)
            assert set(told["totals"]) == {column["name"] for column in told["columns"]} - {"agent"}
        scene.world.run(130)
        assert (ask("GET", "/me/report", "agent").status, lake.queries) == (200, 2)


def shown_at(address: str, secret: str) -> int:
    """The status that a television at that address gets."""
    app = app_of("analytics")
    event = event_for(app, "GET", "/tv", None, {"Authorization": f"Bearer {secret}"})
    event["requestContext"]["identity"] = {"sourceIp": address}
    return int(app(event, None)["statusCode"])


def test_an_office_full_of_televisions_is_never_kept_out_and_who_guesses_links_is(scene: Scene):
    scene.world.aws.limited = True
    strangers, quota = limits.OPEN["open"].quota, limits.OPEN["board"].quota
    hall = board()
    secrets = [link_of(hall, name=f"TV {n}")["secret"] for n in range(3)]
    shows = [shown_at("198.51.100.7", secret) for _ in range(quota) for secret in secrets]
    assert set(shows) == {200} and len(shows) > strangers
    guesses = [shown_at("198.51.100.7", f"{n}") for n in range(strangers + 1)]
    ahead = limits.OPEN["open"].chunk  # what a process was granted at once
    assert guesses[: strangers - ahead] == [404] * (strangers - ahead) and guesses[-1] == 429
    assert shown_at("198.51.100.8", "guessed") == 404


def test_a_link_is_followed_so_often_and_no_more_wherever_it_is_shown(scene: Scene):
    scene.world.aws.limited = True
    quota, hall = limits.OPEN["board"].quota, board()
    secret, other = link_of(hall)["secret"], link_of(hall)["secret"]
    asked = [shown_at(f"198.51.100.{n % 9}", secret) for n in range(quota + 1)]
    assert asked == [200] * quota + [429]
    assert shown_at("198.51.100.1", other) == 200


class LakeThatReadsMuch(LakeOfNothing):
    """More than any plan allows in a day."""

    def run(self, sql: str) -> Answer:
        return replace(super().run(sql), bytes_scanned=10**15)


def test_reports_read_as_many_bytes_a_day_as_the_plan_allows_whoever_asks(scene: Scene):
    lake, seen = LakeThatReadsMuch(), board()
    with use_lake(lake):
        asked = [ask("GET", "/reports/volume") for _ in range(2)] + [ask("GET", "/me/report", "agent")]
        assert points(ask("GET", f"/boards/{seen}/figures?trends=new")) == []
    assert [one.status for one in asked] == [200, 429, 429]
    assert (asked[1].json()["code"], len(lake.asked)) == ("reports_at_limit", 1)
    assert ask("GET", "/floor").status == 200
