"""What nodes may read: one frozen value, so that a step is a pure function."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offhook.domain.ids import ContactId, Instant
from offhook.domain.ivr.calendar import Calendar

if TYPE_CHECKING:
    from offhook.domain.ivr.incident import Incident
    from offhook.domain.ivr.screening import Screened


@dataclass(frozen=True, slots=True)
class World:
    """The caller, the time, the calendars, the incidents that are posted.

    visit: the number that a queue entered now gets (from 1). known: the caller is a customer of the tenant.
    screened: what the lists say of the caller, if asked.
    """

    now: Instant
    contact_id: ContactId
    customer_number: str = ""
    called_number: str = ""
    language: str = "en-US"
    known: bool = False
    customer_name: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    visit: int = 1
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    screened: "Screened | None" = None
    incidents: "tuple[Incident, ...]" = ()

    def variables(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """Everything that prompts and branches can name; what the flow set cannot hide a caller's fact."""
        return {
            **attributes,
            "customer_name": self.customer_name,
            "tier": self.tier,
            "tags": ",".join(self.tags),
            "caller_number": self.customer_number,
            "called_number": self.called_number,
            "language": self.language,
            "known": "yes" if self.known else "no",
        }


FACTS = ("customer_name", "tier", "tags", "caller_number", "called_number", "language", "known")
