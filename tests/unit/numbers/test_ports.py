"""Port-ins: what the tenant says, what the carriers answer, and which steps are legal."""

from dataclasses import replace

import pytest
from offhook.domain.errors import Conflict, InvalidInput, NotFound, PreconditionFailed
from offhook.domain.numbers.line import PORT_MOVES, Origin, Port, PortState
from offhook.stores.directory import Directory
from offhook.usecases.ivr.numbers import claim
from offhook.usecases.numbers import attach, buy, ports

from tests.unit.numbers.worlds import OTHER, Shop

TEXT = ports.PortText(("+493012345678",), "Old Telecom", "A-17", ("bill.pdf",), "2026-12-01")


@pytest.fixture
def deps():
    return Shop().desk().deps


def test_a_request_is_followed_to_its_end(deps):
    made = ports.submit(deps, TEXT)
    assert (made.state, made.documents, made.submitted_at) == (PortState.SUBMITTED, ("bill.pdf",), deps.clock.now())
    ports.move(deps, made.id, PortState.IN_REVIEW)
    with pytest.raises(InvalidInput) as refused:
        ports.move(deps, made.id, PortState.SCHEDULED)
    assert refused.value.field == "$.moves_on"
    assert ports.move(deps, made.id, PortState.SCHEDULED, moves_on="2026-12-02").moves_on == "2026-12-02"
    with pytest.raises(Conflict):
        ports.amend(deps, made.id, 3, TEXT)
    assert ports.move(deps, made.id, PortState.DONE).over


def test_what_was_rejected_is_submitted_again(deps):
    made = ports.submit(deps, TEXT)
    rejected = ports.move(deps, made.id, PortState.REJECTED, note="The name differs.")
    again = ports.amend(deps, made.id, rejected.version, replace(TEXT, documents=("bill.pdf", "letter.pdf")))
    assert (again.state, len(again.documents), again.note) == (PortState.SUBMITTED, 2, "The name differs.")
    with pytest.raises(PreconditionFailed):
        ports.amend(deps, made.id, rejected.version, TEXT)


def test_cancelling_twice_is_no_error_and_what_is_done_cannot_be_cancelled(deps):
    made = ports.submit(deps, TEXT)
    assert ports.cancel(deps, made.id) == ports.cancel(deps, made.id)
    done = ports.submit(deps, TEXT)
    for state in (PortState.IN_REVIEW, PortState.SCHEDULED, PortState.DONE):
        ports.move(deps, done.id, state, moves_on="2026-12-02")
    with pytest.raises(Conflict):
        ports.cancel(deps, done.id)


@pytest.mark.parametrize(
    "field, wrong",
    [
        ("numbers", ()), ("numbers", ("030",)), ("numbers", ("+493012345678",) * 101), ("carrier", " "),
        ("carrier", "x" * 201), ("account_number", "x" * 201), ("documents", ("",)), ("documents", ("x",) * 21),
        ("wanted_on", "tomorrow"), ("wanted_on", "2026-02-30"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_kept(deps, field, wrong):
    with pytest.raises(InvalidInput) as refused:
        ports.submit(deps, replace(TEXT, **{field: wrong}))
    assert str(refused.value.field).startswith(f"$.{field}")
    assert deps.config.list(Port) == []


def test_ported_numbers_are_the_tenants_once_the_carrier_has_them():
    shop = Shop()
    desk, carrier = shop.desk(), shop.carrier.carrier.accounts
    made = ports.submit(desk.deps, TEXT)
    with pytest.raises(Conflict):
        ports.complete(desk, made.id)
    ports.move(desk.deps, made.id, PortState.IN_REVIEW)
    ports.move(desk.deps, made.id, PortState.SCHEDULED, moves_on="2026-12-02")
    with pytest.raises(Conflict, match=TEXT.numbers[0][1:]):
        ports.complete(desk, made.id)
    bought = carrier.buy_number(shop.account().sid, TEXT.numbers[0])
    assert ports.complete(desk, made.id) == ports.complete(desk, made.id)
    assert desk.line(TEXT.numbers[0]).origin is Origin.PORTED
    assert bought.voice.voice_url.endswith("/v1/ivr/calls")
    assert shop.true() and shop.used() == 1 and shop.facts() == ["number_added"]


def test_a_number_that_was_forwarded_here_is_counted_once_when_it_is_ported():
    shop = Shop()
    buy.buy(shop.desk(), buy.Purchase("first", "US"))
    attach.attach(shop.desk(), TEXT.numbers[0])
    made = ports.submit(shop.desk().deps, TEXT)
    for state in (PortState.IN_REVIEW, PortState.SCHEDULED):
        ports.move(shop.desk().deps, made.id, state, moves_on="2026-12-02")
    shop.carrier.carrier.accounts.buy_number(shop.account().sid, TEXT.numbers[0])
    ports.complete(shop.desk(), made.id)
    line = shop.desk().line(TEXT.numbers[0])
    assert (line.origin, line.target) == (Origin.PORTED, "") and line.sid
    assert shop.true() and shop.used() == 2


def test_a_number_that_is_anothers_is_not_ported_in():
    shop = Shop()
    made = ports.submit(shop.desk().deps, TEXT)
    for state in (PortState.IN_REVIEW, PortState.SCHEDULED):
        ports.move(shop.desk().deps, made.id, state, moves_on="2026-12-02")
    shop.carrier.carrier.accounts.buy_number(shop.account().sid, TEXT.numbers[0])
    claim(Directory(shop.aws.edge_items()), OTHER, TEXT.numbers[0])
    with pytest.raises(Conflict):
        ports.complete(shop.desk(), made.id)
    assert shop.used() == 0


def test_every_state_is_in_the_table_and_the_end_is_the_end():
    assert set(PORT_MOVES) == set(PortState)
    assert {state for state, nexts in PORT_MOVES.items() if not nexts} == {PortState.DONE, PortState.CANCELLED}


def test_another_tenants_request_is_not_there():
    shop = Shop()
    made = ports.submit(shop.desk().deps, TEXT)
    with pytest.raises(NotFound):
        ports.cancel(shop.desk(OTHER).deps, made.id)
