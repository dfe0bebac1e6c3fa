"""Attributes of an element as values, with limits; what is out of range becomes the default and a warning."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from local.carrier.model.callback import Callback
from local.carrier.twiml.verbs import Warned


@dataclass(slots=True)
class Reader:
    """One element under reading."""

    element: Element
    warnings: list[Warned] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the element, those inside speech markup included."""
        return "".join(self.element.itertext()).strip()

    @property
    def own_text(self) -> str:
        return (self.element.text or "").strip()

    def string(self, name: str, default: str = "") -> str:
        return self.element.get(name, default)

    def optional(self, name: str) -> str | None:
        return self.element.get(name)

    def boolean(self, name: str, default: bool = False) -> bool:
        return self.choice(name, ("true", "false"), str(default).lower()) == "true"

    def method(self, name: str = "method", default: str = "POST") -> str:
        return self.choice(name, ("GET", "POST"), default)

    def choice(self, name: str, allowed: Iterable[str], default: str) -> str:
        value = self.element.get(name)
        if value is None:
            return default
        if value in allowed:
            return value
        return self._refuse(name, value, default)

    def number(self, name: str, default: int, low: int = 0, high: int = 1_000_000) -> int:
        value = self.element.get(name)
        if value is None:
            return default
        if value.isdigit() and low <= int(value) <= high:
            return int(value)
        self._refuse(name, value, str(default))
        return default

    def callback(self, stem: str, default: str, allowed: Iterable[str]) -> Callback:
        """The three attributes of a callback: address, method, events (separated by spaces in TwiML)."""
        url = self.element.get(stem, "")
        words = self.element.get(f"{stem}Event", default).split()
        for word in words:
            if word not in allowed:
                self._refuse(f"{stem}Event", word, "")
        return Callback(url, self.method(f"{stem}Method"), frozenset(words))

    def _refuse(self, name: str, value: str, default: str) -> str:
        tag = self.element.tag
        self.warnings.append(Warned(12200, f"Schema validation warning: {tag} {name}={value!r} is not allowed"))
        return default
