"""What costs by being there: stored sound, numbers at the carrier, people who sign in; each day once."""

from datetime import UTC, datetime

import pytest
from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.ids import DAY, Instant, TenantId, day_of
from offhook.domain.numbers.line import Line, Origin
from offhook.domain.objects import prompts_of, recordings_of
from offhook.stores.active_people import ActivePeople
from offhook.stores.ledger import Ledger
from offhook.usecases.deps import Deps
from offhook.usecases.metering import standing
from offhook.usecases.recordings import deleting
from offhook.web.claims import add_claims
from offhook.wiring.memory import MemoryWorld

from tests.unit.exports.kit import deps_of
from tests.unit.recordings.kit import recorded
from tests.unit.web.conftest import environment, lines, world
from tests.unit.web.worlds import A, B, add_member

__all__ = ["environment", "lines", "world"]
PICOS = 10**12
GB = 10**9  # of the books before November 2026


def booked(deps: Deps) -> dict[str, int]:
    """Picos by meter of all days."""
    found: dict[str, int] = {}
    for day in Ledger(deps.items, deps.tenant.id).costs(day_of(deps.clock.now())[:7]).values():
        for meter, picos in day.items():
            found[meter] = found.get(meter, 0) + picos
    return found


def book(world: MemoryWorld, tenant: TenantId = A) -> dict[str, int]:
    context = wiring.tenant_context(tenant)
    with tenant_scope(tenant):
        standing.book_today(deps_of(world, tenant), world.objects(context))
    return booked(deps_of(world, tenant))


def test_a_days_share_of_storage_and_numbers_is_booked_once_and_as_it_was_last_seen(world: MemoryWorld) -> None:
    month = days_of_month(world)
    deps = deps_of(world, A)
    deps.config.put(Line("+14155550100", sid="PN1"))
    deps.config.put(Line("+14155550101", origin=Origin.FORWARDED))
    first = book(world)
    assert first["carrier.number_month"] == pytest.approx(1.15 * PICOS / month, rel=1e-6)
    assert book(world) == first
    deps.config.put(Line("+14155550102", sid="PN2"))
    assert isinstance(world.clock, FrozenClock)
    world.clock.advance(60)
    assert book(world)["carrier.number_month"] == pytest.approx(2 * first["carrier.number_month"], rel=1e-6)
    world.clock.advance(DAY / 1000)
    assert book(world)["carrier.number_month"] == pytest.approx(4 * first["carrier.number_month"], rel=1e-6)


def storage(world: MemoryWorld) -> float:
    """Byte-days paid for by now."""
    return book(world).get("aws.s3.byte_month", 0) / (0.023 * PICOS / GB / days_of_month(world))


def test_a_recording_is_paid_for_from_when_it_is_stored_until_it_cannot_be_restored(world: MemoryWorld) -> None:
    clock = world.clock
    assert isinstance(clock, FrozenClock) and clock.now() % DAY == DAY // 2
    recorded(world, "one")
    (key,) = [key for key in world.files if key.endswith("REone")]
    world.file_times[key], size = clock.now(), len(world.files[key])
    assert storage(world) == 0
    paid = []
    for _ in range(3):
        clock.advance(DAY / 1000)
        paid.append(round(storage(world) / size, 2))
    assert paid == [0.5, 1.5, 2.5]
    deleting.delete(deps_of(world, A), "REone", "retention", "clock")
    for _ in range(9):
        clock.advance(DAY / 1000)
        paid.append(round(storage(world) / size, 2))
    assert paid[3:] == [3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.0, 10.0]


def test_what_lay_there_all_day_is_paid_for_that_day_prompts_too(world: MemoryWorld) -> None:
    for prefix in (recordings_of(A), prompts_of(A), recordings_of(B)):
        world.files[f"{prefix}one.wav"] = bytes(3000)
    assert round(storage(world)) == 6000


def test_a_person_is_paid_for_once_a_month_however_often_they_sign_in(world: MemoryWorld) -> None:
    for user in ("ann", "ben"):
        add_member(world, A, user, "agent", f"a_{user}")
    for user in ("ann", "ben", "ann", "ann"):
        add_claims({"request": {"userAttributes": {"sub": user}}})
    assert ActivePeople(deps_of(world, A).items, A).in_month_of(world.clock.now()) == 2
    assert book(world)["aws.cognito.user_month"] == round(2 * 0.0055 * PICOS)
    assert book(world)["aws.cognito.user_month"] == round(2 * 0.0055 * PICOS)
    assert book(world, B) == {}


def test_who_signs_in_for_the_first_time_on_the_last_day_of_a_month_is_paid_for_in_that_month(
    world: MemoryWorld,
) -> None:
    assert isinstance(world.clock, FrozenClock)
    add_member(world, A, "ann", "agent", "a_ann")
    world.clock.at = instant(2025, 6, 30, 6)
    assert book(world) == {}
    world.clock.at = instant(2025, 6, 30, 22)
    add_claims({"request": {"userAttributes": {"sub": "ann"}}})
    for day in (1, 2, 6):
        world.clock.at = instant(2025, 7, day, 6)
        assert book(world) == {}, "nobody was there in July"
    june = Ledger(deps_of(world, A).items, A).costs("2025-06")
    assert june == {"2025-06-01": {"aws.cognito.user_month": round(0.0055 * PICOS)}}


def instant(*when: int) -> Instant:
    """UTC."""
    return round(datetime(*when, tzinfo=UTC).timestamp() * 1000)


def days_of_month(world: MemoryWorld) -> int:
    return standing._days_of_month(day_of(world.clock.now()))
