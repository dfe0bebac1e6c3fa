"""A legal hold races a deletion or a copy, coming between any two requests: nothing that is held goes."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from unittest.mock import patch

import pytest
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.errors import OffhookError
from offhook.domain.ids import ContactId
from offhook.domain.storage import CommitConflict, Write
from offhook.stores.recordings import Recordings
from offhook.usecases.recordings import deleting, holding
from offhook.wiring.memory import MemoryWorld

from tests.unit.exports.kit import deps_of
from tests.unit.recordings.kit import copy, recorded
from tests.unit.web.worlds import A

Work = Callable[[MemoryWorld, str], object]


def holds(world: MemoryWorld, name: str) -> None:
    holding.hold(deps_of(world, A), ContactId(f"c_{name}"), "case 12", "owner")


def deletes(world: MemoryWorld, name: str) -> None:
    deleting.delete(deps_of(world, A), f"RE{name}", "deleted by hand", "owner")


def interrupted(world: MemoryWorld, name: str, first: Work, second: Work, at: int) -> bool:
    """Do the first, and all of the second before request number `at` of it; whether it made so many."""
    request, seen = MemoryStore.request, -1

    def counted(store: MemoryStore, operation: str) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            with suppress(OffhookError):
                second(world, name)
        request(store, operation)

    with patch.object(MemoryStore, "request", counted), suppress(OffhookError):
        first(world, name)
    return seen >= at


def every_moment(world: MemoryWorld, first: Work, second: Work, *, copied: bool, check: Work) -> int:
    """With a recording of its own for each moment; how many there are."""
    at = 0
    while True:
        recorded(world, f"m{at}", copied=copied)
        if not interrupted(world, f"m{at}", first, second, at):
            return at
        check(world, f"m{at}")
        at += 1


def there_and_held_or_gone_and_proven(world: MemoryWorld, name: str) -> None:
    with suppress(OffhookError):
        deletes(world, name)  # the sweep follows whoever noted the deletion
    kept = Recordings(deps_of(world, A).items, A)
    stored, there = kept.get(f"RE{name}"), any(key.endswith(f"RE{name}") for key in world.files)
    if stored:
        assert stored.held and not stored.deleting and there and kept.hold_on(ContactId(f"c_{name}"))
        assert kept.deletion(f"RE{name}") is None
    else:
        assert kept.deletion(f"RE{name}") and not there


def held(world: MemoryWorld, name: str) -> None:
    kept = Recordings(deps_of(world, A).items, A)
    stored = kept.get(f"RE{name}")
    assert stored and stored.held and kept.hold_on(ContactId(f"c_{name}"))


@pytest.mark.parametrize(("first", "second"), [(holds, deletes), (deletes, holds)])
def test_what_a_hold_and_a_deletion_race_for_is_there_and_held_or_gone_and_proven(
    world: MemoryWorld, first: Work, second: Work
):
    assert every_moment(world, first, second, copied=True, check=there_and_held_or_gone_and_proven) > 3


@pytest.mark.parametrize(("first", "second"), [(holds, copy), (copy, holds)])
def test_a_recording_that_arrives_while_its_contact_is_put_on_hold_is_held(
    world: MemoryWorld, first: Work, second: Work
):
    assert every_moment(world, first, second, copied=False, check=held) > 3


def test_who_loses_every_race_is_not_told_that_the_contact_is_on_hold(world: MemoryWorld):
    recorded(world, "busy")

    def changes(_: Sequence[Write]) -> None:
        raise CommitConflict([1])

    world.store.before_commit = changes
    with pytest.raises(CommitConflict):
        holds(world, "busy")
    world.store.before_commit = None
    holds(world, "busy")
