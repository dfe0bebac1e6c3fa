"""Which conversations are recorded: by queue, by number and by the country of the caller; never before the notice."""

from dataclasses import dataclass, field
from hashlib import sha256

from offhook.domain.errors import InvalidInput
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.numbers.countries import all_countries, country_of
from offhook.domain.recordings.policy import Mode, RecordingPolicy, check_policy
from offhook.domain.recordings.recording import EXPECTED, Recording
from offhook.domain.recordings.regions import Rule, rule_between
from offhook.domain.routing.contact import Contact


@dataclass(frozen=True, slots=True)
class RecordingRules:
    """What a tenant sets beside its queues. numbers: by number called; regions: by ISO country, beyond the law."""

    id: str = "rules"
    version: int = 0
    numbers: dict[str, RecordingPolicy] = field(default_factory=dict)
    regions: dict[str, Rule] = field(default_factory=dict)


MOST_NUMBERS = 1000
_MODES = tuple(Mode)


def check_rules(rules: RecordingRules) -> RecordingRules:
    """Numbers and countries that exist; a country is only ever made stricter. Raises InvalidInput naming the field."""
    if len(rules.numbers) > MOST_NUMBERS:
        raise InvalidInput("rule_numbers", field="$.numbers", most=MOST_NUMBERS)
    for number, policy in rules.numbers.items():
        if not is_e164(number):
            raise InvalidInput("number_international", field="$.numbers")
        check_policy(policy, f"$.numbers.{number}")
    for country, rule in rules.regions.items():
        if country not in all_countries():
            raise InvalidInput("rule_countries", field="$.regions")
        if rule is Rule.FREE:
            raise InvalidInput("rule_country", field=f"$.regions.{country}")
    return rules


def policy_for(queue: RecordingPolicy, number: RecordingPolicy | None) -> RecordingPolicy:
    """Whichever records less; kept by the queue's class, or else by the number's."""
    if number is None:
        return queue
    least = max(queue, number, key=lambda one: (_MODES.index(one.mode), -one.share_percent))
    return RecordingPolicy(least.mode, least.share_percent, queue.retention or number.retention)


def may_record(contact: Contact, tenant_region: str, rules: RecordingRules) -> bool:
    """Whether this caller may be recorded now: told of it, or in a country where nobody need be."""
    rule = rule_between(country_of(contact.customer_number), tenant_region, rules.regions)
    return rule is Rule.FREE or (rule is Rule.ANNOUNCE and contact.flow.notice_given)


def is_drawn(contact: Contact, policy: RecordingPolicy) -> bool:
    """Whether the contact is in the share: always the same answer for the same contact."""
    return int(sha256(contact.id.encode()).hexdigest()[:8], 16) % 100 < policy.share_percent


def planned(
    contact: Contact, queue: RecordingPolicy, rules: RecordingRules, tenant_region: str
) -> tuple[Recording, ...]:
    """That of the room about to open, if the conversation is recorded from its beginning."""
    policy = policy_for(queue, rules.numbers.get(contact.called_number))
    wanted = policy.mode is Mode.ALWAYS or (policy.mode is Mode.SHARE and is_drawn(contact, policy))
    if not wanted or not may_record(contact, tenant_region, rules):
        return ()
    return (Recording(contact.room, EXPECTED, of=contact.room, retention=policy.retention),)
