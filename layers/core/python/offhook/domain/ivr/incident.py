"""A known incident: posted once, spoken to the callers it concerns, shown beside their calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import Instant

SPOKEN_AT_ONCE = 3
MAX_NUMBERS, MAX_WORDS = 100, 1500


@dataclass(frozen=True, slots=True)
class Incident:
    """text: words by language; until: None = until it is withdrawn.

    Whom it concerns: all that is given must hold. queues: those who are about to wait there; numbers: those who called
    one of these; variable and values: a fact of the caller or an attribute of the call that is one of the values.
    """

    id: str
    name: str
    text: dict[str, str]
    version: int = 1
    queues: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    variable: str = ""
    values: tuple[str, ...] = ()
    until: Instant | None = None
    posted_at: Instant = 0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of a call: the queue it is about to wait in ("" = none), the number called, everything known of it."""

    now: Instant
    queue: str = ""
    called_number: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


def concerns(incident: Incident, call: Circumstances) -> bool:
    """The incident lasts and this call is one of those that it is told to."""
    return (
        (incident.until is None or call.now < incident.until)
        and (not incident.queues or call.queue in incident.queues)
        and (not incident.numbers or call.called_number in incident.numbers)
        and (not incident.variable or call.variables.get(incident.variable, "") in incident.values)
    )


def checked(incident: Incident) -> Incident:
    """The incident, when it can be spoken and concerns somebody; raises InvalidInput naming the field."""
    if not 1 <= len(incident.name.strip()) <= 120:
        raise InvalidInput("name_length", field="$.name", most=120)
    if not incident.text or any(not words.strip() for words in incident.text.values()):
        raise InvalidInput("incident_words", field="$.text")
    if any(len(words) > MAX_WORDS for words in incident.text.values()):
        raise InvalidInput("text_length", field="$.text", most=MAX_WORDS)
    if len(incident.numbers) > MAX_NUMBERS or len(incident.queues) > MAX_NUMBERS or len(incident.values) > MAX_NUMBERS:
        raise InvalidInput("incident_numbers", field="$.numbers", most=MAX_NUMBERS)
    if bool(incident.variable) != bool(incident.values):
        raise InvalidInput("incident_condition", field="$.variable")
    return incident
