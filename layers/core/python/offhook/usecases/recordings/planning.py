"""What is recorded of the conversation that is about to begin; decided once, with the claim."""

from dataclasses import replace

from offhook.domain.recordings.rules import RecordingRules, planned
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.queues import Queue
from offhook.usecases.deps import Deps


def rules_of(deps: Deps) -> RecordingRules:
    """What the tenant set beside its queues; version 0 when it never did."""
    return deps.config.find(RecordingRules, RecordingRules().id) or RecordingRules()


def with_plan(deps: Deps, contact: Contact, queue: Queue) -> Contact:
    """The contact with the recording that is expected of its room, if there is to be one."""
    plan = planned(contact, queue.recorded, rules_of(deps), deps.tenant.region)
    return replace(contact, recordings=(*contact.recordings, *plan)) if plan else contact
