"""The seller of numbers in memory, and Twilio's client against the simulated carrier: alike."""

from typing import Any, Protocol

import pytest
from offhook.adapters.carrier.twilio.hosts import EveryHostClient
from offhook.adapters.carrier.twilio.numbers import TwilioNumbers
from offhook.adapters.memory.numbers import MemoryNumbers, Shelf
from offhook.domain.errors import CarrierUnavailable, CarrierUncertain
from offhook.domain.numbers.port import (
    Bundle,
    BundleState,
    CarrierNumbers,
    Kind,
    NumberTaken,
    PapersMissing,
    Wanted,
    standing,
)
from twilio.rest import Client

from local.carrier.inprocess import InProcessHttpClient
from local.carrier.model.account import AccountStatus
from local.carrier.testing import APP, World, world

US = Wanted("US")


class Stage(Protocol):
    """mine, other: two accounts of one carrier."""

    mine: CarrierNumbers
    other: CarrierNumbers

    def hand_in(self, country: str, *, refused: bool = False) -> str:
        """Papers for local numbers of a country; the bundle's sid."""
        ...

    def review(self) -> None:
        """Let the reviewers finish."""
        ...


class MemoryStage:
    def __init__(self) -> None:
        self.shelf = Shelf()
        self.mine, self.other = MemoryNumbers("AC1", self.shelf), MemoryNumbers("AC2", self.shelf)
        self.ends: dict[str, BundleState] = {}

    def hand_in(self, country: str, *, refused: bool = False) -> str:
        sid = f"BU{len(self.ends)}"
        self.ends[sid] = BundleState.REJECTED if refused else BundleState.APPROVED
        self.shelf.papers.setdefault("AC1", []).append(Bundle(sid, country, Kind.LOCAL, BundleState.IN_REVIEW))
        return sid

    def review(self) -> None:
        kept = self.shelf.papers["AC1"]
        self.shelf.papers["AC1"] = [Bundle(one.sid, one.country, one.kind, self.ends[one.sid]) for one in kept]


class TwilioStage:
    def __init__(self) -> None:
        self.world: World = world()
        self.world.carrier.accounts.numbers.clear()
        self.second = self.world.carrier.accounts.create("Other")
        self.mine, self.other = self.numbers(self.world.account), self.numbers(self.second)

    def numbers(self, account: Any) -> TwilioNumbers:
        client = Client(account.sid, account.auth_token, http_client=InProcessHttpClient(self.world.carrier))
        return TwilioNumbers(account.sid, lambda: (account.auth_token,), "https://unused.invalid", APP, client)

    def hand_in(self, country: str, *, refused: bool = False) -> str:
        bundles = self.world.client().numbers.v2.regulatory_compliance.bundles
        made = bundles.create(
            friendly_name="reject me" if refused else "papers",
            email="a@example.com",
            iso_country=country,
            number_type="local",
        )
        assert made.status == "draft"
        return str(bundles(made.sid).update(status="pending-review").sid)

    def review(self) -> None:
        self.world.carrier.advance(61)


@pytest.fixture(params=[MemoryStage, TwilioStage])
def stage(request: pytest.FixtureRequest) -> Stage:
    made: Stage = request.param()
    return made


def test_what_is_offered_can_be_bought_once(stage):
    (first, *rest) = stage.mine.search(US, limit=3)
    assert len(rest) == 2 and first.number.startswith("+1") and not first.needs_papers
    bought = stage.mine.buy(first.number, "order-1")
    assert (bought.number, bought.label) == (first.number, "order-1")
    with pytest.raises(NumberTaken):
        stage.other.buy(first.number, "order-2")
    assert first.number not in {one.number for one in stage.other.search(US)}


def test_the_search_is_narrowed(stage):
    found = stage.mine.search(Wanted("US", area_code="212", contains="555"))
    assert found and all(one.number.startswith("+1212") and "555" in one.number for one in found)
    assert stage.mine.search(Wanted("US", contains="98765")) == []
    assert stage.mine.search(Wanted("ZZ")) == []
    assert stage.mine.search(Wanted("US", Kind.TOLL_FREE)) != []


def test_a_number_is_found_by_exactly_its_label_and_by_its_owner_alone(stage):
    number = stage.mine.search(US)[0].number
    bought = stage.mine.buy(number, "order-1")
    assert stage.mine.labelled("order-1") == stage.mine.owned() == [bought]
    assert stage.mine.labelled("order") == stage.other.labelled("order-1") == stage.other.owned() == []


def test_a_label_can_be_given_later(stage):
    bought = stage.mine.buy(stage.mine.search(US)[0].number, "a")
    stage.mine.lead_here(bought.sid, "b")
    assert [one.sid for one in stage.mine.labelled("b")] == [bought.sid]


def test_a_released_number_is_for_sale_again_and_releasing_twice_is_no_error(stage):
    bought = stage.mine.buy(stage.mine.search(US)[0].number, "a")
    stage.other.release(bought.sid)
    assert stage.mine.owned() == [bought]
    stage.mine.release(bought.sid)
    stage.mine.release(bought.sid)
    assert stage.mine.owned() == []
    assert stage.other.buy(bought.number, "b").number == bought.number


def test_a_country_that_asks_for_papers_sells_with_an_approved_bundle_only(stage):
    offered = stage.mine.search(Wanted("DE"))[0]
    assert offered.needs_papers
    with pytest.raises(PapersMissing):
        stage.mine.buy(offered.number, "a")
    sid = stage.hand_in("DE")
    assert [one.state for one in stage.mine.bundles("DE", Kind.LOCAL)] == [BundleState.IN_REVIEW]
    with pytest.raises(PapersMissing):
        stage.mine.buy(offered.number, "a", sid)
    stage.review()
    assert standing(stage.mine.bundles("DE", Kind.LOCAL)) == Bundle(sid, "DE", Kind.LOCAL, BundleState.APPROVED)
    with pytest.raises(PapersMissing):
        stage.other.buy(offered.number, "a", sid)
    assert stage.mine.buy(offered.number, "a", sid).number == offered.number


def test_refused_papers_say_so_and_others_stand_instead_of_them(stage):
    stage.hand_in("DE", refused=True)
    stage.review()
    assert standing(stage.mine.bundles("DE", Kind.LOCAL)).state is BundleState.REJECTED
    stage.hand_in("DE")
    assert standing(stage.mine.bundles("DE", Kind.LOCAL)).state is BundleState.IN_REVIEW
    assert standing(stage.mine.bundles("FR", Kind.LOCAL)) is None
    assert stage.other.bundles("DE", Kind.LOCAL) == []


# --- Twilio alone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", ["500_after", "timeout_after"])
def test_a_purchase_whose_answer_was_lost_is_found_by_its_label(effect):
    stage = TwilioStage()
    stage.world.carrier.faults.add(effect, kind="rest", count=1, url="POST .*/IncomingPhoneNumbers")
    with pytest.raises(CarrierUncertain):
        stage.mine.buy(stage.mine.search(US)[0].number, "order-1")
    assert len(stage.mine.labelled("order-1")) == 1


def test_calls_of_a_bought_number_come_to_us():
    stage = TwilioStage()
    bought = stage.mine.buy(stage.mine.search(US)[0].number, "order-1")
    voice = stage.world.carrier.accounts.numbers[bought.sid].voice
    assert (voice.voice_url, voice.status_callback) == (f"{APP}/v1/ivr/calls", f"{APP}/v1/ivr/calls/status")
    assert voice.voice_fallback_url == f"{APP}/v1/ivr/calls/fallback"


def test_a_suspended_account_buys_nothing_and_keeps_what_it_has():
    stage = TwilioStage()
    stage.mine.buy(stage.mine.search(US)[0].number, "a")
    stage.world.account.status = AccountStatus.SUSPENDED
    with pytest.raises(CarrierUnavailable):
        stage.mine.buy(stage.mine.search(US)[0].number, "b")
    assert len(stage.mine.owned()) == 1


def test_without_an_account_nothing_is_asked():
    numbers = TwilioNumbers("", lambda: (), "https://unused.invalid", APP)
    with pytest.raises(CarrierUnavailable):
        numbers.owned()


@pytest.mark.parametrize(
    "carrier, asked", [("https://sim.example", "https://sim.example/v2/x"), ("https://api.twilio.com", None)]
)
def test_every_host_of_the_carrier_is_the_one_of_the_settings(carrier, asked, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "twilio.http.http_client.TwilioHttpClient.request", lambda self, m, url, *a, **k: seen.append(url)
    )
    EveryHostClient(carrier).request("GET", "https://numbers.twilio.com/v2/x")
    assert seen == [asked or "https://numbers.twilio.com/v2/x"]
