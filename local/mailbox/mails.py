"""The mails of the embedded SES, as it remembers them, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PATH = "/_ministack/ses/messages"


@dataclass(frozen=True, slots=True)
class Received:
    """One mail as it would lie in somebody's mailbox; at: unix seconds."""

    id: str
    at: float
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str


def read(answer: Mapping[str, Any], to: str = "") -> list[Received]:
    """What the emulator answered at PATH. to: only mails to this address, in any capitals."""
    found = [_received(one) for mails in answer["messages"].values() for one in mails]
    mine = [mail for mail in found if not to or to.lower() in [address.lower() for address in mail.to]]
    return sorted(mine, key=lambda mail: mail.at, reverse=True)


def _received(one: Mapping[str, Any]) -> Received:
    return Received(
        str(one["MessageId"]), float(one["Timestamp"]), str(one["Source"]), tuple(one["To"]), str(one["Subject"]),
        str(one["BodyText"] or ""),
    )  # fmt: skip
