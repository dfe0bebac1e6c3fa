"""Reads that may be old, at half the price, made safe: the commit expects what they showed, or all is read anew.

A use case is tried with contacts and agents read at a glance (eventually consistent). It may go on to its first effect
only if that is a commit which expects the version of every item that was seen: an old one is then a conflict, after
which reads are of what is committed. Whoever would do anything else, do nothing, or refuse, begins again with those.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from offhook.domain.storage import Check, Delete, Item, Items, Key, PassingItems, Put, Table, Write
from offhook.usecases.deps import Deps

T = TypeVar("T")
CONDITIONED = frozenset({"CONTACT", "AGENT"})  # every commit that changes one of them expects its version


class Unsure(BaseException):
    """What was seen may be old, and nothing has been done yet. No code of a use case can catch it."""


@dataclass
class Glancing(PassingItems):
    """Items that are seen at a glance until the first effect. seen: the versions, 0 = there was none."""

    items: Items
    seen: dict[Key, int] = field(default_factory=dict)
    sure: bool = False

    @property
    def rests_on_seen(self) -> bool:
        """Whether what was done so far was decided on what may be old."""
        return bool(self.seen) and not self.sure

    def settle(self, expected: Mapping[Key, int | None]) -> None:
        """An effect is due. expected: the versions on which it depends. Raises Unsure unless it depends on all seen."""
        if not self.sure and any(expected.get(key) != version for key, version in self.seen.items()):
            raise Unsure
        self.sure = True

    def get(self, key: Key) -> Item | None:
        """A contact or an agent at a glance; everything else as last committed."""
        if self.sure or key.table is not Table.LIVE or key.sk not in CONDITIONED:
            return self.items.get(key)
        item = self.items.glance(key)
        version = item.version if item else 0
        if self.seen.setdefault(key, version) != version:
            raise Unsure
        return item

    def commit(self, *writes: Write) -> None:
        """All or none, on condition of what was seen."""
        self.settle(dict(_expectation(write) for write in writes if isinstance(write, Put | Delete | Check)))
        self.items.commit(*writes)


@dataclass(frozen=True)
class Careful:
    """A port whose every use is an effect."""

    port: Any
    glancing: Glancing

    def __getattr__(self, name: str) -> Any:
        def use(*arguments: Any, **named: Any) -> Any:
            self.glancing.settle({})
            return getattr(self.port, name)(*arguments, **named)

        return use


def at_a_glance(deps: Deps, act: Callable[[Deps], T], *, is_enough: Callable[[T], bool] = lambda _: False) -> T:
    """The result of `act`, tried at a glance.

    is_enough: whether a result without any effect may rest on what may be old, because nothing follows from it.
    """
    glancing = Glancing(deps.items)
    try:
        result = act(_careful(deps, glancing))
        if not glancing.rests_on_seen or is_enough(result):
            return result
    except Unsure:
        pass
    except Exception:
        if not glancing.rests_on_seen:
            raise
    return act(deps)


def _careful(deps: Deps, glancing: Glancing) -> Deps:
    ports: Any = (Careful(port, glancing) for port in (deps.telephony, deps.outgoing, deps.media))
    telephony, outgoing, media = ports
    found = deps.courier

    def courier() -> Any:
        glancing.settle({})
        return found() if found else None

    items = cast(Items, glancing)
    asks = courier if found else None
    return replace(deps, items=items, telephony=telephony, outgoing=outgoing, media=media, courier=asks)


def _expectation(write: Put | Delete | Check) -> tuple[Key, int | None]:
    return (write.item.key if isinstance(write, Put) else write.key), write.expect
