"""What a verb sees while it runs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from local.carrier.calls.source import FromUrl, Scope, Stop
from local.carrier.model.call import Call

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


@dataclass(frozen=True, slots=True)
class Context:
    """One document under execution: url is its own address ("" for inline TwiML)."""

    carrier: "Carrier"
    call: Call
    url: str
    scope: Scope

    def answer(self) -> None:
        """Pick up an inbound call that still rings; verbs that make a sound do this first."""
        self.carrier.calls.answer(self.call)

    def note(self, kind: str, text: str) -> None:
        self.carrier.note(self.call, kind, text)

    def absolute(self, url: str) -> str:
        return urljoin(self.url, url) if self.url else url

    def follow(self, url: str, method: str, params: dict[str, str]) -> FromUrl | Stop:
        """The document an action leads to; an inline document has no address to lead to."""
        target = self.absolute(url)
        if not target.startswith(("http://", "https://")):
            self.carrier.report(self.call, 11100, f"Invalid URL format: {target!r}", target, "error")
            return Stop.HANG_UP
        return FromUrl(target, method, params, "action")

    def report_action(self, url: str, method: str, params: dict[str, str]) -> None:
        """Request an action whose answer steers nothing any more (the leg is over or goes elsewhere)."""
        target = self.absolute(url)
        if target.startswith(("http://", "https://")):
            self.carrier.notify(self.call, "action", target, method, params)
