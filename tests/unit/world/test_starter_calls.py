"""What the callers of a new tenant meet: nobody has configured anything yet.

The documents of all industries and languages pass their scripted tests in tests/unit/ivr/test_flow_tests.py.
"""

import json
from dataclasses import replace

import pytest
from offhook.domain.ids import FlowId, TenantId
from offhook.domain.ivr.calendar import Override
from offhook.domain.ivr.screening import Listed
from offhook.domain.routing.contact import Outcome
from offhook.domain.tenants.starters import LANGUAGES, TABLE
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.ivr import drafts, incidents, publishing, screening
from offhook.usecases.ivr.incidents import IncidentText
from offhook.usecases.ivr.screening import ListingText

from tests.unit.world.test_flow_calls import NUMBER, call
from tests.world import checks
from tests.world.world import World, world

TOLD = {"en-US": "Our lines to the north are cut.", "zh-CN": "北线中断。"}
UNWANTED = "+14155550666"


def opened(made: World, industry: str, language: str) -> TenantId:
    """A tenant with what sign-up gives it."""
    tenant = made.add_tenant("acme", NUMBER)
    begun = TABLE[industry]
    with made.within(tenant) as deps:
        for thing in (begun.queue(language), begun.profile(language), begun.survey(language)):
            deps.config.put(thing)
        deps.config.put(replace(begun.calendar(language, "UTC"), override=Override.OPEN))
        draft = deps.config.create(FlowDraft(FlowId("f_new"), "Main", json.dumps(begun.flow(language, "Acme"))))
        assert drafts.problems_of(deps, draft.id) == []
        publishing.publish(deps, draft.id, draft.version, "u")  # runs its scripted tests
        number = deps.config.get(Number, NUMBER)
        deps.config.put(Number(NUMBER, draft.id, number.version + 1))
    return tenant


@pytest.mark.parametrize(("industry", "language"), zip(TABLE, LANGUAGES, strict=False))
def test_an_incident_is_told_as_soon_as_it_is_posted_and_a_number_on_the_list_is_refused(
    industry: str, language: str
) -> None:
    with world() as made:
        tenant = opened(made, industry, language)
        _, heard = call(made, tenant, "hang up at 20 s")
        assert TOLD[language] not in heard
        with made.within(tenant) as deps:
            incidents.post(deps, IncidentText("Lines", TOLD))
            screening.put(deps, UNWANTED, ListingText(Listed.BLOCK))
        _, heard = call(made, tenant, "hang up at 20 s")
        assert TOLD[language] in heard
        refused, heard = call(made, tenant, "press 1", UNWANTED)
        assert refused.outcome is Outcome.BLOCKED and TOLD[language] not in heard
        checks.nothing_left(made, tenant)
