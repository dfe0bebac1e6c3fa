"""Values that are remembered for some seconds, the oldest forgotten first."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """What `load` said of a key, for `kept_s` seconds, for at most `most` keys."""

    def __init__(
        self,
        load: Callable[[str], T],
        kept_s: float,
        most: int = 1000,
        now: Callable[[], float] = monotonic,
        belongs_to: Callable[[], object] = lambda: None,
    ) -> None:
        """load: asked again when a value is too old; what it raises is not remembered.

        belongs_to: where the values come from; when that is another object, everything is forgotten.
        """
        self._load, self._kept_s, self._most, self._now = load, kept_s, most, now
        self._belongs_to = belongs_to
        self._source: object = None
        self._values: OrderedDict[str, tuple[float, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, within_s: float | None = None) -> T:
        """The value, not older than within_s (default: kept_s)."""
        source = self._belongs_to()
        if source is not self._source:
            self.forget()
            self._source = source
        limit = self._kept_s if within_s is None else within_s
        held = self._values.get(key)
        if held is not None and self._now() - held[0] <= limit:
            return held[1]
        loaded_at, value = self._now(), self._load(key)
        with self._lock:
            self._values[key] = (loaded_at, value)
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def is_older(self, key: str, seconds: float) -> bool:
        """Whether what is remembered of the key was loaded longer ago than that."""
        held = self._values.get(key)
        return held is None or self._now() - held[0] > seconds

    def forget(self) -> None:
        """Remember nothing."""
        with self._lock:
            self._values.clear()
