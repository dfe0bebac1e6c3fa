"""One conversation from the first ring to its recorded outcome."""

from offhook.domain.routing.contact import ContactState, Outcome

from tests.world import checks
from tests.world.agents import staff
from tests.world.world import World, world

NUMBER = "+14155550100"
CALLER = "+14155550999"


def call(made: World, script: str, from_: str = CALLER, number: str = NUMBER) -> str:
    """Somebody calls."""
    return made.carrier.place_call(from_, number, script)


def test_a_caller_reaches_an_agent_is_surveyed_and_leaves_nothing_behind():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER)
        actors = staff(made, tenant)
        sid = call(made, "press 1 after the first prompt, press 1, press 1, press 9")
        made.run(600)
        for actor in actors:
            actor.sign_out()
        made.run(60)
        (contact,) = checks.contacts(made, tenant)
        assert contact.outcome is Outcome.COMPLETED
        assert contact.state is ContactState.ENDED
        assert contact.survey is not None and contact.survey.answers
        checks.every_call_recorded(made, tenant, [sid])
        checks.nothing_left(made, tenant)
        checks.report_identity(made, tenant)
        checks.replay_equals_tables(made, tenant)
