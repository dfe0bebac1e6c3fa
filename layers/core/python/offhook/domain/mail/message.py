"""A mail: to whom, which text, in which language, with which values; and the port that sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as a use case asks for it.

    to: an address; template: a name of templates.TABLE; language: BCP 47, an unknown one is sent in English;
    values: what the template names; id: deterministic, so that the same mail asked for twice is known.
    """

    to: str
    template: str
    language: str
    id: str
    values: Mapping[str, str] = field(default_factory=dict)


class Mailer(Protocol):
    """Sends mails: at least once; an address that cannot be reached is the provider's business."""

    def send(self, mail: Mail) -> None:
        """Hand the mail over; raises StoreUnavailable when the provider does not answer."""
        ...
