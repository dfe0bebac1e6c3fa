"""The catalogue: what can be chosen, what a name means, and that nothing of a version ever changes."""

from hashlib import sha256

import msgspec
import pytest
from offhook.domain.tenants import plans
from offhook.domain.tenants.plans import CATALOGUE, Feature, FeatureMissing, Pricing, Quota, UnknownPlan, limits_of

# A version never changes: what is added gets a line of its own; a line that no longer holds is a broken promise.
PROMISED = {
    "trial@1": "61da6ef6ee507367",
    "starter@1": "15edcdfe72ad71c8",
    "growth@1": "1c2f17e32db6ba89",
    "pay_per_use@1": "19fbc07cb0cd4eaa",
}


def digest(plan: plans.Plan) -> str:
    return sha256(msgspec.json.encode(plan, order="deterministic")).hexdigest()[:16]


def test_no_version_has_changed_since_it_was_promised():
    assert {plan.id: digest(plan) for plan in CATALOGUE} == PROMISED


def test_a_bare_name_is_the_first_version_for_ever():
    assert plans.plan_of("starter").id == "starter@1"
    assert all(plans.plan_of(plan.id) is plan for plan in CATALOGUE)


@pytest.mark.parametrize("name", ["", "golden", "starter@99", "@1", "trial@"])
def test_an_unknown_plan_is_refused(name):
    with pytest.raises(UnknownPlan):
        limits_of(name)


def test_the_trial_is_not_on_offer_and_every_way_of_pricing_is():
    assert {plan.pricing for plan in plans.offered()} == set(Pricing) - {Pricing.FREE}
    assert "trial" not in {plan.name for plan in plans.offered()}


def test_paying_more_never_allows_less_than_the_trial():
    trial = limits_of("trial")
    for plan in plans.offered():
        assert all(plan.limits.of(quota) >= trial.of(quota) for quota in Quota)


def test_a_feature_that_the_plan_leaves_out_is_refused_by_name():
    plans.require("growth", Feature.AI)
    with pytest.raises(FeatureMissing, match="starter does not include ai"):
        plans.require("starter", Feature.AI)


def test_what_is_used_beyond_smaller_limits_is_named():
    used = {Quota.SEATS: 26, Quota.NUMBERS: 5}
    assert plans.exceeded(limits_of("starter"), used) == [Quota.SEATS]
    assert plans.exceeded(limits_of("growth"), used) == []
