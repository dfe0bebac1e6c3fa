"""What a queue, a routing profile and a person may be configured to; raises InvalidInput naming the field."""

import re

from offhook.domain.errors import InvalidInput
from offhook.domain.recordings.policy import check_policy
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.callbacks import CallbackPolicy
from offhook.domain.routing.contact import Requirement
from offhook.domain.routing.queues import AgentConfig, Overflow, Queue, RoutingProfile

E164 = re.compile(r"^\+[1-9]\d{6,14}$")
NAME_LIMIT = 80
ID_LIMIT = 64
WORDS_LIMIT = 1000


def check_queue(queue: Queue) -> None:
    """Ranges of a queue."""
    from offhook.domain.routing.treatment import check_treatment  # not for webhooks

    _name(queue.name)
    _range("target_s", queue.target_s, 1, 3600)
    _range("short_abandon_s", queue.short_abandon_s, 0, 120)
    _range("offer_s", queue.offer_s, 5, 120)
    _range("wrap_up_s", queue.wrap_up_s, 0, 900)
    _range("away_after_missed", queue.away_after_missed, 0, 10)
    _range("expected_handle_s", queue.expected_handle_s, 1, 14_400)
    _range("max_wait_s", queue.max_wait_s, 0, 14_400)
    _range("max_length", queue.max_length, 0, 5000)
    _range("keep_place_s", queue.keep_place_s, 0, 3600)
    for n, step in enumerate(queue.relaxations):
        _range(f"relaxations[{n}].after_s", step.after_s, 0, 14_400)
        _range(f"relaxations[{n}].by", step.by, 0, 100)
    check_policy(queue.recording)
    check_treatment(queue.treatment)
    _overflow(queue, queue.overflow)
    if queue.disposition_required and not queue.dispositions:
        raise InvalidInput("disposition_list", field="$.dispositions")
    _callbacks(queue.callbacks)
    for n, requirement in enumerate(queue.requirements):
        _requirement(f"$.requirements[{n}]", requirement)


def _callbacks(policy: CallbackPolicy) -> None:
    _range("callbacks.attempts", policy.attempts, 1, 10)
    _range("callbacks.spacing_s", policy.spacing_s, 60, 86_400)
    _range("callbacks.ring_s", policy.ring_s, 10, 60)
    _range("callbacks.keep_s", policy.keep_s, 600, 14 * 86_400)
    _range("callbacks.until_hour", policy.until_hour, 1, 24)
    _range("callbacks.from_hour", policy.from_hour, 0, policy.until_hour - 1)
    for language, words in policy.message.items():
        if not 1 <= len(words.strip()) <= WORDS_LIMIT:
            raise InvalidInput("message_length", field=f"$.callbacks.message.{language}", most=WORDS_LIMIT)


def check_profile(profile: RoutingProfile) -> None:
    """A profile serves 1 to 20 different queues."""
    _name(profile.name)
    if not 1 <= len(profile.queues) <= 20 or len(set(profile.queues)) != len(profile.queues):
        raise InvalidInput("profile_queues", field="$.queues", most=20)
    for n, queue in enumerate(profile.queues):
        _id(f"$.queues[{n}]", queue)


def check_person(person: AgentConfig) -> None:
    """Name, skills, capacity and endpoint of a person who takes calls."""
    _name(person.name)
    for skill, level in person.skills.items():
        _range(f"skills.{skill}", level, 0, 100)
    _id("$.profile_id", person.profile_id)
    _range("capacity.calls", person.capacity.calls, 0, 1)
    _range("capacity.callbacks", person.capacity.callbacks, 0, 1)
    _range("capacity.voicemails", person.capacity.voicemails, 0, 100)
    check_endpoint(person.endpoint)


def check_endpoint(endpoint: Endpoint) -> None:
    """An endpoint's address fits its kind."""
    good = {
        EndpointKind.BROWSER: endpoint.address.startswith("client:") and len(endpoint.address) > 7,
        EndpointKind.PHONE: E164.match(endpoint.address) is not None,
        EndpointKind.SIP: endpoint.address.startswith("sip:") and "@" in endpoint.address,
    }[endpoint.kind]
    if not good:
        raise InvalidInput("endpoint_address", field="$.endpoint.address", kind=endpoint.kind)


def _overflow(queue: Queue, to: Overflow) -> None:
    _range("overflow.after_s", to.after_s, 0, 3600)
    _range("overflow.length", to.length, 0, 5000)
    if to.queue == queue.id:
        raise InvalidInput("overflow_itself", field="$.overflow.queue")
    if len(to.queue) > ID_LIMIT:
        raise InvalidInput("id_too_long", field="$.overflow.queue", most=ID_LIMIT)
    if to.queue and not to.after_s and not to.length:
        raise InvalidInput("overflow_when", field="$.overflow.after_s")


def _name(name: str) -> None:
    if not 1 <= len(name.strip()) <= NAME_LIMIT:
        raise InvalidInput("name_length", field="$.name", most=NAME_LIMIT)


def _id(field: str, value: str) -> None:
    if not 1 <= len(value) <= ID_LIMIT:
        raise InvalidInput("id_length", field=field, most=ID_LIMIT)


def _range(field: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InvalidInput("value_between", field=f"$.{field}", least=low, most=high)


def _requirement(field: str, requirement: Requirement) -> None:
    if not requirement.skill:
        raise InvalidInput("skill_name", field=f"{field}.skill")
    _range(f"{field[2:]}.level", requirement.level, 0, 100)
